"""Counted things whose number a draft can lower by leaving sentences out."""

from __future__ import annotations

from bridle.constraints.counting import Counted
from bridle.constraints.drafts.prose import drop_sentences
from bridle.text import read_text


class Removable(Counted):
    """Counted words of which too many are taken out with their sentences, or one by one."""

    def fewer(self, draft: str, number: int) -> str:
        while (have := self.number(draft)) > number:
            spans = read_text(draft).masked.sentences
            rich = [draft[a:b] for a, b in spans if 0 < self.number(draft[a:b]) <= have - number]
            left = drop_sentences(draft, lambda s, rich=rich: s == rich[0]) if rich else draft
            if left == draft:
                break
            draft = left
        while found := self.tally(read_text(draft).masked)[number:]:
            start, end = found[-1]
            draft = draft[:start].rstrip(" ") + draft[end:]
        return draft

    def number(self, text: str) -> int:
        return len(self.tally(read_text(text).masked))
