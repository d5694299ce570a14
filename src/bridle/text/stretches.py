"""The words of many stretches of a text: how many in each, the first and the last.

A long text has hundreds of thousands of sentences. Where white space parts them, each is split by
itself, and no word's place has to be found; else its words are looked up among all.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from operator import sub

from bridle.text import MASK, Span, View
from bridle.text.word_forms import ASCII_MARKS, bare, words_in
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
        flat, spans = self.view.flat, self.spans
        padded = b" " + plain + b" "  # now a blank stands before and after each stretch
        heads = [flat[start : padded.find(b" ", start + 1) - 1] for start, _ in spans]
        tails = [flat[padded.rfind(b" ", start, end + 1) : end] for start, end in spans]
        firsts = self._bare(heads, [start for start, _ in spans])
        lasts = self._bare(tails, list(map(sub, [end for _, end in spans], map(len, tails))))
        # Few begin or end with what is no word.
        for i in [i for i, said in enumerate(lasts) if not said]:
            firsts[i], lasts[i] = self._edges(spans[i])
        for i in [i for i, said in enumerate(firsts) if not said and lasts[i]]:
            if word := WORD.search(flat, *spans[i]):
                firsts[i] = bare(self.view, word.span())
        return firsts, lasts

    def words(self, span: Span) -> list[Span]:
        """Where the words of one of the stretches stand."""
        if self._plain is None:
            return words_in(self.view, span)
        return [match.span() for match in WORD.finditer(self.view.flat, *span)]

    def _bare(self, tokens: list[str], starts: list[int]) -> list[str]:
        """Tokens and where they start, as `bare` has them, or nothing where one is no word."""
        keys = tokens
        if self.view.hidden:  # formulas are alike where they are masked
            raw, placed = self.view.raw, zip(tokens, starts, strict=True)
            keys = [t + raw[start : start + len(t)] if MASK in t else t for t, start in placed]
        known: dict[str, str] = {}  # a long text has the same ones often
        for key, i in dict(zip(keys, count())).items():
            token, start = tokens[i], starts[i]
            if token.isascii():  # nearly always
                known[key] = token.strip(ASCII_MARKS).lower()
            elif WORDLIKE.search(token):
                known[key] = bare(self.view, (start, start + len(token)))
            else:
                known[key] = ""
        return [known[key] for key in keys]

    def _edges(self, span: Span) -> tuple[str, str]:
        words = self.words(span)
        return (bare(self.view, words[0]), bare(self.view, words[-1])) if words else ("", "")


def _parted(plain: bytes, spans: Sequence[Span]) -> bool:
    """Whether no token crosses an edge of a stretch."""
    edges = {plain[start - 1] for start, _ in spans if start > 0}
    edges |= {plain[end] for _, end in spans if end < len(plain)}
    return edges <= {32}
