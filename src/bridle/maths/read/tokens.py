"""From respelled text to tokens, with a limit on their number.

A token is (kind, text, spaced): kind is one of "number", "letter", "name" (a function or constant
by its word), "command", "text" (the content of \\text{}), "op"; `spaced` says that white space
stands before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bridle.maths.read.spelling import GREEK
from bridle.maths.tree import FUNCTIONS, TooMuch

MOST_TOKENS = 1500


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    spaced: bool


_TOKEN = re.compile(
    r"(?P<space>(?:\s|\\quad(?![A-Za-z]))+)"
    r"|(?P<number>(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+(?![\d.]))?)"
    r"|(?P<text>\\(?:text|operatorname|mathbb|mathcal|mathbf|mathfrak)\s*\*?\{[^{}]*\})"
    r"|(?P<command>\\[A-Za-z]+|\\.)"
    r"|(?P<word>(?:(?:np|math|numpy)\.)?[A-Za-z]+)"
    r"|(?P<op>\*\*|<=|>=|!=|==|\S)",
    re.DOTALL,
)
WORDS: dict[str, str] = {
    **{name: name for name in FUNCTIONS},
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "acot": "arccot", "asinh": "arcsinh",
    "acosh": "arccosh", "atanh": "arctanh", "log": "log", "lg": "lg", "tg": "tan", "ctg": "cot",
    "pi": "pi", "Pi": "pi", "PI": "pi", "infinity": "infty", "inf": "infty", "oo": "infty", "infty": "infty",
    "Infinity": "infty", "binom": "binom", "comb": "binom", "factorial": "fact", "cbrt": "cbrt",
    "gcd": "gcd", "lcm": "lcm", "mod": "mod", "ceiling": "ceil", "max": "max", "min": "min",
    "cosec": "csc", "sgn": "sign", "frac": "frac", "log2": "log2", "log10": "log10",
}  # fmt: skip
# pi is a constant, not a letter
_GREEK_WORDS = {name for name in GREEK.values() if name.islower() and name != "pi"} | {"hbar"}


def tokens(text: str) -> list[Token]:
    """The tokens of a respelled text. Raises TooMuch for more than the limit."""
    found: list[Token] = []
    spaced = False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or "op"
        if kind == "space":
            spaced = True
            continue
        if len(found) >= MOST_TOKENS:
            raise TooMuch("more symbols than an answer has")
        if kind == "word":
            found.extend(_word(match[0], spaced))
        elif kind == "text":
            name, _, content = match[0].partition("{")
            content = content[:-1].strip()
            found.append(
                Token(
                    "text" if name.startswith("\\text") else name[1:].rstrip("* "), content, spaced
                )
            )
        elif kind == "command":
            found.append(Token("command", match[0], spaced))
        else:
            found.append(Token(kind, match[0], spaced))
        spaced = False
    return found


def _word(word: str, spaced: bool) -> list[Token]:
    bare = word.rpartition(".")[2]
    if bare == "log" and bare != word:  # numpy's and Python's is the natural one
        return [Token("name", "ln", spaced)]
    if bare in WORDS and len(bare) > 1:
        return [Token("name", WORDS[bare], spaced)]
    if bare.isupper() and bare.lower() in WORDS and len(bare) > 2:
        return [Token("name", WORDS[bare.lower()], spaced)]
    if bare in _GREEK_WORDS:
        return [Token("letter", bare, spaced)]
    for name in ("sqrt", "pi", "sin", "cos", "tan", "ln", "log", "exp"):  # 2pi, xsin(x), pir
        at = bare.find(name)
        if at >= 0 and len(bare) <= len(name) + 2:
            head = _word(bare[:at], spaced) if at else []
            middle = Token("name", WORDS.get(name, name), spaced if not at else False)
            rest = bare[at + len(name) :]
            return [*head, middle, *(_word(rest, False) if rest else [])]
    return [Token("letter", letter, spaced and k == 0) for k, letter in enumerate(bare)]
