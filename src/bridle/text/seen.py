"""A text as a reader sees it, and where each of its characters stood.

    seen = Seen('It is <!-- not --> 4.')
    seen.text                     -> 'It is  4.'
    seen.original((7, 9))         -> (19, 21)

Everything that judges a text judges this, so what nobody sees counts nowhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from bridle.text.invisible import has_unseen, unseen_in
from bridle.text.markup import Edit, unshown
from bridle.text.spans import Span


class Seen:
    """`text` is what is seen of `raw`; the same object where all of it is."""

    def __init__(self, raw: str) -> None:
        self.text = raw
        self._maps: list[tuple[list[int], list[int]]] = []
        self._apply(unshown(raw))
        if has_unseen(self.text):
            self._apply([(*span, said) for span, said in unseen_in(self.text)])

    def _apply(self, edits: list[Edit]) -> None:
        if not edits:
            return
        raw, at = self.text, 0
        parts: list[str] = []
        here, there = [0], [0]  # offsets after the edit, and those before it
        length = 0
        for start, end, said in edits:
            parts += raw[at:start], said
            length += start - at + len(said)
            here += length - len(said), length
            there += start, end
            at = end
        self.text = "".join((*parts, raw[at:]))
        self._maps.append((here, there))

    def original(self, span: Span) -> Span:
        """The span of `raw` that a span of `text` stands for."""
        start, end = span
        for here, there in reversed(self._maps):
            start, end = _before(here, there, start), _before(here, there, end - 1) + 1
        return start, max(start + 1, end)

    def originals(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(map(self.original, spans)) if self._maps else tuple(spans)


def _before(here: list[int], there: list[int], at: int) -> int:
    """The offset before an edit; of what was put in, where it was put."""
    i = bisect_right(here, at) - 1
    shift = at - here[i]
    if i + 1 < len(there):
        shift = min(shift, max(0, there[i + 1] - there[i] - 1))
    return there[i] + shift
