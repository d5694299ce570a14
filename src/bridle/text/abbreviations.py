"""Words whose full stop ends no sentence, by what may follow, and words beside it that decide."""

from __future__ import annotations

ABBREVIATIONS = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "cf", "fig", "figs", "eq", "eqs",
    "approx", "resp", "thm", "lem", "prop", "cor", "nos", "vol", "sec", "pp", "al", "dept", "inc",
    "ltd", "e.g", "i.e", "u.s", "u.k", "a.k.a", "viz", "bzw", "z.b", "d.h", "sra", "dra", "ud",
    "mt", "capt", "sgt", "messrs", "mme", "mlle", "srta", "uds", "vgl", "sog", "z.t", "u.a", "p.ej",
    "w.r.t", "s.t", "w.l.o.g", "n.b", "bijv",
    "bl.a", "f.eks", "f.ex", "t.ex", "fr.o.m", "t.o.m", "s.k", "p.g.a", "m.h.t", "m.t.p", "o.a", "d.w.z", "b.v",
    "m.b.t", "i.p.v", "i.v.m", "t.a.v", "i.d.r", "v.a", "s.o", "s.u", "z.z", "i.e.s", "d.v.s",
    "p.es", "p.ex", "m.in", "t.j", "t.zn", "t.d.s", "डॉ", "திரு",
))  # fmt: skip
# Those that are written with a blank between too.
PAIRS = frozenset(("a.m", "p.m", "i.e", "e.g", "z.b", "z.t", "d.h", "u.a", "o.ä", "p.ej", "p.ex"))
TITLES = frozenset((
    "Gen", "Lt", "Col", "Rev", "Gov", "Sen", "Rep", "Pres", "Hon", "Mevr", "Dhr", "Hr", "Sig", "Sigg",
    "sig", "sigg", "Dott", "dott", "TP", "ул", "проф",
))  # fmt: skip
# Two letters are a name's before a word with a capital (J.K. Rowling), these aside.
NO_NAMES = frozenset((
    "a.d", "a.m", "b.a", "b.c", "b.s", "d.c", "e.u", "i.d", "i.q", "l.a", "m.a", "m.d", "m.s", "n.y",
    "o.k", "p.m", "p.o", "t.v", "u.n",
))  # fmt: skip
POSTSCRIPTS = frozenset(("p.s", "p.p.s", "p.p.p.s"))
# These may end a sentence too: they do where a word follows that begins one, or no small letter.
AT_ENDS = frozenset(("st", "sr", "jr", "sec", "al", "dept", "inc", "ltd", "u.s", "u.k"))
BEGINNINGS = frozenset((
    "A", "After", "All", "An", "And", "As", "At", "Because", "But", "By", "Each", "For", "From", "He",
    "Hence", "Her", "His", "How", "However", "I", "If", "In", "Is", "It", "Its", "Let", "My", "Next",
    "No", "Now", "On", "One", "Our", "She", "So", "Since", "That", "The", "Their", "Then", "There",
    "Therefore", "These", "They", "This", "Those", "Thus", "To", "We", "What", "When", "Where",
    "Which", "While", "Who", "Why", "With", "Yes", "You", "Your",
))  # fmt: skip
BEFORE_SMALL = frozenset((
    "max", "min", "avg", "est", "lb", "lbs", "oz", "ft", "hr", "hrs", "mins", "secs", "co", "corp",
    "bros", "incl", "excl", "ca", "usw", "inkl", "evtl", "ggf", "ecc", "enz", "руб", "стр", "рис",
    "insb", "mio", "dvs", "kl", "np", "tj", "tzn", "tzw", "tzv", "např", "kap", "esim", "dsb", "tsb",
    "dll", "env", "тыс",
))  # fmt: skip
# After a number, before a small letter: "8 sq. ft. of it".
UNITS = frozenset((
    "sq", "cu", "in", "yd", "yds", "mi", "gal", "qt", "pt", "tbsp", "tsp", "deg", "cm", "mm", "km",
    "kg", "mg", "ml", "sec", "pts",
))  # fmt: skip
BEFORE_NUMBER = frozenset((
    "def", "defn", "eqn", "eqns", "ineq", "rem", "rmk",
    "p", "ch", "ex", "art", "kl", "стр", "рис", "nr", "núm", "pág", "abb", "kap", "ca", "est", "jan", "feb", "mar", "apr",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
))  # fmt: skip
# Letters that are in no pair and no abbreviation: a stop after one ends a sentence.
ALONE = frozenset("abcdefghijklmnopqrstuvwxyz").difference(
    *(word.split(".") for word in (*PAIRS, *BEFORE_NUMBER))
)
MONTHS = frozenset((
    "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "dezember", "jänner", "marts", "maj", "desember", "december",
))  # fmt: skip
ARTICLES = frozenset(("der", "dem", "den", "vom", "zum", "zur"))  # before "3. Schritt"
# A capital after these is a label and no initial: "It is option B. So …".
LABELLED = frozenset((
    "angle", "answer", "box", "case", "choice", "class", "column", "equation", "figure", "grade",
    "group", "line", "node", "option", "part", "plan", "player", "point", "section", "set", "state",
    "statement", "step", "table", "team", "triangle", "type", "vertex", "vitamin",
))  # fmt: skip
