r"""An answer cut out of the clause that states it.

answer_in("Damien makes $75.00 in a 30 day month", 0, 37)   -> (13, 19)
answer_in("clearly 5", 0, 9)                                -> (8, 9)
answer_in("Friday, because it comes next", 0, 29)           -> (0, 6)
"""

from __future__ import annotations

import re
import unicodedata

from bridle.maths.read.reference_kind import Kind
from bridle.maths.read.stated import stated
from bridle.maths.read.value_text import is_display

_EMPHASIS = re.compile(r"[\s*_`\"“”«»„'’‘>~]*")
_TRAILING = ' \t\n*_`"“”«»„’,;。．!！~\u3000\ufe0f✅✓✔☑🎉🎊🙂😊😀👍🚀🏆✨'
_TEXT = re.compile(r"\\(?:text|mathrm|textbf|mbox|operatorname)\s?\{[^{}]*\}")
_ENVIRONMENT = re.compile(r"\\(?:begin|end)\s?\{[A-Za-z*]+\}(?:\{[lcr|\s]*\})?")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_WORD = re.compile(r"(?!mod\b|cm\b)[^\W\d_]{3,}")
_SENTENCE_WORD = re.compile(
    r"(?<![\\\w{])(?:is|it|he|we|so|an|of|to|as|by|if|be|me|my|us|il|la|le|un|es|el|en|ha|è|é|är)(?!\w)",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"[(\[]?[A-Ja-j][)\].]?|true|false|yes|no", re.IGNORECASE)
# A number with a measure word behind it: 3页, 858颗, 5개.
_COUNTED = re.compile(r"([-−]?[\d.,/]*\d)\s?[\u3005-\u30ff\u4e00-\u9fff\uac00-\ud7af]{1,4}")
_EXPLAINS = re.compile(
    r"[,;]? \(?(?:because|since|which|as (?:we|it|the)|so that|where|given that|weil|denn|porque|parce|puisque|потому|так как|perché|want|omdat|eftersom)\b"
    r"|[,;，；] (?:so|and so|thus|hence|therefore|in total|altogether|alors|donc|also|así|quindi|portanto)\b| [—–] | - (?=[A-Za-z]{2})",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?<=[\w$%)}\]*°]) ?[(（](?!mod\b|\s?\\?pmod)(?=[^()（）]*[^\W\d_]{2}|or |i\.e|=|≈|~)[^()（）]*[)）]?\s*$",
    re.IGNORECASE,
)
_EQUAL = re.compile(
    r"(?<![<>!:\\=])=(?!=)|\\(?:approx|thickapprox|simeq)(?![A-Za-z])|≈|(?<=\s)(?:=>|→)"
)
_SYMBOL = re.compile(
    r"[\s$*\\(\[{,&]*(?:\\(?:angle|triangle|vec|mathbf|hat|bar|overline|Delta|displaystyle|quad|begin\{[a-z*]+\})[\s{]*)*"
    r"\\?[A-Za-zα-ωΑ-Ω]{1,8}[\s}]*(?:_\s?\{?[\w, ]{1,8}\}?)?'*(?:\s?\([\w, \\^+-]{1,12}\))?[\s&]*"
)


def trimmed(text: str, a: int, b: int) -> tuple[int, int]:
    """Without white space, emphasis and quotation marks around, and a closing full stop."""
    lead = _EMPHASIS.match(text, a, b)
    if lead:
        a = lead.end()
    while a < b:
        content = text[a:b].rstrip(_TRAILING)
        if (
            content.endswith(".") and not content.endswith(("a.m.", "p.m.", "A.M.", "P.M.", "..."))
        ) or (content.endswith("'") and content.count("'") == 1 and " " in content):
            content = content[:-1]
        if a + len(content) == b:
            break
        b = a + len(content)
    return a, b


_LEFT_OPEN = re.compile(r"\s*(\\\]|\\\)|\$\$?)\Z")  # what closes maths that began before the label
_CALL = re.compile(r"\$?-?[A-Za-z_][\w.]{0,30}\([^()\s]{1,60}\)\$?")  # np.arcsin(10/13), as in code


def looks_final(content: str) -> bool:
    """A value, not a sentence: no words, but for one behind a number (its unit)."""
    if _CHOICE.fullmatch(content):
        return True
    if "boxed" in content.lower():  # a box that was never closed
        return False
    if not re.search(r"[\d\\½⅓¼¾π∞√]", content) or content.endswith((":", "?", "：", "？")):
        return False
    if re.search(r"[-+×*/=]\s*$", content):
        return False
    if _CALL.fullmatch(content):
        return True
    if _SENTENCE_WORD.search(content):
        return False
    bare = _COMMAND.sub(" ", _TEXT.sub(" ", _ENVIRONMENT.sub(" ", content)))
    if not bare.isascii():  # a word of Hindi or Thai is more than its letters without marks
        bare = "".join("x" if unicodedata.category(c)[0] == "M" else c for c in bare)
    words = list(_WORD.finditer(bare))
    if not words:
        return True
    return (
        len(words) == 1
        and words[0].end() == len(bare.rstrip(" $.)"))
        and bare.lstrip("$( ")[:1] in "-+−$€£¥0123456789\\"
    )


def answer_in(text: str, a: int, b: int, kind: Kind | None = None) -> tuple[int, int] | None:
    """The answer in a clause that is known to state it; None where there is nothing but marks.

    Asides and explanations are cut off; of an equation chain the last member is left, of a
    sentence with a value in it the value. A clause without any value is an answer in words.
    """
    a, b = trimmed(text, a, b)
    closing = _LEFT_OPEN.search(text, a, b)
    if (
        closing
        and closing.group(1).replace(")", "(").replace("]", "[") not in text[a : closing.start()]
    ):
        a, b = trimmed(text, a, closing.start())
    explains = _EXPLAINS.search(text, a, b)
    if explains and explains.start() > a:
        a, b = trimmed(text, a, explains.start())
    aside = _ASIDE.search(text, a, b) if b - a < 400 else None
    if aside and aside.start() > a:
        a, b = trimmed(text, a, aside.start())
    if a >= b or not re.search(r"\w|\\", text[a:b]):
        return None
    if kind == "words" and not is_display(text[a:b]):
        return a, b
    if looks_final(text[a:b]):
        counted = _COUNTED.fullmatch(text, a, b)
        return (a, counted.end(1)) if counted else last_member(text, a, b)
    found = stated(text, a, b, kind)
    if found is None:  # in words: a name, not a paragraph
        return (a, b) if b - a <= 80 and len(text[a:b].split()) <= 10 else None
    return last_member(text, *trimmed(text, found.start, found.end))


def last_member(text: str, a: int, b: int) -> tuple[int, int]:
    """The last member of a chain of equations; "x = 5" stays whole."""
    content = text[a:b]
    if "=" not in content and "approx" not in content and "≈" not in content:
        return a, b
    lead, tail = _delimiters(content)
    inner = content[lead : len(content) - tail]
    marks = [m for m in _EQUAL.finditer(inner) if not _nested(inner, m.start())]
    if not marks:
        return a, b
    rows = re.split(r"\\\\|\\quad|\n|(?<=\d),\s|;|\bor\b|\band\b|\\text\{\s*(?:and|or)\s*\}", inner)
    if sum("=" in row for row in rows) > 1 and not _one_chain(rows):
        return a, b  # several equations: all of them are the answer
    if len(marks) == 1 and inner[marks[0].end() :].strip() == "0" and re.search(r"[A-Za-z]", inner):
        return a, b  # an equation in general form, no chain
    if len(marks) == 1 and marks[0].group() == "=" and _SYMBOL.fullmatch(inner[: marks[0].start()]):
        return a, b
    at = marks[-1]
    if at.group() not in ("=", "=>", "→"):  # an approximation behind the exact value
        right = inner[at.end() :].strip(" {}\\,.$")
        before = marks[-2].end() if len(marks) > 1 else 0
        exact = before or not re.search(r"[A-Za-z]{3}", _COMMAND.sub("", inner[: at.start()]))
        whole = re.fullmatch(r"-?\d+(?:\s*\\text\{[^{}]*\})?\s*", right)
        if exact and not whole and inner[before : at.start()].strip():
            return trimmed(text, a + lead + before, a + lead + at.start())
    begin, end = a + lead + at.end(), b - tail
    if not text[begin:end].strip(" \n\t&{}\\."):
        return a, b
    begin, end = trimmed(text, begin, end)
    closing = re.search(r"\s*\\end\s?\{[a-z]+\*?\}\s*$", text[begin:end])
    if closing and "\\begin" not in text[begin:end]:
        begin, end = trimmed(text, begin, begin + closing.start())
    while begin < end and text[begin] in "& ":
        begin += 1
    return (begin, end) if begin < end else (a, b)


def _one_chain(rows: list[str]) -> bool:
    """Rows that go on with the chain of the row before: "&= 5"."""
    equal = [row.strip(" &\n") for row in rows if "=" in row]
    return all(row.startswith("=") for row in equal[1:])


def _nested(inner: str, at: int) -> bool:
    depth = 0
    for c in inner[:at]:
        depth += (c in "{([") - (c in "})]")
    return depth > 0 and "\\begin" not in inner[:at]


_PAIRS = (("$$", "$$"), ("\\[", "\\]"), ("\\(", "\\)"), ("$", "$"), ("[", "]"))


def _delimiters(content: str) -> tuple[int, int]:
    for opening, closing in _PAIRS:
        if (
            content.startswith(opening)
            and content.endswith(closing)
            and len(content) > len(opening) + len(closing)
            and (opening != "[" or content[1:2].isspace())
        ):
            return len(opening), len(closing)
    return 0, 0
