"""Where a word or phrase stands in a text: whole, in any case, in either Unicode spelling.

`win` is not in `window`; `café` is found whether the accent is one character with its letter or
two; white space inside a phrase matches any white space but a blank line, and marks of emphasis
beside it are passed over (`the **final** answer`); an apostrophe or hyphen matches any form of it
(`don't`, `don’t`); what is not seen, as a soft hyphen, is passed over. A letter, digit or combining
mark on the other side of an edge makes it a part of a longer word, and so do the digits of a number
(`2` is not in `2.5`) and the letters of an abbreviation (`a` is not in `a.m.`); an apostrophe or
hyphen does not, but what is short for `not`, `is`, `will` and the like is no word (`can` and `t`
are not in `can't`, `it` is in `it's`), and between Cyrillic letters an apostrophe parts nothing
(`сім'я`). Capitals are those of the language: `λόγος` is `ΛΟΓΟΣ`, `ışık iyi` is `IŞIK İYİ`. Chinese, Japanese and Thai have no word edges to see, so any
occurrence counts there; a Korean particle is written to the word before it, and is no part of it
where that word has two syllables or more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bridle.text import Span, View, is_unspaced, read_text
from bridle.text.invisible import INVISIBLE_CLASS
from bridle.text.lettered import unsplit
from bridle.text.masks import masks_in
from bridle.text.seen import Seen
from bridle.text.words import decomposed

_APART = frozenset(' \n\t.,;:!?()"*')  # beside these no word goes on, but a number at `.` and `,`
_ONE_UNSEEN = re.compile(f"[{INVISIBLE_CLASS}]")
_HIDDEN = f"[{INVISIBLE_CLASS}]*+"
# The apostrophe of Ukrainian, the marks of Hebrew numbers and abbreviations are typed so, too.
_FORMS = {
    **dict.fromkeys("'’ʼ׳", "['’ʼ׳]"),
    **dict.fromkeys("-‐‑", "[-‐‑]"),
    **dict.fromkeys('"״', '["״]'),
    "ß": "(?:ß|ss)",
}
_FORM = re.compile(f"[{''.join(_FORMS).replace('-', '')}-]")
# One form of what keyboards and typesetters write differently; as long as before.
_TYPED = str.maketrans("’‐‑\xa0\u2007\u2009\u202f", "'--    ")
_TONOS = re.compile("(?<=[\u03b1-\u03c9\u0308])\u0301")
_GAP = r"(?:(?<![*_])[*_]*+)?(?=\s)[^\S\n]*+(?:\n[^\S\n]*+)?[*_]*+"
_SHORT = re.compile(r"(?:[stdm]|re|ll|ve)(?![^\W_])", re.IGNORECASE)  # it's, we'd, we're, we'll


def find_phrase(view: View, phrase: str) -> list[Span]:
    """Every whole occurrence of `phrase` in the view, as spans of the original."""
    phrase = _as_seen(phrase)
    if not _is_no_prose(phrase):
        spans = view.unfold_all(list(_found(view.folded, phrase)))
        return spans if phrase.isascii() else sorted([*spans, *_in_capitals(view, phrase)])
    # A formula or code stands in no prose; its case is a part of it.
    view = read_text(view.raw).kept if view.hidden else view
    spans = view.unfold_all(list(_found(view.folded, phrase)))
    exact = unicodedata.normalize("NFC", phrase).split()
    return [s for s in spans if unicodedata.normalize("NFC", view.slice(s)).split() == exact]


def has_phrase(view: View, phrase: str) -> bool:
    """Whether there is a whole occurrence of `phrase` in the view."""
    phrase = _as_seen(phrase)
    if _is_no_prose(phrase):
        return bool(find_phrase(view, phrase))
    if next(_found(view.folded, phrase), None) is not None:
        return True
    return not phrase.isascii() and bool(_in_capitals(view, phrase))


@lru_cache(maxsize=512)
def _as_seen(phrase: str) -> str:
    """A phrase as it would be seen in a text; the phrase itself where nothing would be."""
    seen = Seen(phrase).text
    return seen if seen.strip() else phrase


def _in_capitals(view: View, phrase: str) -> list[Span]:
    """Where it stands in capitals that have other small letters than it has."""
    spans: list[Span] = []
    for other, first in _capitals(phrase):
        for span in view.unfold_all(list(_found(view.folded, other))):
            said = view.slice(span)
            if said[:1].isupper() if first else len(said) > 1 and said.isupper():
                spans.append(span)
    return spans


@lru_cache(maxsize=512)
def _capitals(phrase: str) -> tuple[tuple[str, bool], ...]:
    """What a phrase is in small letters when it stood in capitals, or with its first letter alone
    in capitals (True), where that is another one: Greek capitals have no accent (λόγος, ΛΟΓΟΣ), and
    the capital of a Turkish ı is I (ışık, Işık, IŞIK)."""
    small = decomposed(phrase).lower()
    other = small.replace("ı", "i")
    other = _TONOS.sub("", other)
    found = [(other, False)] if other != small else []
    return (*found, (f"i{small[1:]}", True)) if small[0] == "ı" else tuple(found)


@lru_cache(maxsize=512)
def _is_no_prose(phrase: str) -> bool:
    return "\\" in phrase or bool(masks_in(phrase))


def as_typed(text: str) -> str:
    """A text in one Unicode spelling, its apostrophes and hyphens straight, its blanks plain."""
    return text if text.isascii() else unicodedata.normalize("NFC", text).translate(_TYPED)


def unhidden(text: str) -> str:
    """The text without what is not seen inside of words."""
    return text if text.isascii() else _ONE_UNSEEN.sub("", text)


def as_read(text: str) -> str:
    """The text as it is compared with another: `as_typed`, without what is not seen."""
    return unhidden(as_typed(text))


def spelled(text: str) -> str:
    """The regular expression for a text, case as it is, in either Unicode spelling."""
    forms = dict.fromkeys(unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    return f"(?:{'|'.join(map(re.escape, forms))})"


def _found(folded: str, phrase: str) -> Iterator[Span]:
    if "**" in folded:  # the rules of a bundle ask for many phrases in one text
        folded = _whole(folded) if len(folded) < _LONG else unsplit(folded)
    hidden = not folded.isascii() and (_hides if len(folded) < _LONG else _hides.__wrapped__)(
        folded
    )
    first, pattern, number = _pattern(phrase, hidden)
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


_LONG = 100_000  # characters of a text that is not worth remembering
_whole = lru_cache(maxsize=4)(unsplit)


@lru_cache(maxsize=4)
def _hides(folded: str) -> bool:
    """Whether what is not seen stands in the text, or an İ, which has two characters when small."""
    return "i\u0307" in folded or _ONE_UNSEEN.search(folded) is not None


@lru_cache(maxsize=512)
def _pattern(phrase: str, hidden: bool) -> tuple[str, re.Pattern[str], bool]:
    """What stands first in the folded phrase, the whole of it at its place, and whether one of its
    edges is a digit or a lone letter. `hidden`: what is not seen may stand between its letters."""
    folded = decomposed(phrase).lower().replace("ς", "σ").strip()
    folded = folded.replace("i\u0307", "i")
    seen = unhidden(folded).strip()
    hidden, folded = hidden and bool(seen), seen or folded
    unseen = _HIDDEN if hidden else ""
    gap = r"\s+" if folded.count("\n") > 1 else f"{unseen}{_GAP}{unseen}"
    forms = {**_FORMS, "i": "i\u0307?+"} if hidden else _FORMS
    body = gap.join(
        unseen.join(
            forms.get(c, re.escape(c)) if i or c == "i" else re.escape(c)
            for i, c in enumerate(part)
        )
        for part in folded.split()
    )
    before = r"(?<![a-z0-9])" if folded[0].isascii() and folded[0].isalnum() else ""
    after = r"(?![a-z0-9])" if folded[-1].isascii() and folded[-1].isalnum() else ""
    first, last = folded.split()[0], folded.split()[-1]
    form = _FORM.search(first, 1)
    head = first[:1] if hidden else first[: form.start()] if form else first
    number = folded[0].isdigit() or folded[-1].isdigit() or len(first) == 1 or len(last) == 1
    return head, re.compile(before + body + after), number


def joined(text: str, outside: int, inside: int, step: int) -> bool:
    """Whether the character outside an edge continues the word inside it."""
    edge = text[inside]
    while 0 <= outside < len(text) and _ONE_UNSEEN.match(text[outside]):
        outside += step
    if not 0 <= outside < len(text):
        return False
    out = text[outside]
    if step > 0 and unicodedata.category(out)[0] == "M":
        return True
    if edge in ".," and out.isdigit():  # .5 is not in 2.5
        return _at(text, inside - step).isdigit()
    if not (edge.isalnum() or unicodedata.category(edge)[0] == "M"):
        return False
    if is_unspaced(edge) or is_unspaced(out):
        return False
    beyond = _at(text, outside + step)
    if out in ".,":
        if edge.isdigit():  # 2.5 and 1,000 are one number each
            return beyond.isdigit()
        lone = (
            not _at(text, inside - step).isalnum() and not _at(text, outside + 2 * step).isalnum()
        )
        return out == "." and edge.isalpha() and beyond.isalpha() and lone  # a.m.
    if out == "_":  # snake_case is one word, _emphasis_ is not
        return beyond.isalnum()
    if out in "'’":
        if "\u0400" <= edge <= "\u04ff" and "\u0400" <= beyond <= "\u04ff":
            return True  # сім'я: Cyrillic has no words that are short for others
        if step < 0:
            return beyond.isalnum() and _SHORT.match(text, inside) is not None
        short = beyond in ("t", "T") and not _at(text, outside + 2).isalnum()
        return short and edge in "nN"  # can't, won't
    if step > 0 and edge >= "\u1100" and _with_particle(text, inside):
        return False
    return out.isalnum() or unicodedata.category(out)[0] == "M"


def _with_particle(text: str, last: int) -> bool:
    """Whether a Korean particle, and nothing else, follows the syllables that end there."""
    after = text[last + 1 : last + 13]
    if "\u11a8" <= after[:1] <= "\u11ff":  # in the midst of a decomposed syllable
        return False
    before = _HANGUL_LAST.search(unicodedata.normalize("NFC", text[max(0, last - 8) : last + 1]))
    rest = _HANGUL.match(unicodedata.normalize("NFC", after))
    if before is None or rest is None:
        return False
    closed = (ord(before.group()[-1]) - 0xAC00) % 28
    own = _OPEN if closed == 0 else _CLOSED
    return (
        rest.group() in _PARTICLES or rest.group() in own or (closed == 8 and rest.group() == "로")
    )


_HANGUL = re.compile("[가-힣]+")
_HANGUL_LAST = re.compile(r"[가-힣]{2}\Z")
_PARTICLES = frozenset(
    "의 에 에서 에게 에는 에도 에서는 도 만 까지 부터 보다 처럼 마다 입니다 이다 이며 이고".split()  # noqa: SIM905
)
_OPEN = frozenset("는 가 를 와 로 라고 라는 란 나 로는 예요 다".split())  # noqa: SIM905 (after a vowel)
_CLOSED = frozenset("은 이 을 과 으로 이라고 이라는 이란 이나 으로는 이에요".split())  # noqa: SIM905


def _at(text: str, at: int) -> str:
    """The character at that place, or nothing."""
    return text[at] if 0 <= at < len(text) else ""
