"""Where a word or phrase stands in a text: whole, in any case, in either Unicode spelling.

`win` is not in `window`; `café` is found whether the accent is one character with its letter or
two; white space inside a phrase matches any white space, an apostrophe or hyphen any form of it
(`don't`, `don’t`). A letter, digit or combining mark on the other side of an edge makes it a part
of a longer word, even behind a soft hyphen or a joiner, and so do the digits of a number (`2` is
not in `2.5`); an apostrophe or hyphen does not. Chinese, Japanese and Thai have no word edges to
see, so any occurrence counts there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bridle.text import Span, View, is_unspaced

_APART = frozenset(" \n\t.,;:!?()\"'*")  # beside these no word goes on, but a number at `.` and `,`
_UNSEEN = frozenset("\u00ad\u200c\u200d\u2060")  # soft hyphen, joiners: inside of words
_FORMS = {"'": "['’]", "’": "['’]", "-": "[-‐‑]", "‐": "[-‐‑]", "‑": "[-‐‑]"}
_FORM = re.compile("['’‐‑-]")


def find_phrase(view: View, phrase: str) -> list[Span]:
    """Every whole occurrence of `phrase` in the view, as spans of the original."""
    return view.unfold_all(list(_found(view.folded, phrase)))


def has_phrase(view: View, phrase: str) -> bool:
    """Whether there is a whole occurrence of `phrase` in the view."""
    return next(_found(view.folded, phrase), None) is not None


def spelled(text: str) -> str:
    """The regular expression for a text, case as it is, in either Unicode spelling."""
    forms = dict.fromkeys(unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    return f"(?:{'|'.join(map(re.escape, forms))})"


def _found(folded: str, phrase: str) -> Iterator[Span]:
    first, pattern, number = _pattern(phrase)
    at = folded.find(first)  # a regular expression that looks back is slow to find its place
    while at >= 0:
        match = pattern.match(folded, at)
        if match is None:
            at = folded.find(first, at + 1)
            continue
        start, end = match.span()
        before = start > 0 and (number or folded[start - 1] not in _APART)
        if not (before and joined(folded, start - 1, start, -1)):
            after = end < len(folded) and (number or folded[end] not in _APART)
            if not (after and joined(folded, end, end - 1, 1)):
                yield start, end
        at = folded.find(first, end)


@lru_cache(maxsize=512)
def _pattern(phrase: str) -> tuple[str, re.Pattern[str], bool]:
    """What stands first in the folded phrase, the whole of it at its place, and whether one of its
    edges is a digit."""
    folded = unicodedata.normalize("NFD", phrase).lower().replace("ς", "σ")
    body = r"\s+".join(
        "".join(_FORMS.get(c, re.escape(c)) if i else re.escape(c) for i, c in enumerate(part))
        for part in folded.split()
    )
    before = r"(?<![a-z0-9])" if folded.strip()[0].isascii() and folded.strip()[0].isalnum() else ""
    after = r"(?![a-z0-9])" if folded.strip()[-1].isascii() and folded.strip()[-1].isalnum() else ""
    first = folded.split()[0]
    form = _FORM.search(first, 1)
    number = folded.strip()[0].isdigit() or folded.strip()[-1].isdigit()
    return first[: form.start()] if form else first, re.compile(before + body + after), number


def joined(text: str, outside: int, inside: int, step: int) -> bool:
    """Whether the character outside an edge continues the word inside it."""
    edge = text[inside]
    while 0 <= outside < len(text) and text[outside] in _UNSEEN and edge.isalnum():
        outside += step
    if not 0 <= outside < len(text):
        return False
    out = text[outside]
    if step > 0 and unicodedata.category(out)[0] == "M":
        return True
    if not (edge.isalnum() or unicodedata.category(edge)[0] == "M"):
        return False
    if is_unspaced(edge) or is_unspaced(out):
        return False
    beyond = outside + step
    if out in ".,":  # 2.5 and 1,000 are one number each
        return edge.isdigit() and 0 <= beyond < len(text) and text[beyond].isdigit()
    if out == "_":  # snake_case is one word, _emphasis_ is not
        return 0 <= beyond < len(text) and text[beyond].isalnum()
    return out.isalnum() or unicodedata.category(out)[0] == "M"
