"""What a model's responses show together that one of them cannot: many rows in, hints out.

    ballot = Ballot()
    for raw in responses: ballot.add(raw)
    read_response(responses[0], hints=ballot.hints())

Two questions are put to the vote, for each model (or file) by itself:

- Is an `<answer>` that is never closed cut, or did the server stop at `</answer>` and not return it?
  Where at least half of the blocks lack the close, the close was the stop string. Where at least
  nine in ten of ten or more have it, one without it was cut.
- Is a text without any tag a whole answer, or a thought that was cut before its first tag? Where
  others end their thinking with a closing tag alone (the opening stood in the prompt) and at least a
  quarter of the untagged and so closed responses are of that kind, it was cut.

A finish reason of the provider goes before any vote, and rows that have one of another kind than
`length` do not ask for it. Votes are counted in `Tally` and said in words by `Hints.said`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bridle.responses.dialects import PHRASES, TAGS, WRAPPER_TAGS
from bridle.responses.finish_reasons import ending
from bridle.responses.tags import counted, thinking_tags, wrapper_tags
from bridle.text.invisible import visible

STOP_SHARE = 0.5  # of the answer blocks lack their close: it was the stop string
CLOSED_SHARE = 0.9  # of the answer blocks have it: one without was cut
CLOSED_LEAST = 10  # blocks, before a missing close counts as a cut
LONE_SHARE = 0.25  # of the untagged responses and those with a lone close are of the latter kind


@dataclass(frozen=True, slots=True)
class Hints:
    """What was decided by a vote, with its counts; the default decides nothing."""

    stops_at_answer: bool = False
    closes_answer: bool = False
    closes_thinking: str | None = None  # the family whose closing tag alone ends thinking
    answers_open: int = 0
    answers_closed: int = 0
    lone_closes: int = 0
    untagged: int = 0

    def said(self) -> list[str]:
        """The decisions in words, one a line, each with the counts behind it."""
        lines: list[str] = []
        blocks = self.answers_open + self.answers_closed
        if self.stops_at_answer:
            lines.append(
                f"{self.answers_open:,} of {blocks:,} <answer> blocks are never closed: read as "
                "stopped at </answer>, not as cut"
            )
        if self.closes_answer and self.answers_open:
            lines.append(
                f"{self.answers_open:,} of {blocks:,} <answer> blocks are never closed while the "
                "others are: read as cut"
            )
        if self.closes_thinking and self.untagged:
            both = self.lone_closes + self.untagged
            lines.append(
                f"{self.untagged:,} of {both:,} responses lack the closing tag with which the "
                f"others end their thinking ({self.closes_thinking}): read as cut while thinking"
            )
        return lines


@dataclass(slots=True)
class Ballot:
    """Counts the responses of one model; a few integers, however many there are."""

    answers_open: int = 0
    answers_closed: int = 0
    untagged: int = 0
    lone: dict[str, int] = field(default_factory=dict[str, int])

    def add(
        self, raw: str | None, *, reasoning: str | None = None, finish_reason: str | None = None
    ) -> None:
        """Counts one response as it came; the arguments are those of `read_response`."""
        raw = raw or ""
        why = ending(finish_reason)
        if why in ("error", "refused", "tool") or not visible(raw):
            return
        if WRAPPER_TAGS.search(raw):
            tags = [t for t in wrapper_tags(raw) if t.family == "answer"]
            if tags and why != "length":
                self.answers_closed += not tags[-1].opens
                self.answers_open += tags[-1].opens
        if reasoning is not None and visible(reasoning):
            return
        self._thinking(raw, undecided=why is None or why == "length")

    def _thinking(self, raw: str, *, undecided: bool) -> None:
        if TAGS.search(raw):
            tags = thinking_tags(raw)
            for family in dict.fromkeys(t.family for t in tags):
                separating = counted([t for t in tags if t.family == family])
                if separating and not separating[0].opens and visible(raw[: separating[0].start]):
                    self.lone[family] = self.lone.get(family, 0) + 1
                    return
                if separating:
                    return
        if "<|" in raw or WRAPPER_TAGS.search(raw) or any(p.open.match(raw) for p in PHRASES):
            return  # in another dialect, which says by itself whether it was cut
        self.untagged += undecided

    def merge(self, other: Ballot) -> None:
        """Count in the responses that another ballot has counted."""
        self.answers_open += other.answers_open
        self.answers_closed += other.answers_closed
        self.untagged += other.untagged
        for family, count in other.lone.items():
            self.lone[family] = self.lone.get(family, 0) + count

    def hints(self) -> Hints:
        """What the responses counted so far decide."""
        blocks = self.answers_open + self.answers_closed
        family = max(self.lone, key=lambda name: self.lone[name], default=None)
        lone = self.lone[family] if family else 0
        return Hints(
            stops_at_answer=blocks > 0 and self.answers_open >= STOP_SHARE * blocks,
            closes_answer=blocks >= CLOSED_LEAST and self.answers_closed >= CLOSED_SHARE * blocks,
            closes_thinking=family
            if lone >= LONE_SHARE * (lone + self.untagged) and lone
            else None,
            answers_open=self.answers_open,
            answers_closed=self.answers_closed,
            lone_closes=lone,
            untagged=self.untagged,
        )
