"""The words of many stretches of a text: how many in each, the first and the last.

A long text has hundreds of thousands of sentences. Where white space parts them, each is split by
itself, and no word's place has to be found; else its words are looked up among all.
"""

from __future__ import annotations

from collections.abc import Sequence

from bridle.constraints.positions import words_in
from bridle.constraints.vocabulary import ASCII_MARKS, bare
from bridle.text import Span, View
from bridle.text.words import WORD, WORDLIKE, count_in_plain, in_plain


class Stretches:
    """Stretches of a view, in order. A word belongs to the one that it begins in."""

    def __init__(self, view: View, spans: Sequence[Span]) -> None:
        self.view = view
        self.spans = spans
        plain = in_plain(view.flat)
        self._plain = plain if plain is not None and _parted(plain, spans) else None

    def sizes(self) -> list[int]:
        """How many words each has."""
        plain = self._plain
        if plain is None:
            return [len(words_in(self.view, span)) for span in self.spans]
        return [count_in_plain(plain[start:end]) for start, end in self.spans]

    def edges(self) -> tuple[list[str], list[str]]:
        """The first words and the last ones as `bare` has them, both empty where there is no word."""
        plain = self._plain
        if plain is None:
            found = list(map(self._edges, self.spans))
            return [one for one, _ in found], [two for _, two in found]
        flat = self.view.flat
        firsts: list[str] = []
        lasts: list[str] = []
        known: dict[str, str] = {}  # a long text begins and ends with the same words often
        for start, end in self.spans:
            first_end = plain.find(b" ", start, end)
            last_start = plain.rfind(b" ", start, end) + 1
            if first_end < 0:
                first_end, last_start = end, start
            first, last = flat[start:first_end], flat[last_start:end]
            one, two = known.get(first), known.get(last)
            if one is None:
                one = known[first] = self._bare(first, (start, first_end))
            if two is None:
                two = known[last] = self._bare(last, (last_start, end))
            if not two:  # what stands at the end is no word
                one, two = self._edges((start, end))
            elif not one and (word := WORD.search(flat, start, end)):
                one = bare(self.view, word.span())
            firsts.append(one)
            lasts.append(two)
        return firsts, lasts

    def words(self, span: Span) -> list[Span]:
        """Where the words of one of the stretches stand."""
        if self._plain is None:
            return words_in(self.view, span)
        return [match.span() for match in WORD.finditer(self.view.flat, *span)]

    def _bare(self, token: str, span: Span) -> str:
        """A token as `bare` has it, or nothing where it is no word."""
        if token.isascii():  # nearly always
            return token.strip(ASCII_MARKS).lower()
        return bare(self.view, span) if WORDLIKE.search(token) else ""

    def _edges(self, span: Span) -> tuple[str, str]:
        words = self.words(span)
        return (bare(self.view, words[0]), bare(self.view, words[-1])) if words else ("", "")


def _parted(plain: bytes, spans: Sequence[Span]) -> bool:
    """Whether no token crosses an edge of a stretch."""
    edges = {plain[start - 1] for start, _ in spans if start > 0}
    edges |= {plain[end] for _, end in spans if end < len(plain)}
    return edges <= {32}
