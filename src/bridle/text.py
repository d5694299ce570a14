"""A text, parsed once and lazily: what is prose in it, and where its parts stand.

    text = read_text("So $x^2 = 9$.\n\n- *first* root: 3\n- second root: -3")
    len(text.masked.words)      -> 8: the formula is one word
    text.masked.items           -> ((15, 32), (33, 50))
    text.kept.slice((3, 12))    -> "$x^2 = 9$"

Every span is a half-open pair of character offsets into the original text. Every scan is linear:
no regular expression here can match the same stretch in two ways, and a search for a closing
delimiter that failed once is not made again.

Rules of the scripts: a word is a token between white space with a letter or a digit. Chinese and
Japanese write no spaces: each ideograph and each kana is a word (as word processors count). Thai,
Lao, Khmer and Burmese write none between words either: a word is taken to be four base letters
with their marks, about the mean length of a Thai word. Korean and all others go by white space.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate, compress, count, islice, pairwise
from operator import add, sub
from typing import Any, Final, Generic, Literal, TypeVar, overload

Span = tuple[int, int]
MaskKind = Literal["maths", "code"]

MASK: Final = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: "something that is not text stands here"

_CACHED = 8  # texts kept parsed: a bundle of constraints, strict and loose, asks for few at a time
_TOO_LONG_TO_CACHE = 1_000_000  # characters; a longer text is parsed again rather than held


T = TypeVar("T")


class once(Generic[T]):
    """A property computed when first asked for. Like functools.cached_property without its lock,
    which costs more than many of the scans here: two threads may at worst do the same work twice."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> once[T]: ...
    @overload
    def __get__(self, owner: object, kind: type | None = None) -> T: ...
    def __get__(self, owner: object | None, kind: type | None = None) -> once[T] | T:
        if owner is None:
            return self
        value = owner.__dict__[self.name] = self.compute(owner)
        return value


def read_text(raw: str) -> Text:
    """The parsed text. Cheap to call again with the same string: the last few are remembered."""
    return _remembered(raw) if len(raw) <= _TOO_LONG_TO_CACHE else Text(raw)


class Text:
    """A text and its two views: `masked` (maths and code are not prose) and `kept` (all is)."""

    def __init__(self, raw: str) -> None:
        self.raw = raw

    @once
    def masks(self) -> tuple[tuple[MaskKind, Span], ...]:
        """Maths and code, in order, disjoint. Nothing is masked by a delimiter without partner."""
        raw = self.raw
        hint = "$" in raw or "`" in raw or "~~~" in raw or "\\" in raw
        return tuple(_Scanner(raw).scan()) if hint else ()

    @once
    def masked(self) -> View:
        masks = self.masks
        return View(self.raw, tuple([span for _, span in masks])) if masks else self.kept

    @once
    def kept(self) -> View:
        return View(self.raw, ())


@lru_cache(maxsize=_CACHED)
def _remembered(raw: str) -> Text:
    return Text(raw)


class View:
    """One way to see a text: `text` is as long as the original, masked spans overwritten."""

    def __init__(self, raw: str, hidden: tuple[Span, ...]) -> None:
        self.raw = raw
        self.hidden = hidden  # masked spans
        self.text = _overwrite(raw, hidden, keep_lines=True)

    def slice(self, span: Span) -> str:
        """The original characters of a span."""
        return self.raw[span[0] : span[1]]

    @once
    def flat(self) -> str:
        """Like `text`, with the line ends inside masked spans overwritten too."""
        if any("\n" in self.raw[a:b] or "\r" in self.raw[a:b] for a, b in self.hidden):
            return _overwrite(self.raw, self.hidden, keep_lines=False)
        return self.text

    @once
    def words(self) -> tuple[Span, ...]:
        plain = self._plain
        if plain is not None:
            return _spans_of_words(plain)
        text = self.flat
        if not unspaced(text):
            return tuple([match.span() for match in _WORD.finditer(text)])
        found: list[Span] = []
        for match in _TOKEN.finditer(text):
            start, end = match.span()
            if _UNSPACED.search(text, start, end):
                found.extend(_segment(text, start, end))
            elif _WORDLIKE.search(text, start, end):
                found.append((start, end))
        return tuple(found)

    @property
    def word_count(self) -> int:
        """How many words there are; much cheaper than where they stand."""
        plain = self._plain
        return len(self.words) if plain is None else len(plain.translate(None, _MARKS).split())

    def words_from(self, first: int, number: int) -> tuple[Span, ...]:
        """So many words from that one on, the words after them not looked for."""
        if unspaced(self.flat):
            return self.words[first : first + number]
        found = islice(_WORD.finditer(self.flat), first, first + number)
        return tuple([match.span() for match in found])

    @once
    def _plain(self) -> bytes | None:
        """The text in one byte a character: every white space a blank, what is masked a digit, and
        for the few characters that are not ASCII one of their kind; None where they are many."""
        flat = self.flat.replace(MASK, "0") if self.hidden else self.flat
        if not flat.isascii():
            if len(flat.encode("utf-8", "replace")) > 1.2 * len(flat) or _UNSPACED.search(flat):
                return None
            flat = _NOT_ASCII.sub(_of_its_kind, flat)
        return flat.encode().translate(_BLANKS)

    @once
    def lines(self) -> tuple[Span, ...]:
        """Every line, blank ones too, without line end and trailing white space; not those after
        the last line that has a text."""
        text = self.text
        found: list[Span] = []
        if "\r" not in text:
            parts = text.split("\n")
            starts = [0, *map(add, accumulate(map(len, parts)), count(1))]
            ends = map(add, starts, map(len, map(str.rstrip, parts)))
            found += zip(starts, ends, strict=False)
        else:
            start = 0
            for match in _LINE_END.finditer(text):
                found.append((start, _rstrip(text, start, match.start())))
                start = match.end()
            found.append((start, _rstrip(text, start, len(text))))
        while found and found[-1][0] == found[-1][1]:
            found.pop()
        return tuple(found)

    @once
    def paragraphs(self) -> tuple[Span, ...]:
        """Runs of lines between blank lines."""
        found: list[Span] = []
        open_at = -1
        last = 0
        for start, end in self.lines:
            if start == end:
                if open_at >= 0:
                    found.append((open_at, last))
                open_at = -1
            else:
                if open_at < 0:
                    open_at = start
                last = end
        if open_at >= 0:
            found.append((open_at, last))
        return tuple(found)

    @property
    def items(self) -> tuple[Span, ...]:
        """Markdown list items `-`, `*`, `+`, `•`: from the marker to the end of its line."""
        return self._marked_lines[0]

    @property
    def numbered(self) -> tuple[Span, ...]:
        """Numbered list items `1.`, `2)`: from the number to the end of its line."""
        return self._marked_lines[1]

    @property
    def headings(self) -> tuple[Span, ...]:
        """Markdown headings: `# Title`, and a line underlined with `===`; the title's line."""
        return self._marked_lines[2]

    @once
    def _marked_lines(self) -> tuple[tuple[Span, ...], tuple[Span, ...], tuple[Span, ...]]:
        text = self.text
        items: list[Span] = []
        numbered: list[Span] = []
        headings: list[Span] = []
        for start, end in self.lines:
            mark = text[start : start + 1]
            if mark.isalpha() or start == end:
                continue
            if mark in " \t":
                mark = text[start:end].lstrip(" \t")[:1]
            if mark in "-*+•":
                found, pattern = items, _BULLET
            elif mark.isdigit():
                found, pattern = numbered, _NUMBER
            elif mark == "#":
                found, pattern = headings, _HEADING
            else:
                continue
            match = pattern.match(text, start, end)
            if match and not (found is items and _is_rule(text[start:end])):
                found.append((match.start(1), end))
        if "===" in text:
            for (start, end), (a, b) in pairwise(self.lines):
                if end > start and b - a >= 3 and text[a:b] == "=" * (b - a):
                    headings.append((start, end))
            headings.sort()
        return tuple(items), tuple(numbered), tuple(headings)

    @once
    def sentences(self) -> tuple[Span, ...]:
        """Sentences with a letter, a digit or a formula. One ends at `.!?…` before white space
        (not after an abbreviation, an initial or a list number), at a stop of the language's own
        script, at a blank line, and at the edge of a list item or heading."""
        found: list[Span] = []
        for start, end in self._blocks:
            found.extend(_sentences(self.flat, start, end))
        return tuple(found)

    @once
    def _blocks(self) -> tuple[Span, ...]:
        """Stretches that no sentence and no emphasis crosses."""
        starts = {s for s, _ in (*self.items, *self.numbered, *self.headings)}
        after_heading = {e for _, e in self.headings}
        flat = self.flat
        blocks: list[list[int]] = []
        broken = True
        for start, end in self.lines:
            if start == end and flat[start : start + 1] != MASK:
                broken = True
                continue
            first = start
            if starts and self.text[start].isspace():
                first += len(self.text[start:end]) - len(self.text[start:end].lstrip())
            if broken or first in starts or (blocks and blocks[-1][1] in after_heading):
                # A formula that spans lines is one thing, even where a blank line stands in it.
                if blocks and start > 0 and flat[start - 1] == MASK:
                    blocks[-1][1] = end
                else:
                    blocks.append([start, end])
            else:
                blocks[-1][1] = end
            broken = False
        return tuple((a, b) for a, b in blocks)

    @once
    def emphasis(self) -> tuple[Span, ...]:
        """Emphasised stretches, `*x*` `_x_` `**x**` `***x***`, outermost only, marks included."""
        found: list[Span] = []
        if "*" in self.text or "_" in self.text:
            for start, end in self._blocks:
                found.extend(_emphasis(self.flat, start, end))
        return tuple(found)

    @once
    def folded(self) -> str:
        """Lower case and canonically decomposed, for searching; `unfold` leads back."""
        text = self.text if self.text.isascii() else unicodedata.normalize("NFD", self.text)
        return text.lower().replace("ς", "σ")

    def unfold(self, span: Span) -> Span:
        """The original span of a span of `folded`."""
        if len(self.folded) == len(self.text):
            return span
        return self._unfolded(span[0]), self._unfolded(span[1] - 1) + 1

    def unfold_all(self, spans: list[Span]) -> list[Span]:
        """The original spans of spans of `folded`."""
        if len(self.folded) == len(self.text):
            return spans
        if len(spans) < 100:
            return list(map(self.unfold, spans))
        text, nfd = self.text, unicodedata.normalize
        origin = [i for i, char in enumerate(text) for _ in nfd("NFD", char)]
        return [(origin[a], origin[b - 1] + 1) for a, b in spans]

    def _unfolded(self, at: int) -> int:
        i = bisect_right(self._unfolding, (at, len(self.text))) - 1
        if i < 0:
            return at
        folded, char = self._unfolding[i]
        width = len(unicodedata.normalize("NFD", self.text[char]))
        return char + max(0, at - folded - width + 1)

    @once
    def _unfolding(self) -> list[tuple[int, int]]:
        """The characters that folding makes longer: (offset in `folded`, offset in `text`)."""
        found: list[tuple[int, int]] = []
        longer = 0
        for match in _NOT_ASCII.finditer(self.text):
            width = len(unicodedata.normalize("NFD", match.group()))
            if width != 1:
                found.append((match.start() + longer, match.start()))
                longer += width - 1
        return found


# -- words -------------------------------------------------------------------------------------------

_TOKEN = re.compile(r"\S+")
_WORDLIKE = re.compile(rf"[^\W_]|{MASK}")
_WORD = re.compile(rf"(?<!\S)(?:[^\w\s{MASK}]|_)*+\S+")  # a token that has something wordlike
_LINE_END = re.compile(r"\r\n|\n|\r")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BLANKS = bytes(32 if chr(i).isspace() else i for i in range(256))
_MARKS = bytes(i for i in range(128) if not chr(i).isalnum() and not chr(i).isspace())


def _of_its_kind(match: re.Match[str]) -> str:
    """An ASCII character that is a letter or digit, white space, or neither, as this one is."""
    char = match.group()
    return " " if char.isspace() else "0" if char.isalnum() or char == MASK else "."


def _spans_of_words(plain: bytes) -> tuple[Span, ...]:
    """The tokens with a letter or digit of an ASCII text whose white space is all blanks."""
    tokens = plain.split(b" ")
    wordlike = plain.translate(None, _MARKS).split(b" ")  # token by token; empty: nothing of a word
    lengths = list(map(len, tokens))
    ends = list(map(add, accumulate(lengths), count()))
    return tuple(compress(zip(map(sub, ends, lengths), ends, strict=True), wordlike))


_IDEOGRAPHS = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_RUNNING = "\u0e01-\u0e3a\u0e40-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17f9"
_UNSPACED = re.compile(f"[{_IDEOGRAPHS}{_RUNNING}]")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_RUNNING_CHAR = re.compile(f"[{_RUNNING}]")
_LETTERS_PER_WORD = 4


def unspaced(text: str) -> bool:
    """Whether the text has a script that writes no spaces between words."""
    return not text.isascii() and _UNSPACED.search(text) is not None


def is_unspaced(char: str) -> bool:
    return not char.isascii() and _UNSPACED.match(char) is not None


def _segment(text: str, start: int, end: int) -> list[Span]:
    """Words of a token that has a script without spaces; the rest of the token by its own runs."""
    found: list[Span] = []
    open_at = -1
    letters = 0  # base letters of the open word where the script runs on; 0: another script
    for i in range(start, end):
        char = text[i]
        if "\u4e00" <= char <= "\u9fff":  # by far most of them: no need to ask what it is
            if open_at >= 0:
                found.append((open_at, i))
            found.append((i, i + 1))
            open_at = -1
        elif unicodedata.category(char)[0] == "M" and found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        elif _IDEOGRAPH.match(char):
            if open_at >= 0:
                found.append((open_at, i))
            found.append((i, i + 1))
            open_at = -1
        elif _RUNNING_CHAR.match(char):
            base = unicodedata.category(char)[0] in "LN"
            if open_at >= 0 and (letters == 0 or (base and letters == _LETTERS_PER_WORD)):
                found.append((open_at, i))
                open_at = -1
            if open_at < 0:
                open_at, letters = i, 0
            letters += base
        elif char.isalnum() or char == MASK:
            if open_at >= 0 and letters:
                found.append((open_at, i))
                open_at = -1
            if open_at < 0:
                open_at, letters = i, 0
        elif open_at >= 0 and i + 1 < end and (not char.isascii() or not text[i + 1].isalnum()):
            # Full-width punctuation ends a word; a decimal point or an apostrophe inside does not.
            ends = unicodedata.category(char) in ("Po", "Ps", "Pe")
            if ends:
                found.append((open_at, i))
            open_at = -1 if ends else open_at
    if open_at >= 0:
        found.append((open_at, end))
    return found


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


# -- lines -------------------------------------------------------------------------------------------

_BULLET = re.compile(r"[ \t]*([-*+](?=[ \t]+\S)|•(?=[ \t]*\S))")
_NUMBER = re.compile(r"[ \t]*(\d{1,9}[.)](?=[ \t]+\S))")
_HEADING = re.compile(r"[ ]{0,3}(#{1,6}(?=[ \t]+[^#\s]))")


def _is_rule(line: str) -> bool:
    """`---`, `* * *`: a line across the page, not a list item."""
    marks = "".join(line.split())
    return len(marks) >= 3 and marks[0] in "-*_" and marks == marks[0] * len(marks)


# -- sentences ---------------------------------------------------------------------------------------

_STOP = re.compile(r"[.!?…]+|[。！？｡।॥؟۔።]+")
_PLAIN_STOP = re.compile(r"[.!?]+")  # twice as fast, where no others are
_OWN_STOP = re.compile(r"[…。！？｡।॥؟۔።]")
_CLOSING = "\"'”’»)]}」』）*_"
_CLOSERS = re.compile(rf"[{re.escape(_CLOSING)}]*")
_NOT_SPACE = re.compile(r"\S")
_ABBREVIATIONS = frozenset((
    "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "cf", "fig", "figs", "eq", "eqs",
    "approx", "resp", "thm", "lem", "prop", "cor", "nos", "vol", "sec", "pp", "al", "dept", "inc",
    "ltd", "e.g", "i.e", "u.s", "u.k", "a.k.a", "viz", "bzw", "z.b", "d.h", "sra", "dra", "ud",
))  # fmt: skip


def _sentences(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    plain = text.isascii() or not _OWN_STOP.search(text, start, end)
    for match in (_PLAIN_STOP if plain else _STOP).finditer(text, start, end):
        first, stop = match.span()
        if first < at:
            continue
        mark = text[stop - 1]
        if mark in ".!?…":
            if (
                stop < end
                and text[stop] in _CLOSING
                and (closed := _CLOSERS.match(text, stop, end))
            ):
                stop = closed.end()
            if stop < end and not text[stop].isspace():
                continue
            if mark == ".":
                single = match.end() - first == 1
                if single and _inside_sentence(text, at, first):
                    continue
            if mark in ".…" and match.group() in ("...", "…"):
                following = _NOT_SPACE.search(text, stop, end)
                if following and following.group().islower():
                    continue
        _add_sentence(text, at, stop, found)
        at = stop
    _add_sentence(text, at, end, found)
    return found


def _add_sentence(text: str, start: int, end: int, found: list[Span]) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end and (text[start].isalnum() or _WORDLIKE.search(text, start, end)):
        found.append((start, end))
    elif found and end > start:
        found[-1] = (found[-1][0], end)


def _inside_sentence(text: str, start: int, dot: int) -> bool:
    """Whether the full stop at `dot` belongs to an abbreviation, an initial or a list number."""
    space = text.rfind(" ", max(start, dot - 40), dot)
    last = text[space + 1 : dot]
    if space >= 0 and len(last) > 1 and last.isalpha():  # nearly always
        return last.lower() in _ABBREVIATIONS
    before = text[max(start, dot - 40) : dot].rsplit(None, 2)
    if not before:
        return False
    last = before[-1].lstrip("([\"'“‘*_")
    if last.lower() in _ABBREVIATIONS:
        return True
    if last.isdigit():  # "2. Then": a list number, when nothing stands before it
        return len(last) <= 3 and not text[start : dot - len(last)].strip(' \t\r\n*_#>-"“')
    if len(last) == 1 and last.isalpha() and last.isupper():  # "George W. Bush", not "at point A."
        return len(before) == 1 or before[-2][:1].isupper()
    return False


# -- emphasis ----------------------------------------------------------------------------------------

_RUN = re.compile(r"\*+|_+")


def _emphasis(text: str, start: int, end: int) -> list[Span]:
    """CommonMark's delimiter runs, simplified: a closing run takes what it can of the nearest
    opening run of the same mark. Single `*` between letters or digits is a product sign."""
    spans: list[Span] = []
    open_runs: dict[str, list[list[int]]] = {"*": [], "_": []}
    past = start
    worded = -1  # where the last gap between two runs begins that has something wordlike
    for match in _RUN.finditer(text, start, end):
        a, b = match.span()
        if _WORDLIKE.search(text, past, a):
            worded = past
        past = b
        if b - a > 3 or (a > start and text[a - 1] == "\\"):
            continue
        mark = text[a]
        before = text[a - 1] if a > start else " "
        after = text[b] if b < end else " "
        if before.isspace() and after.isspace():  # a list's mark, a product sign
            continue
        opens, closes = _flanks(before, after)
        tight = mark == "_" or b - a == 1
        if tight and opens and before.isascii() and (before.isalnum() or before == ")"):
            opens = False
        if tight and closes and after.isascii() and (after.isalnum() or after == "("):
            closes = False
        if mark == "_" and before.isalnum() and after.isalnum():
            continue
        if closes:
            own, other = open_runs[mark], open_runs["_" if mark == "*" else "*"]
            while own and a < b:
                opener = own[-1]
                taken = min(opener[1] - opener[0], b - a)
                if worded >= opener[1]:
                    spans.append((opener[1] - taken, a + taken))
                while other and other[-1][0] > opener[0]:
                    other.pop()
                opener[1] -= taken
                a += taken
                if opener[0] == opener[1]:
                    own.pop()
        if opens and a < b:
            open_runs[mark].append([a, b])
    outer: list[Span] = []
    if len(spans) > 1:
        spans.sort(key=lambda s: (s[0], -s[1]))
    for span in spans:
        if not outer or span[0] >= outer[-1][1]:
            outer.append(span)
    return outer


def _flanks(before: str, after: str) -> tuple[bool, bool]:
    """(can open, can close) by CommonMark's flanking rules."""
    space_before, space_after = before.isspace(), after.isspace()
    mark_before = not space_before and not before.isalnum() and before != MASK
    mark_after = not space_after and not after.isalnum() and after != MASK
    opens = not space_after and (not mark_after or space_before or mark_before)
    closes = not space_before and (not mark_before or space_after or mark_after)
    return opens, closes


# -- masks -------------------------------------------------------------------------------------------

_ENVIRONMENTS = (
    "equation|align|aligned|gather|gathered|multline|cases|array|split|eqnarray|displaymath|math"
    "|matrix|pmatrix|bmatrix|vmatrix|Bmatrix|Vmatrix|smallmatrix|alignat|flalign"
)
_OPENER = re.compile(
    # Each alternative begins with its own character, so that the search can skip to one of them.
    rf"\\(?:begin\{{((?:{_ENVIRONMENTS})\*?)\}}|(?:boxed|fbox)[ \t]*\{{|.)|\$\$*|``*",
    re.DOTALL,
)
_FENCE = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*(`{3,}|~{3,})([^\n\r`]*)(?=[\r\n]|\Z)")
_BLANK_LINE = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?=[\r\n])")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_NOT_LINE_END = re.compile(r"[^\n\r]")
_AMOUNT = re.compile(r"\s*\d[\d,.]*(?:[\s,;:.!?-]|$)")
_PROSE_WORD = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}(?![A-Za-z{])")


def _overwrite(raw: str, spans: tuple[Span, ...], *, keep_lines: bool) -> str:
    if not spans:
        return raw
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts.append(raw[at:start])
        hidden = raw[start:end]
        lined = keep_lines and ("\n" in hidden or "\r" in hidden)
        parts.append(_NOT_LINE_END.sub(MASK, hidden) if lined else MASK * len(hidden))
        at = end
    parts.append(raw[at:])
    return "".join(parts)


class _Scanner:
    """Finds maths and code from left to right; the first delimiter with a partner wins."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.next_seen: dict[str, int] = {}  # where a closer was last found; -1: no more of them

    def scan(self) -> list[tuple[MaskKind, Span]]:
        found: list[tuple[MaskKind, Span]] = []
        at = 0
        fences = self.fences
        for start, end in [*fences, (len(self.raw), len(self.raw))]:
            while at < start:
                opener = _OPENER.search(self.raw, at, start)
                if opener is None:
                    break
                stop, kind = self.partner(opener, start)
                if stop > 0:
                    found.append((kind, (opener.start(), stop)))
                at = stop if stop > 0 else opener.end()
            if end > start:
                found.append(("code", (start, end)))
            at = end
        return found

    def partner(self, opener: re.Match[str], limit: int) -> tuple[int, MaskKind]:
        """Where the stretch that begins with `opener` ends, or -1."""
        token = opener.group()
        end = opener.end()
        if token[0] == "`":
            close = self.backticks(len(token), end)
            return (close if close <= min(limit, self.paragraph_end(end)) else -1), "code"
        if token[0] == "$":  # more than two in a row open nothing
            return (self.dollars(opener, limit) if len(token) <= 2 else -1), "maths"
        stop = -1
        if token.startswith("\\begin"):
            stop = self.find(f"\\end{{{opener.group(1)}}}", end)
        elif token[-1] == "{" and len(token) > 2:
            stop = self.braces.get(end - 1, -1)
        elif token in ("\\(", "\\["):
            stop = self.find("\\)" if token == "\\(" else "\\]", end)
            again = self.find(token, end)
            if 0 <= again < stop or (token == "\\(" and stop > self.paragraph_end(end)):
                stop = -1
        return (stop if stop <= limit else -1), "maths"

    def dollars(self, opener: re.Match[str], limit: int) -> int:
        """The end of `$…$` or `$$…$$`. An amount of money (`$5 and $6`) opens nothing."""
        token, end = opener.group(), opener.end()
        close = self.find(token, end, escapable=True)
        if close < 0 or close > limit or close > self.paragraph_end(end):
            return -1
        inner = self.raw[end : close - len(token)]
        if not inner.strip():
            return -1
        if token == "$$":
            return close
        if inner[0].isspace() != inner[-1].isspace():
            return -1
        before = self.raw[opener.start() - 1 : opener.start()]
        if before.isupper() and (inner[0].isdigit() or inner[0].isspace()):  # US$ 5
            return -1
        if not inner[0].isspace() and self.raw[close : close + 1].isdigit():
            return -1
        words = sum(1 for w in _PROSE_WORD.finditer(inner) if w.group().islower())
        if _AMOUNT.match(inner) and words and "\\" not in inner:
            return -1
        plain = not any(sign in inner for sign in "\\^_=<>+*/|")
        return -1 if plain and words >= 3 else close

    def find(self, closer: str, at: int, *, escapable: bool = False) -> int:
        """The end of the next `closer` at or after `at`, or -1; remembered, so linear in all."""
        seen = self.next_seen.get(closer, 0)
        if seen >= 0 and seen - len(closer) < at:
            seen = self.raw.find(closer, at)
            while escapable and seen > 0 and self.raw[seen - 1] == "\\" and seen > at:
                seen = self.raw.find(closer, seen + 1)
            seen = seen + len(closer) if seen >= 0 else -1
            self.next_seen[closer] = seen
        return seen

    def paragraph_end(self, at: int) -> int:
        i = bisect_right(self.blank_lines, at)
        return self.blank_lines[i] if i < len(self.blank_lines) else len(self.raw)

    def backticks(self, length: int, at: int) -> int:
        runs = self.backtick_runs.get(length, [])
        i = bisect_right(runs, at - 1)
        return runs[i] + length if i < len(runs) else len(self.raw) + 1

    @once
    def blank_lines(self) -> list[int]:
        return [m.start() for m in _BLANK_LINE.finditer(self.raw)]

    @once
    def backtick_runs(self) -> dict[int, list[int]]:
        runs: dict[int, list[int]] = {}
        for match in re.finditer(r"`+", self.raw):
            runs.setdefault(match.end() - match.start(), []).append(match.start())
        return runs

    @once
    def braces(self) -> dict[int, int]:
        """Opening brace -> the offset after its partner."""
        partner: dict[int, int] = {}
        open_at: list[int] = []
        for match in _BRACE.finditer(self.raw):
            if match.group() == "{":
                open_at.append(match.start())
            elif match.group() == "}" and open_at:
                partner[open_at.pop()] = match.end()
        return partner

    @once
    def fences(self) -> list[Span]:
        """Fenced code blocks that are closed."""
        found: list[Span] = []
        if "```" not in self.raw and "~~~" not in self.raw:
            return found
        lines = [(m.start(1), m.end(), m.group(1), m.group(2)) for m in _FENCE.finditer(self.raw)]
        longest = {"`": 0, "~": 0}  # the longest closing fence from line i on
        reach: list[dict[str, int]] = []
        for _, _, fence, info in reversed(lines):
            if not info.strip():
                longest = {**longest, fence[0]: max(longest[fence[0]], len(fence))}
            reach.append(longest)
        reach.reverse()
        i = 0
        while i < len(lines):
            start, _, fence, _ = lines[i]
            if i + 1 < len(lines) and reach[i + 1][fence[0]] >= len(fence):
                i += 1
                while not (lines[i][2].startswith(fence) and not lines[i][3].strip()):
                    i += 1
                found.append((start, lines[i][1]))
            i += 1
        return found
