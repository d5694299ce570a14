r"""One spelling for many: other scripts' digits, Unicode maths, LaTeX's synonyms and spaces.

    respell("−½·x²")  ->  "-\\frac{1}{2}*x^{2}"

Nothing is interpreted here, and the text is only ever walked through once per rule.
"""

from __future__ import annotations

import re
import unicodedata

from bridle.maths.tree import FUNCTIONS
from bridle.text.invisible import INVISIBLE_CODES

GREEK = dict(
    zip(
        "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩϕϵϑ",
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "pi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
            "phi",
            "epsilon",
            "theta",
        ],
        strict=True,
    )
)
_CHARACTERS: dict[int, str] = dict.fromkeys(INVISIBLE_CODES, "") | {
    ord(a): b
    for a, b in {
        **{letter: f"\\{name} " for letter, name in GREEK.items()},
        "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "﹣": "-", "－": "-",
        "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "✕": "*", "∗": "*", "÷": "/", "∕": "/", "⁄": "/",
        "＋": "+", "±": "\\pm ", "∓": "\\mp ", "≤": "\\le ", "≥": "\\ge ", "⩽": "\\le ", "⩾": "\\ge ",
        "≠": "\\ne ", "∞": "\\infty ", "√": "\\sqrt ", "∛": "\\cbrt ", "∪": "\\cup ", "∩": "\\cap ",
        "∈": "\\in ", "∅": "\\emptyset ", "°": "\\degree ", "º": "\\degree ", "′": "'", "’": "'", "″": "''",
        "ℝ": "\\mathbb{R}", "ℤ": "\\mathbb{Z}", "ℕ": "\\mathbb{N}", "ℚ": "\\mathbb{Q}", "ℂ": "\\mathbb{C}",
        "ℏ": "\\hbar ", "ℓ": "\\ell ", "⌊": "\\lfloor ", "⌋": "\\rfloor ", "⌈": "\\lceil ", "⌉": "\\rceil ",
        "，": ",", "、": ",", "؛": ";", "；": ";", "،": ",", "٫": ".", "٬": ",", "。": ".", "．": ".", "：": ":",
        "（": "(", "）": ")", "［": "[", "］": "]", "｛": "{", "｝": "}", "＝": "=", "＜": "<", "＞": ">",
        "％": "%", "٪": "%", "＄": "$", "￥": "¥", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200a": " ",
        "\u2002": " ", "\u2003": " ", "\u3000": " ", "\u2062": "*", "\u2064": "+",
        "“": '"', "”": '"',
        "⟨": "\\langle ", "⟩": "\\rangle ", "≈": "\\approx ", "≡": "\\equiv ", "∖": "\\setminus ",
        "∨": "\\lor ", "∧": "\\land ", "→": "\\to ", "∘": "\\circ ", "µ": "\\mu ", "Å": "Å", "∣": "|", "…": "\\ldots ", "⋯": "\\ldots ",
    }.items()
}  # fmt: skip
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ", "0123456789+-()ni")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋ₙₓ", "0123456789+-nx")
_RAISED_RUN = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱ]+")
_LOWERED_RUN = re.compile("[₀₁₂₃₄₅₆₇₈₉₊₋ₙₓ]+")
_ROOT = re.compile(r"√ ?(\d+(?:\.\d+)?|[A-Za-z])")
_FRACTIONS = re.compile("[¼-¾⅐-⅞↉]")

_SPACES = re.compile(r"\\(?:[,;:> ]|hspace\{[^{}]*\})|~|\\\n")
_NOTHING = re.compile(
    r"\\!|\\(?:angle|left|right|bigl|bigr|Bigl|Bigr|biggl|biggr|big|Big|bigg|Bigg|displaystyle|textstyle|"
    r"limits|nolimits|middle|mathstrut|strut|phantom\{[^{}]*\}|label\{[^{}]*\}|tag\{[^{}]*\})"
    r"(?![A-Za-z])\.?"
)
_SYNONYMS = {
    "dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "sfrac": "frac", "nicefrac": "frac",
    "cdot": "times", "ast": "times", "bullet": "times", "leq": "le", "leqslant": "le", "geq": "ge",
    "geqslant": "ge", "neq": "ne", "lt": "lt", "gt": "gt", "dbinom": "binom", "tbinom": "binom",
    "choose": "choose", "varphi": "phi", "varepsilon": "epsilon", "vartheta": "theta",
    "varrho": "rho", "operatorname": "operatorname", "tg": "tan", "ctg": "cot", "arctg": "arctan",
    "lg": "lg", "prime": "prime", "colon": "colon", "lbrace": "{", "rbrace": "}", "lvert": "|",
    "rvert": "|", "vert": "|", "mid": "|", "lbrack": "[", "rbrack": "]", "varnothing": "emptyset",
    "degree": "degree", "textdegree": "degree", "mathrm": "text", "textrm": "text", "mbox": "text",
    "textbf": "text", "textit": "text", "textnormal": "text", "textsf": "text", "emph": "text",
    "hbox": "text", "mathit": "text", "mathsf": "text", "mathtt": "text", "texttt": "text",
    "wedge": "land", "vee": "lor", "implies": "to", "rightarrow": "to", "infin": "infty",
    "boldsymbol": "mathbf", "bm": "mathbf", "pmb": "mathbf", "overrightarrow": "vec",
    "dots": "ldots", "cdots": "ldots", "dotsc": "ldots", "div": "slash", "smallsetminus": "setminus",
    "textdollar": "$", "qquad": "quad", "imath": "imath", "jmath": "jmath", "euro": "€", "pounds": "£", "arcsinh": "arcsinh", "asin": "arcsin",
    "acos": "arccos", "atan": "arctan", "cosec": "csc", "arsinh": "arcsinh", "arcosh": "arccosh",
    "artanh": "arctanh", "PI": "pi", "LN": "ln",
}  # fmt: skip
_THOUSANDS = re.compile(r"(?<=\d) ?,\\[!,] *(?=\d{3})")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_TWICE = re.compile(r"\\\\(?:([A-Za-z]+)|([{}()\[\]|,;:!%$#&_\\]))?")
_COMMANDS = (
    frozenset(_SYNONYMS)
    | frozenset(_SYNONYMS.values())
    | frozenset(GREEK.values())
    | FUNCTIONS
    | frozenset(
        [
            "frac",
            "sqrt",
            "text",
            "left",
            "right",
            "boxed",
            "fbox",
            "cup",
            "cap",
            "in",
            "notin",
            "infty",
            "pm",
            "mp",
            "times",
            "circ",
            "mathbb",
            "mathcal",
            "mathfrak",
            "overline",
            "bar",
            "hat",
            "vec",
            "dot",
            "ddot",
            "tilde",
            "log",
            "binom",
            "quad",
            "qquad",
            "ldots",
            "emptyset",
            "sum",
            "int",
            "lim",
            "prod",
            "approx",
            "sim",
            "to",
            "langle",
            "rangle",
            "lfloor",
            "rfloor",
            "lceil",
            "rceil",
            "cbrt",
            "max",
            "min",
            "gcd",
            "lcm",
            "bmod",
            "pmod",
            "mod",
            "angle",
            "triangle",
            "displaystyle",
            "nabla",
            "partial",
            "equiv",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "underline",
            "forall",
            "exists",
            "imath",
            "jmath",
            "perp",
            "parallel",
            "star",
            "dagger",
            "ne",
            "le",
            "ge",
            "hspace",
            "cong",
            "subset",
            "cr",
        ]
    )
)


def respell(text: str) -> str:
    """The same text in one spelling; linear in its length."""
    if not text.isascii():
        text = _ascii_maths(text)
    if "\\" in text:
        if "\\\\" in text:  # a new row; outside of matrices, an escape too many
            rows = "begin" in text or "BEGIN" in text
            text = text.replace("\\\\", "\\cr ") if rows else _TWICE.sub(_break_or_escape, text)
        text = _THOUSANDS.sub("{,}", text)
        text = _NOTHING.sub("", text)
        text = _SPACES.sub(" ", text)
        text = _COMMAND.sub(_synonym, text)
    return text.strip()


def _break_or_escape(match: re.Match[str]) -> str:
    """Two backslashes break a line (x=1\\\\y=2), or are an escape too many (\\\\frac)."""
    name = match[1]
    if name and (name in _COMMANDS or name.lower() in _COMMANDS):
        return "\\" + name
    if name or match[2] is None:
        return "\n" + (name or "")
    return "\\" + match[2]


def _synonym(match: re.Match[str]) -> str:
    name = match[1]
    if len(name) > 2 and name.isupper():
        name = name.lower()  # an all-capitals rule reaches the commands too
    known = _SYNONYMS.get(name, name)
    if known in ("{", "}"):
        return "\\" + known
    return known if not known[0].isalpha() else "\\" + known


def _ascii_maths(text: str) -> str:
    text = _ROOT.sub(r"\\sqrt{\1}", text)
    text = _RAISED_RUN.sub(lambda m: "^{" + m[0].translate(_RAISED) + "}", text)
    text = _LOWERED_RUN.sub(lambda m: "_{" + m[0].translate(_LOWERED) + "}", text)
    text = _FRACTIONS.sub(_vulgar, text)
    text = text.translate(_CHARACTERS)
    if text.isascii():
        return text
    return "".join(c if c.isascii() else _one(c) for c in text)


def _vulgar(match: re.Match[str]) -> str:
    top, _, bottom = unicodedata.normalize("NFKC", match[0]).partition("⁄")
    return f"\\frac{{{top}}}{{{bottom}}}" if bottom else match[0]


def _one(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) in ("Lu", "Ll"):  # 𝑥, ｘ: letters in other clothes
        plain = unicodedata.normalize("NFKC", character)
        if len(plain) == 1:
            return plain if plain.isascii() else plain.translate(_CHARACTERS)
    return character
