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
        firsts: list[str] = []
        lasts: list[str] = []
        flat = self.view.flat
        for start, end in self.spans:
            one = two = ""
            piece = flat[start:end].strip() if self._plain is not None else ""
            if piece:
                first, last = piece.split(None, 1)[0], piece.rsplit(None, 1)[-1]
                if first.isascii() and last.isascii():  # nearly always
                    one, two = first.strip(ASCII_MARKS).lower(), last.strip(ASCII_MARKS).lower()
                else:
                    at = flat.index(first, start)
                    one = self._bare(first, at)
                    two = self._bare(last, at + len(piece) - len(last))
            if not (one and two):  # what stands at an edge is no word
                one, two = self._edges((start, end))
            firsts.append(one)
            lasts.append(two)
        return firsts, lasts

    def words(self, span: Span) -> list[Span]:
        """Where the words of one of the stretches stand."""
        if self._plain is None:
            return words_in(self.view, span)
        return [match.span() for match in WORD.finditer(self.view.flat, *span)]

    def _bare(self, token: str, at: int) -> str:
        """The token that stands there as `bare` has it, or nothing where it is no word."""
        if token.isascii():
            return token.strip(ASCII_MARKS).lower()
        return bare(self.view, (at, at + len(token))) if WORDLIKE.search(token) else ""

    def _edges(self, span: Span) -> tuple[str, str]:
        words = self.words(span)
        return (bare(self.view, words[0]), bare(self.view, words[-1])) if words else ("", "")


def _parted(plain: bytes, spans: Sequence[Span]) -> bool:
    """Whether no token crosses an edge of a stretch."""
    edges = {plain[start - 1] for start, _ in spans if start > 0}
    edges |= {plain[end] for _, end in spans if end < len(plain)}
    return edges <= {32}
