"""The views of a text and their parts, found when first asked for."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate, chain, count, islice, pairwise, repeat
from operator import add

from bridle.text.emphasis import emphasis_in
from bridle.text.masks import overwrite
from bridle.text.sentences import sentences_in, unsealed
from bridle.text.spans import MASK, Span, once
from bridle.text.words import (
    NOT_ASCII,
    WORD,
    count_in_plain,
    decomposed,
    in_plain,
    is_ascii,
    parted,
    shows,
    spans_in_plain,
    unspaced,
    words_in,
)

_LINE_END = re.compile(r"\r\n|\n|\r")


class View:
    """One way to see a text: `raw` is what a reader sees of it, `text` is as long, masked spans
    overwritten and what frames all of it blank. Every span is one of `raw`."""

    def __init__(self, raw: str, hidden: tuple[Span, ...], shown: str | None = None) -> None:
        self.raw = raw
        self.hidden = hidden  # masked spans
        self._shown = raw if shown is None else shown
        self.text = overwrite(self._shown, hidden, keep_lines=True)

    @property
    def shown(self) -> str:
        """`raw`, as long, with blanks in the place of what frames all of it."""
        return self._shown

    def beginning(self, length: int) -> View:
        """The view of its first characters, so many or fewer: no mask is cut."""
        hidden = [span for span in self.hidden if span[0] < length]
        if hidden and hidden[-1][1] > length:
            length = hidden.pop()[0]
        return View(self.raw[:length], tuple(hidden), self._shown[:length])

    def slice(self, span: Span) -> str:
        """The original characters of a span."""
        return self.raw[span[0] : span[1]]

    @once
    def flat(self) -> str:
        """Like `text`, with the line ends inside masked spans overwritten too."""
        hidden = self.hidden
        if hidden and any("\n" in self.raw[a:b] or "\r" in self.raw[a:b] for a, b in hidden):
            return overwrite(self._shown, self.hidden, keep_lines=False)
        return self.text

    @once
    def words(self) -> tuple[Span, ...]:
        plain = self._plain
        return words_in(self._parted) if plain is None else spans_in_plain(plain)

    @property
    def word_count(self) -> int:
        """How many words there are; much cheaper than where they stand."""
        plain = self._plain
        return len(self.words) if plain is None else count_in_plain(plain)

    def words_from(self, first: int, number: int) -> tuple[Span, ...]:
        """So many words from that one on, the words after them not looked for."""
        if unspaced(self.flat):
            return self.words[first : first + number]
        found = islice(WORD.finditer(self._parted), first, first + number)
        return tuple([match.span() for match in found])

    @once
    def _plain(self) -> bytes | None:
        return in_plain(self._parted)

    @once
    def _parted(self) -> str:
        """`flat` with blanks between words that dashes and the like part."""
        return parted(self.flat)

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
        """Runs of lines between blank lines; a rule across the page begins none, and marks alone (a
        dot) are none."""
        found: list[Span] = []
        open_at = -1
        last = 0
        for start, end in self.lines:
            if open_at < 0 and _is_rule(self.text[start:end]):
                continue
            if start == end:
                if self.hidden and self.flat[start : start + 1] == MASK:
                    continue  # a blank line inside code parts nothing
                if open_at >= 0:
                    found.append((open_at, last))
                open_at = -1
            else:
                if open_at < 0:
                    open_at = start
                last = end
        if open_at >= 0:
            found.append((open_at, last))
        flat = self.flat
        return tuple([(a, b) for a, b in found if flat[a].isalnum() or shows(flat, a, b)])

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
            if mark == ">" and (quoted := _QUOTED.match(text, start, end)):
                start = quoted.end()
                mark = text[start : start + 1]
            if mark in "-*+•":
                found, pattern = items, _BULLET
            elif mark.isdigit():
                found, pattern = numbered, _NUMBER
            elif mark == "#":
                found, pattern = headings, _HEADING
            else:
                continue
            match = pattern.match(text, start, end)
            if (
                match
                and (
                    text[match.end() + 1 : match.end() + 2].isalnum()
                    or shows(text, match.end(), end)
                )
                and not (found is items and _is_rule(text[start:end]))
            ):
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
        found = sentences_in(self.flat, self._blocks)
        if self.formula_stops:
            found = self._cut(found)
        return tuple(unsealed(self.raw, self._closed(found)) if self.hidden else found)

    def _closed(self, sentences: list[Span]) -> list[Span]:
        """The sentences, what only closes a formula with prose in it added to the one before."""
        found: list[Span] = []
        for start, end in sentences:
            if found and self.flat[start] == MASK and _CLOSES.fullmatch(self.raw, start, end):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
        return found

    @once
    def formula_stops(self) -> dict[int, bool]:
        """Where masked formulas end that end with a full stop, and whether a capital follows."""
        found: dict[int, bool] = {}
        ends = {end for start, end in self.hidden if "." in self.raw[start:end]}
        for match in _STOPPED.finditer(self.raw) if ends else ():
            end = match.start() + len(match.group().rstrip())
            if end in ends:
                found[end] = self.raw[match.end() : match.end() + 1].isupper() and end < match.end()
        return found

    def _cut(self, sentences: list[Span]) -> list[Span]:
        """The sentences, those parted that go on with a capital after a formula with a stop."""
        cuts = [end for end, capital in self.formula_stops.items() if capital]
        found: list[Span] = []
        at = 0
        for start, end in sentences:
            while at < len(cuts) and cuts[at] < end:
                stop = cuts[at]
                at += 1
                if stop > start:
                    found.append((start, stop))
                    after = _NOT_SPACE.search(self.raw, stop, end)
                    start = after.start() if after else end
            if start < end:
                found.append((start, end))
        return found

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
            if starts and (self.text[start].isspace() or self.text[start] == ">"):
                quoted = _QUOTED.match(self.text, start, end)
                first = quoted.end() if quoted else start
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
        flat = self.flat
        stars, bars = "*" in self.text, "_" in self.text
        for start, end in self._blocks if stars or bars else ():
            if (stars and flat.find("*", start, end) >= 0) or (
                bars and flat.find("_", start, end) >= 0
            ):
                found += emphasis_in(flat, start, end)
        return tuple(found)

    @once
    def folded(self) -> str:
        """Lower case, decomposed, letters in plain type, for searching; `unfold` leads back."""
        text = self.text if is_ascii(self.text) else decomposed(self.text)
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
        width = {char: len(decomposed(char)) for char in set(self.text)}
        each = map(repeat, count(), map(width.__getitem__, self.text))
        origin = list(chain.from_iterable(each))
        return [(origin[a], origin[b - 1] + 1) for a, b in spans]

    def _unfolded(self, at: int) -> int:
        i = bisect_right(self._unfolding, (at, len(self.text))) - 1
        if i < 0:
            return at
        folded, char = self._unfolding[i]
        width = len(decomposed(self.text[char]))
        return char + max(0, at - folded - width + 1)

    @once
    def _unfolding(self) -> list[tuple[int, int]]:
        """The characters that folding makes longer: (offset in `folded`, offset in `text`)."""
        found: list[tuple[int, int]] = []
        longer = 0
        for match in NOT_ASCII.finditer(self.text):
            width = len(decomposed(match.group()))
            if width != 1:
                found.append((match.start() + longer, match.start()))
                longer += width - 1
        return found


_BULLET = re.compile(r"[ \t]*([-*+](?=[ \t\xa0]+\S)|•(?=[ \t\xa0]*\S))")
_NUMBER = re.compile(r"[ \t]*(\d{1,9}[.)](?=[ \t\xa0]+\S))")
_RULE_BEGINS = tuple("-*_ \t")
_CLOSES = re.compile(r"(?:[\s{}$.]|\\[)\]]|\\end\{[A-Za-z]++\*?\})++")
_NOT_SPACE = re.compile(r"\S")
_QUOTED = re.compile(r"\s*+(?:>[ \t]*+)*+")
_RULE_MARKS = tuple("-*_")
# A full stop at the end of a formula, its delimiter, white space.
_STOPPED = re.compile(
    r"\.(?=[\s}$\\])(?<![.…]\.)(?<!\\right\.)(?<!\\left\.)[\s}]*+(?=[$\\])"
    r"(?:\\end\{\w++\*?\}\s*+)*+(?:(?:\$\$?|\\[\])])\s*+)?"
)
_HEADING = re.compile(r"[ ]{0,3}(#{1,6}(?=[ \t\xa0]+[^#\s]))")


def _rstrip(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _is_rule(line: str) -> bool:
    """`---`, `* * *`: a line across the page, not a list item."""
    if line[:1] not in _RULE_BEGINS or line[-1] not in _RULE_MARKS:
        return False
    marks = "".join(line.split())
    return len(marks) >= 3 and marks[0] in "-*_" and marks == marks[0] * len(marks)
