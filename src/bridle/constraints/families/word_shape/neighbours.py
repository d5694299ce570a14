"""Rules about words that follow each other, and how a draft is mended for them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from itertools import pairwise

from bridle.constraints.drafts.openings import COMMON
from bridle.constraints.drafts.prose import plan
from bridle.constraints.families.word_shape.shapes import WordRule
from bridle.text import read_text
from bridle.text.lettered import letter_words

_MOST = 300  # words put into a draft at once


class Neighbours(WordRule):
    """A rule about words that follow each other. Where other rules want words of their own, a draft
    is mended by words put between them."""

    @abstractmethod
    def between(self, before: str, after: str) -> Sequence[str]:
        """Words that may stand between two that break the rule side by side."""

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed or not self.mends():
            return super().build(draft)
        words = letter_words(read_text(draft).masked, joined=self.joined)
        pairs = [(a, b) for a, b in pairwise(words) if self.wrong([a[1], b[1]])]
        added = [self.between(a[1], b[1]) for a, b in pairs]
        if sum(map(len, added)) > _MOST:
            return super().build(draft)
        for ((before, _), (after, _)), missing in reversed(list(zip(pairs, added, strict=True))):
            said = " ".join(missing)
            if said and "\n" in draft[before[1] : after[0]]:  # a line keeps its beginning
                draft = f"{draft[: before[1]]} {said}{draft[before[1] :]}"
            elif said:
                draft = f"{draft[: after[0]]}{_begun(said, draft[after[0] :])}"
        return draft if words else super().build(draft)

    def mends(self) -> bool:
        """Every other try of a search under several rules."""
        return len(plan().rules) > 1 and plan().seed % 2 == 1

    def fit(self, sentence: str) -> str | None:
        return sentence if self.mends() else super().fit(sentence)


def _begun(said: str, rest: str) -> str:
    """The words and then the rest, with the capital at the beginning of both."""
    first = rest.split(" ", 1)[0]
    if not first[:1].isupper() or first.upper() == first:
        return f"{said} {rest}"
    low = first[0].lower() if first.lower() in COMMON else first[0]
    return f"{said[0].upper()}{said[1:]} {low}{rest[1:]}"
