"""Words by which a language is known at a glance: articles, pronouns, conjunctions, forms of "to
be", and what answers to mathematics are made of (so, sum, number, answer, seven).

One language's list is not shorter in what it shares with its neighbours: a word that Danish and
Norwegian both write stands in both lists, so that only the words that tell them apart decide.
"""

from __future__ import annotations

COMMON: dict[str, str] = {
    "en": "the of and to see is that it in for we are as with this be was by have has not or from at so"
    " then if which there no can but they all each both since because therefore thus hence how its"
    " their our let us find get gives where when what these an find first second number answer sum"
    " two three four five six seven eight nine ten than one into only also any will must would"
    " you your hope agree please about other could should does very much many some same using"
    " thank thanks help here question questions",
    "de": "der die das und ist in den von zu mit des im für nicht ein eine einen einem einer auf es"
    " sich dem wir als auch an werden aus er hat dass sie nach wird bei um am sind noch wie nur über"
    " so oder aber wenn also dann deshalb daher weil denn gibt gilt keine kein zwei drei vier fünf"
    " sechs sieben acht neun zehn beide zahl zahlen antwort lösung summe ergebnis durch ihre seine"
    " man kann können damit daraus folgt jede jeder jedes war haben zum zur",
    "fr": "le la les de des du et est en un une que qui dans pour pas sur ce cette il elle on nous au"
    " aux avec par plus ne se sont ou mais donc car si alors comme chaque deux trois quatre cinq six"
    " sept huit neuf dix nombre réponse somme résultat leur leurs ses son sa ces où être a ont peut"
    " ainsi puisque aucune aucun toutes tous tout même entre fait reste soit égal c'est l'on il y"
    " existe restent double moitié",
    "es": "el la los las de del y es en un una que por para con no se su sus al lo como más pero o si"
    " entonces cada dos tres cuatro cinco seis siete ocho nueve diez número respuesta suma resultado"
    " son está hay porque así ya esta este esto eso entre cuando también muy ser tiene tienen luego"
    " tanto puede podemos ambos todos todo sea donde nos hemos ninguna ningún hasta sin sobre han ha"
    " dividimos multiplicamos restamos sumamos calculamos tenemos quedan queda sobran existe"
    " mitad doble igual primero después"
    " resta",
    "pt": "o a os as de do da dos das e é em um uma que por para com não se seu sua seus suas ao no na"
    " nos nas como mais mas ou então cada dois duas três quatro cinco seis sete oito nove dez número"
    " resposta soma resultado são está há porque assim já esta este isto isso entre quando também"
    " muito ser tem têm logo portanto pode podemos ambos todos tudo seja onde pois nenhuma nenhum"
    " até sem sobre foi à às pelo pela ele ela"
    " dividimos multiplicamos subtraímos somamos calculamos temos restam resta sobram existe"
    " metade dobro igual primeiro depois portanto",
    "it": "il lo la i gli le di del della dei delle dello e è in un una uno che per con non si suo sua"
    " al alla ai alle come più ma o se allora ogni due tre quattro cinque sei sette otto nove dieci"
    " numero risposta somma risultato sono è perché così questo questa quindi dunque poiché tra"
    " quando anche molto essere ha hanno può possiamo entrambi tutti tutto sia dove ne ci da dal"
    " dalla nel nella sul sulla nessuna nessun abbiamo dalle degli"
    " dividiamo moltiplichiamo sottraiamo sommiamo calcoliamo abbiamo restano avanzano esiste"
    " metà doppio uguale prima poi pertanto"
    " resta",
    "ca": "el la els les de del dels i és en un una que per amb no es seu seva al com més però o si"
    " llavors cada dos dues tres quatre cinc sis set vuit nou deu nombre resposta suma resultat són"
    " hi ha perquè així ja aquesta aquest això entre quan també molt ser té tenen doncs pot podem"
    " tots tot sigui on cap fins sense sobre han als l'altra"
    " fem tenim cal aquí primer segon on quan hem tot una dels aleshores ara"
    " dividim multipliquem restem sumem calculem queden queda sobren existeix meitat doble"
    " igual primer després"
    " resta",
    "gl": "o a os as de do da dos das e é en un unha que por para con non se seu súa ao no na nos nas"
    " como máis pero ou entón cada dous dúas tres catro cinco seis sete oito nove dez número resposta"
    " suma resultado son está hai porque así xa esta este isto iso entre cando tamén moito ser ten"
    " teñen logo pode podemos ambos todos todo onde pois ningunha ata sen sobre á ás polo pola"
    " dividimos multiplicamos restamos sumamos calculamos temos quedan sobran existe metade"
    " dobre igual primeiro despois"
    " resta",
    "ro": "și este în de la a cu pe un o din că nu se sunt care pentru mai dar sau dacă atunci fiecare"
    " doi două trei patru cinci șase șapte opt nouă zece numărul răspunsul suma rezultatul lui ei"
    " deci prin fi are avem au această acest toate nici între al ale cel lor"
    " ce ne tot aceasta acesta aici apoi dat cu foarte după când unde cum dintre acea care este"
    " era sunt doar numere număr restul pas adică prin împărțim adunăm ca fost face trebuie cât"
    " poate"
    " există rest",
    "nl": "de het een en van is in op te dat die met voor niet zijn aan er als bij ook om dan dus of"
    " maar wordt worden door naar uit we wij ze hij heeft hebben want omdat geen elke elk twee drie"
    " vier vijf zes zeven acht negen tien beide getal getallen antwoord som resultaat daarom kan"
    " kunnen deze dit over nog tot hun meer alle waar laten zo precies"
    " eerst daarna dan stijgt hoeveel wij delen helft dubbel gelijk gemiddelde geldt blijft"
    " blijven stel",
    "af": "die en van is in om te dat met vir nie aan daar as by ook dan dus of maar word deur na uit"
    " ons hulle hy het want omdat geen elke twee drie vier vyf ses sewe agt nege tien albei getal"
    " getalle antwoord som resultaat daarom kan hierdie dit oor nog tot sy 'n"
    " daarna hoeveel helft dubbel gemiddelde styg stel gelyk",
    "sv": "och att det i en på är som för av den med till inte om ett har de så var men vi sig från"
    " eller då när alltså därför vid kan ska blir finns varje två tre fyra fem sex sju åtta nio tio"
    " båda tal talet talen svaret summan resultatet ingen inget eftersom deras hans hon han över"
    " under mellan också sedan där får ger vara denna detta dessa mer bara alla"
    " blir kvar lägger räknar delar dividera multiplicera först hur många mycket vilket måste"
    " lika hälften dubbelt talen lösning"
    " bok alltid aldrig igen minst hastighet lille fyller pojke pojkar flicka flickor boll"
    " bollar kaka genom kanske plats fråga rätt fel vikt köper tar väljer saknas tillsammans"
    " timmar stora lilla",
    "da": "og at det i en på er som for af den med til ikke om et har de så var men vi sig fra eller"
    " da når altså derfor ved kan skal bliver findes hver to tre fire fem seks syv otte ni ti begge"
    " tal tallet tallene svaret summen resultatet ingen intet fordi deres hans hun han over under"
    " mellem også derefter der hvor får giver være denne dette disse mere kun alle jeg hvad nogle"
    " efter uden op blev meget lad os rigtigt lige ud"
    " kører hundrede anden rejse rejsen fordoble fordoblet udelukke lige ulige tilbage kugler"
    " trækker lægge lægger gennemsnit gennemsnittet rod rødder rødderne række længde længden"
    " højde højden cirkel cirklen køber bøger uge uger dage mig dig bruge bruger tage tager"
    " finde finder sætte sætter forskellige sandsynlighed sandsynligheden skak æble æbler hende"
    " beløb tyve tredive fyrre halvtreds tres halvfjerds firs halvfems tusind opgave opgaven"
    " procent sidste selv hvis hele første gange så samme løsning ligning trekant regne side"
    " sider gør nu lidt andre"
    " dreng drenge pige piger bold bolde kage kager bog altid aldrig gennem igen mindst"
    " hvornår sådan måske fælles tæller nævner afstand hastighed højst plads spørgsmål rigtig"
    " forkert flade rumfang vægt køb sælger giv læg træk vælg tænk fylder hvilken mangler"
    " klarer sammen timer store lille",
    "nb": "og at det i en på er som for av den med til ikke om et har de så var men vi seg fra eller"
    " da når altså derfor ved kan skal blir finnes hver to tre fire fem seks sju syv åtte ni ti begge"
    " tall tallet tallene svaret summen resultatet ingen intet fordi siden deres hans hun han over"
    " under mellom også deretter der hvor får gir være denne dette disse mer bare alle jeg hva noen"
    " etter uten opp ble mye la oss riktig å ut hverandre"
    " kjører hundre andre annen reise reisen doble doblet utelukke like ulike tilbake kuler"
    " trekker legge legger gjennomsnitt gjennomsnittet rot røtter røttene rekke lengde lengden"
    " høyde høyden sirkel sirkelen kjøper bøker uke uker dager meg deg bruke bruker ta tar finne"
    " finner sette setter forskjellige sannsynlighet sannsynligheten sjakk eple epler henne"
    " beløp tjue tretti førti femti seksti sytti åtti nitti tusen oppgave oppgaven prosent siste"
    " selv hvis hele første ganger så samme løsning ligning likning trekant regne side sider"
    " gjør nå litt partall oddetall"
    " gutt gutter jente jenter ball baller kake kaker bok alltid aldri gjennom igjen minst"
    " slik kanskje felles teller nevner avstand hastighet høyst plass spørsmål feil flate"
    " volum vekt kjøp selger gi legg trekk velg tenk fyller hvilken mangler klarer sammen"
    " timer store lille",
    "is": "og að það í á er sem fyrir af með til ekki um hefur svo var en við sig frá eða þegar því"
    " tveir þrír fjórir fimm sex sjö átta níu tíu þá þess þetta ekkert svarið summan",
    "fi": "ja on ei se että joka ovat oli kun niin mutta myös tai jos siis koska joten kuin sen sitä"
    " tämä tämän nyt sillä ole saadaan vastaus luku luvun luvut summa tulos yksi kaksi kolme neljä"
    " viisi kuusi seitsemän kahdeksan yhdeksän kymmenen molemmat kaikki mitään silloin vain hän"
    " hänellä he me jos näin eli olla voidaan ne niiden vielä kanssa yli",
    "et": "ja on ei see et mis olid kui nii aga ka või siis sest seega kuid selle seda nüüd ole"
    " vastus arv arvu summa tulemus üks kaks kolm neli viis kuus seitse kaheksa üheksa kümme mõlemad"
    " kõik ta nad me",
    "hu": "a az és hogy nem is egy ez de van volt meg csak mint ha akkor tehát mert ezért két kettő"
    " három négy öt hat hét nyolc kilenc tíz szám válasz összeg eredmény minden így vagy lesz azt"
    " ezt mindkét nincs"
    " meg van volt hogy ami amely itt még már kell ki el össze utolsó első második lesz vagyis"
    " szerint között után",
    "pl": "i w na z że się nie jest to do jak o ale od za po są co dla tym lub więc zatem bo gdy jeśli"
    " każdy każda każde oraz dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć liczba liczby"
    " odpowiedź suma wynik wynosi tylko już tak być ma mamy ich jego jej oba obie żadnego przez"
    " ponieważ które który która dlatego a też może jeszcze ze",
    "cs": "a v na z že se není je to do jak o ale od za po jsou co pro tím nebo tedy takže když"
    " jestliže pokud každý každá každé dva dvě tři čtyři pět šest sedm osm devět deset číslo čísla"
    " odpověď součet výsledek pouze jen už tak být má máme jejich jeho její oba obě žádné při protože"
    " které který která proto i také může ještě ze kde než si by ve jsme bude"
    " potom nejprve nechť každého polovina dvojnásobek stejně kolik zbývá zbývají roste",
    "sk": "a v na z že sa nie je to do ako o ale od za po sú čo pre tým alebo teda takže keď ak každý"
    " každá každé dva dve tri štyri päť šesť sedem osem deväť desať číslo čísla odpoveď súčet"
    " výsledok iba len už tak byť má máme ich jeho jej oba obe žiadne pri pretože ktoré ktorý ktorá"
    " preto i tiež môže ešte zo kde než si by vo sme bude"
    " sú bol bola boli treba máme každej potom teraz všetky celý prvý druhý"
    " potom najprv nech každého polovica dvojnásobok rovnako koľko zostáva zostávajú rastie",
    "hr": "i u na je da se za od su s ne to kao iz o ali ili po koji koja koje pa ako svaki svaka dva"
    " dvije tri četiri pet šest sedam osam devet deset broj brojeva odgovor zbroj suma rezultat"
    " jer dakle stoga samo sve oba nema ima biti bi nije smo onda također što gdje mora moraju"
    " dobivamo vrijedi vrijednost vrijeme dio cijeli cijela slijedi dijelimo prije poslije tko"
    " tisuća jednadžba jednadžbe trokut trokuta kut kuta kutova stupnjeva opseg točka točke uvjet"
    " umnožak količnik brojnik nazivnik postotak polumjer promjer kružnica"
    " polovina",
    "bs": "i u na je da se za od su s ne to kao iz o ali ili po koji koja koje pa ako svaki svaka dva"
    " dvije tri četiri pet šest sedam osam devet deset broj brojeva odgovor zbir suma rezultat"
    " jer dakle stoga samo sve oba nema ima biti bi nije smo onda također što gdje mora moraju"
    " dobijamo vrijedi vrijednost vrijeme dio cijeli cijela slijedi dijelimo prije poslije ko"
    " hiljada jednačina jednačine trougao trougla ugao ugla uglova stepeni obim tačka tačke uslov"
    " proizvod količnik brojilac imenilac procenat poluprečnik prečnik kružnica"
    " polovina",
    "sl": "in v na je da se za od so s ne to kot iz o ali po ki če vsak vsaka dva dve tri štiri pet"
    " šest sedem osem devet deset število števila odgovor vsota rezultat ker torej zato samo vse oba"
    " ni ima biti bi smo potem tudi kar kjer mora",
    "lt": "ir yra į iš kad su kaip tai ne bet ar nes todėl jei tada du trys keturi penki šeši septyni"
    " aštuoni devyni dešimt skaičius atsakymas suma kiekvienas abu nuo už per",
    "lv": "un ir uz no ka ar kā tas ne bet vai jo tāpēc ja tad divi trīs četri pieci seši septiņi"
    " astoņi deviņi desmit skaitlis atbilde summa katrs abi par pie",
    "sq": "dhe është në të e i një që për me nga se nuk ka janë por ose nëse atëherë dy tre katër pesë"
    " gjashtë shtatë tetë nëntë dhjetë numri përgjigja shuma secili sepse",
    "tr": "ve bir bu da de için ile olarak çok daha olan o ama ya ise en gibi kadar sonra her değil"
    " var yok çünkü yüzden olur iki üç dört beş altı yedi sekiz dokuz on sayı sayısı cevap toplam"
    " toplamı sonuç sonucu hem göre ne bütün bunu eder ki dolayı durumda hiçbir olduğu olduğundan"
    " tüm olsun biz şimdi tek"
    " önce ardından ortalama artar azalır kalır kalan yarısı katı eşit hız böleriz çarparız",
    "az": "və bir bu da də üçün ilə çox daha olan o amma isə kimi qədər sonra hər deyil var yox çünki"
    " iki üç dörd beş altı yeddi səkkiz doqquz on ədəd cavab cəm cəmi nəticə olur edir ki bütün həm"
    " artar azalır yarısı",
    "vi": "là và của có các một trong cho được không với này những ta số bằng hai ba bốn năm sáu bảy"
    " tám chín mười đáp án vì nên vậy khi đó từ mỗi cả tổng kết quả thì hoặc nếu do phần như bởi"
    " cũng ra vào đến chúng nào giá trị",
    "id": "yang dan di dari ini itu untuk dengan pada adalah dalam tidak ke akan juga karena kita"
    " jadi maka dapat jika atau lebih oleh sebagai bisa ada saja setiap dua tiga empat lima enam"
    " tujuh delapan sembilan sepuluh bilangan jumlah jawaban hasil hasilnya kedua sehingga bahwa"
    " daripada mereka kami harus nilai merupakan yaitu dia sama tersebut jawabannya jumlahnya"
    " persegi luasnya angka nol segitiga semua misalkan satu lalu"
    " nomor soal perhitungan perhitungannya siswa mobil kota uang jari-jari kurva rata-rata"
    " sepertiga setengah berbeda coba dibagi dikali dikalikan dikurangi memiliki agar sedangkan"
    " demikian daerah pertanyaan kemudian langkah sebelumnya hanya sini apel kereta kantong"
    " mengembalikan menempuh selesai penyelesaian persamaan tanpa pertama hari buku oleh tahun"
    " lagi orang berapa sudut sisi diperoleh total biaya akhirnya"
    " mempunyai serta masih telah sebanyak"
    " saya kantor toko tabel paman bibi karena gratis uang resmi kabar provinsi negara"
    " universitas jadwal pekerjaan kesempatan kecil besar sekolah belajar membeli menjual"
    " membagi dibeli dijual sebelum sesudah setelah waktu hari pagi siang sore malam bulan"
    " minggu pertanyaan terakhir kemiringan titik garis kami mulai berhenti tutup ujung tarik"
    " gambarlah hitunglah tentukan carilah misalnya yakni seluruh sisa sisanya dapatkan kuadrat"
    " akar pecahan pembilang penyebut kelipatan faktor sebuah seorang seekor banyaknya tinggi"
    " panjang lebar keliling lingkaran persen rupiah mungkin"
    " menit detik kecepatan istirahat liter persen kuadratnya rerata bobot berat keranjang kotak"
    " bertambah berkurang tersisa semula tetapi hanya butuh selama sepeda roti kue meter"
    " harga pembeli membayar sedikit naik turun"
    " sejajar berangkat tiba bicara mau kalau cuma motor stasiun permen keran waktunya"
    " lamanya mendapat anak pun belum sudah kurang jam"
    " saat laju kuasa bakul asal perlukan lantas ganda masa masanya gula cakap",
    "ms": "yang dan di dari ini itu untuk dengan pada adalah ialah dalam tidak ke akan juga kerana"
    " kita jadi maka dapat boleh jika atau lebih oleh sebagai ada sahaja setiap dua tiga empat lima"
    " enam tujuh lapan sembilan sepuluh nombor bilangan jumlah jawapan hasil hasilnya kedua supaya"
    " bahawa daripada mereka kami perlu nilai merupakan iaitu dia sama tersebut jawapannya jumlahnya"
    " segi luasnya tiada bagi sifar segitiga semua andaikan satu baharu telah tambah darab ganda"
    " soalan pengiraan pengiraannya pelajar bandar wang jejari purata suku berbeza cuba dibahagi"
    " dibahagikan didarab didarabkan ditolak mempunyai manakala kawasan kemudian langkah sebelum"
    " hanya sini epal beg memulangkan penyelesaian persamaan tanpa pertama hari buku oleh tahun"
    " semula orang berapa sudut sisi kos akhirnya sebanyak selebihnya serta"
    " masih"
    " saya pejabat kedai jadual pakcik makcik percuma rasmi khabar wilayah universiti kerja"
    " peluang kecil besar sekolah belajar membeli menjual membahagikan dibeli dijual sebelum"
    " selepas waktu hari pagi petang malam bulan minggu terakhir kecerunan titik garis kami mula"
    " berhenti tutup hujung tarik lukis lukiskan hitung cari tentukan misalnya iaitu seluruh"
    " baki bakinya dapatkan kuasa pecahan pengangka penyebut gandaan faktor sebuah seorang"
    " seekor biji keping banyaknya tinggi panjang lebar perimeter bulatan peratus ringgit sen"
    " mungkin punca cik lama kilang setiap segi"
    " minit saat kelajuan laju rehat liter peratus kuasa berat keranjang bakul kotak bertambah"
    " berkurang berbaki asal tetapi hanya perlukan selama basikal roti biskut meter harga"
    " pembeli membayar sedikit naik turun semula masa lantas ganda"
    " selari serenjang bertolak tiba cakap mahu kalau motosikal stesen paip gula masanya"
    " lamanya mendapat anak budak pun belum sudah kurang jam"
    " istirahat sisa sejajar waktunya motor bicara cuma berangkat detik",
    "sw": "na ya wa ni kwa katika la za kwamba hii hiyo hivyo ili kama au lakini kila pia si cha vya"
    " yake wake tunaweza kuwa hakuna yote wote jibu jumla namba nambari idadi moja mbili tatu nne"
    " tano sita saba nane tisa kumi basi bila sababu kutoka huo ambayo ambazo tena hizi zote ana"
    " tuna lake zake sawa mara kisha hapa sasa",
    "tl": "ang ng sa na mga ay at ito si para may hindi kung ni siya kaya dahil bawat dalawa tatlo apat"
    " lima anim pito walo siyam sampu bilang sagot kabuuan natin ating tayo ko mo niya nito",
    "ru": "и в не на что с по это как а из к у за от о то же для но или так если мы он она они его их"
    " все всех бы был было были быть есть нет только при поэтому значит тогда также потому который"
    " которая которые равен равна равно равны два две три четыре пять шесть семь восемь девять"
    " десять число чисел числа ответ сумма следовательно каждый каждая где когда чем до уже ещё еще"
    " оба обе пусть получаем этого этот эта эти так больше можно"
    " итак тогда пусть сначала затем потом остаётся осталось делим умножаем половина вдвое"
    " скорость"
    " после",
    "uk": "і й в у не на що з по це як а із до за від о то ж для але або так якщо ми він вона вони"
    " його їх всі усі би був було були бути є немає тільки лише при тому отже тоді також бо який яка"
    " які дорівнює два дві три чотири п'ять шість сім вісім дев'ять десять число чисел числа"
    " відповідь сума кожен кожна де коли ніж вже ще обидва обидві нехай маємо цього цей ця ці має"
    " більше можна та оскільки разом"
    " отже тоді нехай спочатку потім залишається залишилося ділимо множимо половина вдвічі"
    " швидкість",
    "be": "і у не на што з па гэта як а із да за ад аб то ж для але або так калі мы ён яна яны яго іх"
    " усе бы быў было былі быць ёсць няма толькі пры таму значыць тады таксама які якая якія роўны"
    " роўна два дзве тры чатыры пяць шэсць сем восем дзевяць дзесяць лік адказ сума кожны дзе чым",
    "bg": "и в не на че с по това как а от към у за до то да се е са си със но или така ако ние той тя"
    " те го ги всички би беше бяха бъде има няма само при затова значи тогава също защото който която"
    " които равно равен равна две два три четири пет шест седем осем девет десет число числа числото"
    " отговорът отговор сборът сбор следователно всеки всяка всяко къде когато нека получаваме този"
    " тази тези може още едно един една ще между през"
    " тогава първо после остава остават делим умножаваме половина двойно скорост скоростта"
    " средната нека"
    " ъгъл права",
    "mk": "и во не на што со по ова како а од кон за до тоа да се е си но или така ако ние тој таа"
    " тие го ги сите би беше беа биде има нема само при затоа значи тогаш исто бидејќи кој која кои"
    " еднакво два две три четири пет шест седум осум девет десет број броеви одговорот збирот секој"
    " каде кога нека добиваме ќе меѓу сум"
    " половина",
    "sr": "и у не на што са по ово како а од ка за до то да се је су но или тако ако ми он она они га"
    " их сви би био било бити има нема само при зато значи тада такође јер који која које једнако два"
    " две три четири пет шест седам осам девет десет број бројева одговор збир сваки сваке где када"
    " нека добијамо ће између"
    " i u na je da se za od su s ne to kao iz o ali ili po koji koja koje pa ako svaki svaka dva"
    " dve tri četiri pet šest sedam osam devet deset broj brojeva odgovor zbir suma rezultat jer"
    " dakle stoga samo sve oba nema ima biti bi nije smo onda takođe što gde mora moraju"
    " dobijamo važi vrednost vreme deo ceo cela sledi delimo pre posle ko"
    " hiljada jednačina jednačine trougao trougla ugao ugla uglova stepeni obim tačka tačke uslov"
    " proizvod količnik brojilac imenilac procenat poluprečnik prečnik kružnica"
    " после половина polovina",
    "ar": "في من على أن إن هو هي التي الذي إلى ما لا كان هذا هذه ذلك عن مع كل بين أو ثم لأن لذلك إذن"
    " إذا بما فإن يكون تكون لدينا عدد العدد مجموع يساوي تساوي ليس يوجد قد لم لن بعد قبل حيث أي عند كما"
    " الجواب الناتج واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة و به له لها منها منه فيه"
    " نجد هما غير حتى فقط أكثر أول",
    "fa": "در از به که این را با است آن برای یک بر تا هم می شود شد خود ما و یا اگر پس هر دو سه چهار"
    " پنج شش هفت هشت نه ده عدد جواب پاسخ مجموع برابر بنابراین زیرا چون نیست هستند دارد دارند باید"
    " کنیم می‌شود می‌کنیم داریم بود ولی اما همه هیچ نیز بین اول دوم ها شده خواهد",
    "ur": "کے کی کا ہے میں اور سے کو ہیں یہ کہ اس پر نے ایک بھی تو وہ ہم ہو نہیں جو لیے تھا تھی کر یا"
    " پھر تک اگر تب چونکہ کیونکہ لہٰذا ہر دونوں دو تین چار پانچ چھ سات آٹھ نو دس عدد اعداد جواب مجموعہ"
    " برابر ہوتا ہوتی کوئی پس ان گا گی ساتھ صرف سب اپنے کرتے",
    "ps": "د په او چې دا له سره نه کې ته دی ده هم به یو دوه درې څلور پنځه شپږ اووه اته نهه لس شمېر"
    " ځواب هغه څخه مو کړي شي دي",
    "he": "של את על לא הוא היא זה זאת כי אם גם או לכן כל אז יש אין עם מה הם ולכן שני אבל רק לפי",
    "yi": "און איז דער די דאס פון אין מיט נישט ניט פאר אויף צו עס מיר זענען האט אז וואס יעדער ביידע",
    "hi": "के की का है में और से को हैं यह कि इस पर ने एक भी तो वह हम हो नहीं जो लिए था थी कर या फिर"
    " तक यदि अगर तब क्योंकि चूँकि इसलिए अतः हर दोनों दो तीन चार पाँच पांच छह सात आठ नौ दस संख्या उत्तर"
    " योग बराबर होता होती कोई उनका इसका उसका गया दिया हुआ करते सभी अब पहले जाता जाती साथ होगा मान ये"
    " प्रत्येक बाद रहा"
    " औसत बढ़ता बढ़ती बचते बचती बचता भाग जोड़ते निकालते पहले बाद वजन वज़न दोगुना आधा"
    " प्रथम",
    "mr": "आणि आहे आहेत या हे ही हा तो ती ते एक नाही म्हणून पण किंवा जर तर मग कारण की होते होतो होती"
    " असते असतो असती आपण त्याचे त्याची त्यांची दोन्ही दोन तीन चार पाच सहा सात आठ नऊ दहा संख्या उत्तर"
    " बेरीज समान प्रत्येक कोणतेही च्या चा ची चे ला ने साठी मध्ये काही केली केले केल्यास असल्यामुळे व"
    " सर्व आता फक्त झाली झाले येते करून त्यामुळे याला असे तिला त्याला मिळते"
    " सरासरी वाढतो वाढते उरतात उरते उरतो भाग मिळवू काढू प्रथम नंतर मग वजन दुप्पट निम्मे"
    " पहिले",
    "ne": "र छ छन् हो हुन् हुन्छ हुन्छन् यो त्यो को का की मा ले लाई बाट पनि तर वा यदि भने किनभने"
    " त्यसैले हामी दुवै दुई तीन चार पाँच छ सात आठ नौ दस दश सङ्ख्या संख्या उत्तर योगफल बराबर हरेक"
    " प्रत्येक कुनै छैन हुँदैन गर्छ गर्छौं गर्न भएकाले यसको त्यसको सबै अब एक एउटा गरेर हुने थियो"
    " गर्दा भन्दा जना वटा तिनको"
    " औसत बढ्छ बाँकी भाग जोडौँ निकालौँ पहिले पछि तौल दोब्बर आधा"
    " प्रथम वजन",
}

# Languages of other scripts in Latin letters: known, so that they are not taken for one that writes
# so by itself; never named.
ROMANISED: dict[str, str] = {
    "hi-latn": "hai hain kyonki kyunki aur mein hum yeh woh nahi nahin ke ki ka ko se ne par jo koi"
    " agar phir isliye toh tha thi kya kar karte hota hoti hote dono sab liye saath jawab uttar"
    " barabar jodte lekin bhi yah jab tab apne hoga diya gaya ek do teen chaar paanch saat",
    "ru-latn": "eto chto kak yesli esli potomu togda otvet raven ravna ravno chislo summa poetomu dlya"
    " ili vse net zatem snachala nado budet vy nam kazhdyy chetyre pyat shest sem vosem desyat"
    " potom iz pri eshche tozhe gde kogda",
    "ja-latn": "desu masu wa ga wo ni no kara made kotae suru shimasu shita dakara tsugi mazu kore sore"
    " yori naru narimasu aru arimasu deshita tame node hitotsu futatsu mittsu toki kazu ichi nana",
    "ar-latn": "al huwa hiya anna fi ila hadha hatha thumma wa laysa kull bayna majmu yusawi jawab"
    " ithnayn thalatha arbaa khamsa sitta saba thamaniya tisaa ashara idha idhan",
    "el-latn": "kai einai tou tis ton tin tous gia apo stin stis pou oti tha meta prota proto epomenos"
    " opote dyo pente okto ennea arithmos apantisi posa",
    "zh-latn": "shi zhe zai suo suoyi yinwei yin wei xian hou jia jian cheng deng dengyu yu ge shu qi"
    " jiu liu wo men hen shao duo",
}
