"""A text, parsed once: what is seen of it, as its views with and without formulas and code."""

from __future__ import annotations

from functools import lru_cache

from bridle.text.masks import MOST, MaskKind, masked_share, masks_in
from bridle.text.seen import Seen
from bridle.text.shown import unframed
from bridle.text.spans import Span, once
from bridle.text.view import View

_CACHED = 8  # texts kept parsed: a bundle of constraints, strict and loose, asks for few at a time
_TOO_LONG_TO_CACHE = 1_000_000  # characters; a longer text is parsed again rather than held


def read_text(raw: str) -> Text:
    """The parsed text. Cheap to call again with the same string: the last few are remembered."""
    return _remembered(raw) if len(raw) <= _TOO_LONG_TO_CACHE else Text(raw)


class Text:
    """A text and its two views: `masked` (maths and code are not prose) and `kept` (all is)."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self._seen = Seen(raw)
        self._shown = unframed(self._seen.text)

    def originals(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The spans of `raw` that spans of a view stand for: a view has what is seen alone."""
        return self._seen.originals(spans)

    @once
    def masks(self) -> tuple[tuple[MaskKind, Span], ...]:
        """Maths and code, in order, disjoint. Nothing is masked by a delimiter without partner."""
        return masks_in(self._shown)

    @once
    def masked(self) -> View:
        masks = self.masks
        if not masks:
            return self.kept
        return View(self._seen.text, tuple([span for _, span in masks]), self._shown)

    @once
    def kept(self) -> View:
        return View(self._seen.text, (), self._shown)

    @once
    def written(self) -> View:
        """The text as it is written, with what no reader sees; maths and code masked."""
        if self._seen.text == self.raw:
            return self.masked
        return View(self.raw, tuple([span for _, span in masks_in(self.raw)]))

    @once
    def written_kept(self) -> View:
        """The same with maths and code in it."""
        return self.kept if self._seen.text == self.raw else View(self.raw, ())

    @property
    def mostly_masked(self) -> bool:
        """Whether more than `MOST` of its letters stand in maths and code."""
        return self._masked_share > MOST

    @property
    def wholly_masked(self) -> bool:
        """Whether all of its letters stand in maths and code."""
        return self._masked_share == 1

    @once
    def _masked_share(self) -> float:
        return masked_share(self._shown, self.masks) if self.masks else 0.0


@lru_cache(maxsize=_CACHED)
def _remembered(raw: str) -> Text:
    return Text(raw)
