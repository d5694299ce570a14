"""The words around a conclusion, by language: what announces one, what is none, what follows one.

All are matched without regard to case. A language that is not here still has its digits read: the
words only decide between several values, and what may be passed over on the way to the last one.
"""

from __future__ import annotations

import re


def _any(*words: str, start: str = r"(?<!\w)", end: str = r"(?!\w)") -> re.Pattern[str]:
    return re.compile(start + "(?:" + "|".join(words) + ")" + end, re.IGNORECASE)


# What a conclusion begins with.
THEREFORE = re.compile(
    r"(?<!\w)(?:therefore|thus|hence|so|consequently|accordingly|as a result|in conclusion|to conclude|finally|overall|in total|altogether|in all|in summary"
    r"|conclusion|ultimately|this means|which means|that means|this gives|we (?:get|find|have|obtain|conclude)|total(?:s|ing)?|sum|result(?:s)?|final(?:ly)?|answer"
    r"|donc|ainsi|par conséquent|au total|en tout|finalement|en conclusion|d'où|alors"
    r"|also|daher|deshalb|somit|folglich|demnach|insgesamt|damit|schließlich|ergibt"
    r"|por lo tanto|por tanto|así que|así|entonces|en total|en conclusión|luego|finalmente|por consiguiente"
    r"|quindi|perciò|dunque|pertanto|in totale|in conclusione|infine"
    r"|portanto|logo|assim|então|no total|ao todo|em conclusão|por isso"
    r"|dus|daarom|in totaal|derhalve|uiteindelijk|därför|alltså|således|totalt|sammanlagt|derfor|altså|i alt|siten|joten|yhteensä"
    r"|zatem|więc|dlatego|w sumie|łącznie|tedy|tedy|takže|tudíž|celkem|proto|tehát|összesen|deci|prin urmare|astfel|în total"
    r"|следовательно|итак|таким образом|значит|поэтому|всего|итого|в итоге|отже|тому|разом|усього|следователно|общо"
    r"|bu nedenle|dolayısıyla|yani|toplam|sonuç olarak|jadi|oleh karena itu|maka|dengan demikian|vậy|do đó|vì vậy|tổng cộng|kwa hiyo|hivyo|jumla)(?!\w)"
    r"|[∴⇒]|(?:所以|因此|故此|总共|一共|總共|共计|综上|总之|最终|最後|最后|从而|因而|よって|したがって|従って|ゆえに|つまり|合計|だから|따라서|그러므로|결국|총|모두"
    r"|ดังนั้น|เพราะฉะนั้น|รวม|इसलिए|अतः|कुल|तो|সুতরাং|অতএব|মোট|لذلك|إذن|وبالتالي|إذا|لذا|بالتالي|المجموع|לכן|ולכן|בסך הכל|بنابراین|پس|لہذا|لہٰذا)",
    re.IGNORECASE,
)

# Verbs and signs behind which the value of a statement stands.
COPULA = _any(
    "is", "are", "was", "were", "be", "been", "equals?", "has", "have", "had", "cost", "costs", "needs?", "needed", "makes?", "made",
    "pays?", "paid", "earns?", "earned", "spends?", "spent", "gets?", "got", "takes?", "took", "gives?", "gave", "leaves?", "left", "totals?",
    "collects?", "collected", "sells?", "sold", "eats?", "ate", "buys?", "bought", "saves?", "saved", "weighs?", "remain", "there's", "that's", "it's",
    "becomes?", "yields?", "received?", "receives", "contains?", "contained", "requires?", "required", "used?", "uses", "produces?", "produced",
    "est", "sont", "fait", "font", "vaut", "égale", "a", "ont", "coûte", "coûtent", "reste", "restent", "faut",
    "ist", "sind", "beträgt", "hat", "haben", "kostet", "kosten", "braucht", "bleiben", "bleibt", "gibt",
    "es", "son", "tiene", "tienen", "hay", "cuesta", "quedan", "queda", "necesita", "será", "fue",
    "è", "sono", "ha", "hanno", "costa", "ci sono", "é", "são", "tem", "têm", "há", "custa", "restam",
    "zijn", "heeft", "hebben", "er", "är", "har", "finns", "kostar", "koster", "on", "jest", "ma", "wynosi", "je", "má", "van",
    "равно", "равна", "равен", "равняется", "составляет", "составит", "осталось", "понадобится", "дорівнює", "adalah", "là", "ni", "vardır",
)  # fmt: skip
COPULA_BEFORE_DIGIT = re.compile(r"(?:[是为為有共得剩等于等於需要花了到はがで는은이가]|कुल|है|هو|هي|היא|הוא|:|：)\s*(?:约|約|大约)?$")  # fmt: skip

# Words before a number that belongs to something else: after 5 days, all 3 boxes, each of the 4.
PREPOSITION = _any(
    "after", "in", "for", "per", "within", "over", "at", "by", "from", "of", "with", "on", "during", "every", "than", "between", "among", "since",
    "until", "till", "before", "through", "into", "to", "against", "compared", "using", "under", "across", "out", "each", "first", "next", "last", "previous", "past",
    "the", "all", "these", "those", "both", "his", "her", "their", "its", "a", "an", "other", "when", "if", "given",
    "en", "pour", "après", "dans", "de", "des", "du", "avec", "par", "à", "sur", "les", "ses", "ces", "chaque", "pendant", "sous", "que",
    "für", "nach", "mit", "von", "pro", "bei", "den", "der", "die", "alle", "allen", "jede", "innerhalb", "vor", "als", "auf",
    "para", "después", "con", "por", "cada", "los", "las", "sus", "durante", "tras", "dentro",
    "dopo", "ogni", "i", "le", "gli", "di", "da", "su", "tra", "fra", "após", "em", "os", "as", "dos", "das", "nos",
    "voor", "na", "met", "elke", "binnen", "på", "i", "för", "efter", "med", "av", "varje", "inom",
    "за", "в", "на", "через", "после", "по", "с", "из", "для", "каждые", "каждый", "все", "чем", "w", "po", "z", "dla", "każde", "ve", "için",
)  # fmt: skip
STRONG_PREPOSITION = _any(
    "after", "per", "within", "over", "during", "every", "each", "than", "between", "before", "until", "since", "the", "all", "these", "those", "both",
    "après", "chaque", "pendant", "nach", "pro", "jede", "alle", "después", "cada", "durante", "dopo", "ogni", "após", "elke", "efter", "varje", "après", "через", "после", "каждые",
)  # fmt: skip
PREPOSITION_CJK = re.compile(r"(?:每|第|用|在|经过|从|以|比|の|每隔|は各|毎)\s*$")
# ... unless the noun before it is a quantity: a total of 5.
QUANTITY_OF = re.compile(
    r"(?:total|sum|average|mean|speed|distance|cost|profit|price|value|length|area|volume|amount|number|rate|maximum|minimum|median|height|weight|width"
    r"|age|score|probability|perimeter|count|difference|product|quotient|salary|balance|discount|change|savings|grand total|somme|suma|somma|soma|summe|moyenne|media)\s+"
    r"(?:of|de|di|von)\s*$|\b(?:for|to|at|in) (?:a|an)(?: grand| combined| new| final)? (?:total|average)(?: (?:cost|price))? of\s*$"
    r"|(?:comes?|came|amounts?|rounds?|sums?|adds?(?: up)?|equal|equivalent|simplifies|reduces|leads|up|down|evaluates) to\s*$|(?:consist|made up)s? of\s*$",
    re.IGNORECASE,
)
ADVERB = re.compile(
    r"(?:(?:exactly|about|approximately|roughly|around|only|just|an? (?:additional|extra|total of|average of|combined)|additional|extra|another|at (?:least|most)|up to|now|still"
    r"|already|also|environ|seulement|encore|ungefähr|noch|nur|genau|etwa|aproximadamente|solo|exactamente|circa|ancora|cerca de|ainda|ongeveer|примерно|ещё|еще"
    r"|будет|было|~|≈|\*\*|\*|__|a total of|a grand total of|a combined total of|un total de|insgesamt|en tout|in total|all together|altogether|:|，|,)\s*)$",
    re.IGNORECASE,
)
NAMED_NUMBER = re.compile(
    r"(?:step|day|week|month|year|grade|room|chapter|case|option|part|question|problem|example|phase|no\.|number|page|figure|equation|level|round|stage|method|section|étape|schritt|paso|passo|шаг|第|route|#)\s*$",
    re.IGNORECASE,
)
# What a sentence ends in: ", for a total of 7", ", leaving 26 guests", ", which is 4 weeks".
RESULTS_IN = re.compile(
    r"(?:\b(?:for|to|in|with|at|is|of|was) an? (?:grand |combined |overall |new |final )?(?:total|sum) of|\b(?:leaving|giving|making|totall?ing|totals?|bringing|resulting in|results in|yielding|reaching)(?: (?:him|her|them|it|us|a total of|the total to|only|just|exactly|\w+ with))?"
    r"|\bwhich (?:is|equals|gives|makes|means|comes to|amounts to|leaves|results in|totals)(?: (?:exactly|equal to|equivalent to|the same as|about|approximately|a total of|just|only|us|her|him|them))?)\s*[*$\\(]{0,4}$",
    re.IGNORECASE,
)
# Where, in a sentence, what follows is a purpose or a circumstance: to make 15, before it exceeds 10.
CIRCUMSTANCE = re.compile(
    r"(?<!\bhas)(?<!have)(?<!\bhad)(?<!need)(?<!needs)(?<!needed)(?<!able)(?<!going)(?<!want)(?<!wants)(?<!supposed)(?<!ought)(?<!allowed)(?<!comes)(?<!came)(?<!amounts)(?<!continue)(?<!expected)(?<!equal)(?<!leads)(?<!closer)(?<!adds)(?<!up)(?<!sums)(?<!rounds)(?<!simplifies)(?<!reduces)"
    r" to (?!be\b|a\b|an\b|the\b|get\b)[a-z]{2,}|(?<!\w)(?:so that|before|after|until|if|when|while|because|where|who|without|unless|given that|assuming|compared|instead|rather|out of|um|pour|para|per|чтобы)\b",
    re.IGNORECASE,
)
MODAL_VERB = re.compile(
    r"\b(?:can|could|will|would|must|should|may|might|has to|have to|had to|needs? to|needed to|able to|did|does|do|they|he|she|it|we|you|i|peut|doit|kann|muss|wird|puede|debe|può|deve|pode|может|должен)\s+(?:\w+ly\s+)?[^\W\d_]+(?:\s+(?!in|for|at|by|per|to|on|of)(?:[A-Z]\w+|him|her|them|us|me|you|it))?\s*[*$\\(]{0,4}$"
)
FOLLOWS_VALUE = re.compile(
    r"\s*(?:\*\*)?\s*(?:[^\W\d]+\s+){0,2}(?:more|fewer|less|additional|left|remaining|remain|in total|altogether|in all|total|older|younger|longer|taller|en tout|au total|insgesamt|en total|in totale|no total|in totaal|totalt|всего)(?!\w)",
    re.IGNORECASE,
)
SUBORDINATE = re.compile(
    r"\s*(?:\*\*)?(?:if|when|since|because|given|as|with|after|before|while|although|assuming|for|at|in|on|by|with|from|out of|of|during|over|considering|starting|each|every"
    r"|si|quand|comme|après|avec|pour|en|wenn|da|weil|nach|bei|cuando|como|después|con|para|se|quando|dopo|após|als|omdat|om|eftersom|если|так как|поскольку|когда|после)(?!\w)",
    re.IGNORECASE,
)

# The model says that it cannot conclude.
CANNOT = re.compile(
    r"\b(?:can(?:not|'t|’t| not)|could(?: not|n't|n’t)|impossible to|unable to|not possible to|no way to) (?:be |accurately |definitively |precisely |actually |directly |fully |exactly )*"
    r"(?:determin|calculat|find|found|answer|say|said|know|comput|solv|tell|conclud|give|provide|establish|figure|give|deduc)"
    r"|not (?:enough|sufficient|clear)|unclear|ambiguous|not make (?:this|that|the|it) [a-z ]{0,20}clear|insufficient (?:information|data)|more (?:information|details|data)(?: is| are)? (?:needed|required|necessary)|need(?:s)? (?:to know|more|additional|further)"
    r"|(?:is|are|was|were) (?:not|n't) (?:given|provided|specified|stated|mentioned|known|determinable)|(?:isn't|aren't|wasn't) (?:given|provided|specified|stated|mentioned)"
    r"|please (?:provide|share|clarify|supply)|missing (?:information|data|detail)|information (?:is )?missing|without (?:knowing|more|further|additional|that|this)"
    r"|depends on|undetermined|indeterminate|not know|don't know|don’t know|unknown|once (?:we|you) (?:know|have|provide)|if you (?:provide|can|could|know|have|give)"
    r"|need to (?:find|determine|calculate|figure|know|compute)|ne (?:peut|peux|pouvons|sait|sais|savons)|impossible de|pas (?:assez|suffisamment)|kann (?:man )?nicht|nicht (?:genug|genügend|möglich)"
    r"|unmöglich|no (?:se puede|podemos|puedo|hay suficiente|sé)|non (?:si può|possiamo|so|è possibile)|não (?:é possível|podemos|sei|há)|невозможно|нельзя|недостаточно|не могу"
    r"|无法|不能确定|不知道|缺少|不足|できません|わかりません|分かりません|不明|알 수 없|부족|모르",
    re.IGNORECASE,
)

# What may stand behind an answer and is none: remarks, checks, offers, closings.
REMARK = re.compile(
    r"[\W_]*(?:p\.? ?s\b|p\.? ?p\.? ?s\b|n\.? ?b\.|note|notes|remark|disclaimer|reminder|fun fact|bonus|tip|keywords?|explanation|reasoning|justification|why|source|assumption|sidenote|side note"
    r"|remarque|hinweis|anmerkung|nota|observación|osservazione|observação|opmerking|примечание|замечание|註|注|备注|備考|참고)\b\s*(?:\([^)]*\)\s*)?[*_]*\s*[:：.,–—-]",
    re.IGNORECASE,
)
CHECK = re.compile(
    r"[\W_]*(?:(?:let(?:'|’)?s|let us|we can|to|you can|i|now|quick|double|final|sanity)[ -]+){0,3}(?:verif(?:y|ication|ying)|(?:double-?|cross-?)?check(?:ing)?|sanity check|confirm(?:ing|ation)?|proof|validate|validation"
    r"|vérif\w*|überprüf\w*|prüf\w*|probe|kontroll\w*|verific\w*|comprob\w*|comprueb\w*|проверк\w*|проверим|controle)(?!\w)|[\W_]*(?:验证|验算|检验|驗證|検算|確認|검산|확인)",
    re.IGNORECASE,
)
OFFER = re.compile(
    r"[\W_]*(?:let me know|feel free|if you (?:have|need|want|would|'d|’d|like)|i hope|hope (?:this|that|it|you)|is there anything|any(?:thing)? (?:other|else|more)|do you|would you|can i|shall i|may i|should i|does (?:this|that)"
    r"|don't hesitate|please (?:let|feel|ask)|happy to|glad to|thank|good luck|best (?:of|regards)|great (?:job|work)|well done|have a|remember|keep|enjoy|this (?:answer|response|solution|result|matches|confirms|is (?:consistent|correct|the))"
    r"|everything|all (?:conditions|constraints|requirements)|what (?:else|do you)|want (?:me|to)|need (?:help|more|any)|that's it|got it|make sense|cheers|sincerely|yours|regards"
    r"|n'hésite|dis-moi|j'espère|avez-vous|as-tu|y a-t-il|souhait|wenn du|falls|ich hoffe|haben sie|hast du|gibt es noch|lass|si necesita|si tienes|espero|¿|avísame|hay algo|spero|se hai|fammi|c'è altro"
    r"|se precisar|se tiver|há algo|mais alguma|laat|als je|ik hoop|hör av|jag hoppas|если|надеюсь|есть ли|обращайтесь|希望|如果|还有|如有|ご|何か|他に|もし|혹시|도움이|궁금)",
    re.IGNORECASE,
)
ABOUT_ITSELF = re.compile(
    r"\b(?:this|my|the above|the) (?:answer|response|explanation|reply|text|message|solution) (?:has|contains|uses|is written|is|was written|consists|includes|avoids|follows) (?:\w+ ){0,4}?(?:words?|sentences?|paragraphs?|bullets?|lines?|commas?|capital|lowercase|letters?|sections?|language|english)\b",
    re.IGNORECASE,
)
ASKS = re.compile(
    r"\b(?:how (?:many|much|long|far|old|tall|fast|big|often)|what|which|who|when|where|find|determine|calculate|combien|quel|quelle|wie ?viele?|welche|cuánt\w+|cuál|quant[oiae]|qual|hoeveel|hur många|сколько|какой)\b|多少|几|何|いくつ|いくら|몇|얼마|कितन|كم|כמה",
    re.IGNORECASE,
)
PLAN = re.compile(
    r"[\W_]*(?:(?:so|now|next|then|first|and|but|here)[, ]+)*(?:let(?:'|’)?s|let us|we (?:need|have|must|want|should|can|will|now) (?:to )?(?:find|calculate|compute|determine|solve|add|subtract|multiply|divide|figure|start|set|first|use)"
    r"|i(?:'ll| will| need to)|first(?:ly)?,? (?:we|let|i|find|calculate|determine|compute|convert|add|note)|to (?:find|solve|calculate|determine|get|figure)|start by|begin by|suppose|assume|let \$?[a-z]\$? (?:be|=))(?!\w)",
    re.IGNORECASE,
)
NOT_THE_ANSWER = re.compile(
    r"(?:\bnot|n't|n’t|rather than|instead of|unlike|pas|nicht|keine|ikke|inte|niet|\bно не|\bне|不是|并非|而不是|ではなく|아니라)\s*(?:equal to |just |only |exactly |de )?[*$\\(]{0,4}$",
    re.IGNORECASE,
)
OR = re.compile(
    r"[\s*_]*(?:,|;|、|，|(?:,\s*)?(?:and|or|und|oder|et|ou|y|o|e|и|или|en|och|eller|i|lub|和|或|以及|と|または|및|와|과|또는)(?=[\s$\\*]|$)|\\quad|\\text\{\s*(?:and|or)\s*\}|&)+[\s*_]*"
    r"(?:\$?[A-Za-z](?:_\{?\w\}?)?\s?=\s?)?",
    re.IGNORECASE,
)
