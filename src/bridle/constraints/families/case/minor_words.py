"""Articles, conjunctions and prepositions of languages beside English: small in their titles.

Data, no code. Single letters but `i` are left out: title case leaves them free.
"""

from __future__ import annotations

MINOR: dict[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "cs": "i na do od za po pod nad pro při bez ale nebo že jak ve ze ke přes mezi",
        "da": "i en et den det de og eller men at som på af for med til fra om under over ved uden",
        "de": "der die das den dem des ein eine einen einem einer eines und oder aber denn als wie "
        "dass ob wenn in im ins am an ans auf aus bei beim mit nach von vom vor zu zum zur für über "
        "unter um durch gegen ohne bis seit zwischen neben hinter",
        "el": "το οι τα του της των τον την τους τις ένα ένας μια και αλλά με σε από για στο στη "
        "στην στον στα στις στους προς χωρίς ως που ότι",
        "es": "el la los las lo un una unos unas ni pero que de del al con sin en por para sobre "
        "entre hasta desde hacia según como si tras ante bajo",
        "fi": "ja tai sekä kuin että",
        "fr": "le la les un une des du de et ou où ni mais que au aux en dans sur sous par pour avec "
        "sans chez entre vers contre depuis comme si l d qu jusqu",
        "hu": "az egy és vagy de hogy",
        "id": "dan atau di ke dari untuk dengan yang pada dalam oleh tentang",
        "it": "il lo la i gli le un uno una ed ma che se di del dello della dei degli delle al allo "
        "alla ai agli alle da dal dalla dai dagli dalle in nel nello nella nei negli nelle con su sul "
        "sulla sui sulle per tra fra come l d un dell all dall nell sull",
        "nb": "i en et ei den det de og eller men at som på av for med til fra om under over ved uten",
        "nl": "de het een en of maar want dat als in op aan van voor met bij naar uit over onder door "
        "om te tot tegen zonder tussen",
        "pl": "i na do od za po pod nad dla przy bez ale lub albo oraz że jak we ze przez między",
        "pt": "os as um uma uns umas ou mas nem que se de do da dos das em no na nos nas num numa por "
        "pelo pela para com sem sobre entre até desde ao aos às como",
        "ro": "și sau dar că de la în din pe cu pentru prin despre un al ale ai",
        "ru": "но или что как если во на со ко об от из за по под над для при без до между через",
        "sv": "i en ett den det de och eller men att som på av för med till från om under över vid utan",
        "tr": "ve veya ya da de ile için ama ki gibi kadar",
        "uk": "та але або що як на зі із до від за по під над для при без між через про",
    }.items()
}
