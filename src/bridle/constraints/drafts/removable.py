"""Counted things whose number a draft can lower by leaving sentences out."""

from __future__ import annotations

from collections.abc import Callable

from bridle.constraints.counting import Counted
from bridle.constraints.drafts.prose import drop_sentences
from bridle.text import read_text


def without_richest(draft: str, number: int, count: Callable[[str], int]) -> str:
    """The draft without sentences, as long as one holds no more than there are too many."""
    while (have := count(draft)) > number:
        spans = read_text(draft).masked.sentences
        rich = [draft[a:b] for a, b in spans if 0 < count(draft[a:b]) <= have - number]
        left = drop_sentences(draft, lambda s, rich=rich: s == rich[0]) if rich else draft
        if left == draft:
            break
        draft = left
    return draft


class Removable(Counted):
    """Counted words of which too many are taken out with their sentences, or one by one."""

    def fewer(self, draft: str, number: int) -> str:
        draft = without_richest(draft, number, self.number)
        while found := self.tally(read_text(draft).masked)[number:]:
            start, end = found[-1]
            draft = draft[:start].rstrip(" ") + draft[end:]
        return draft

    def number(self, text: str) -> int:
        return len(self.tally(read_text(text).masked))
