"""How many sentences, paragraphs, lines and characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import ClassVar

from bridle.constraints.base import COUNT, SHAPE, Constraint
from bridle.constraints.counting import Counted
from bridle.constraints.drafts.openings import led
from bridle.constraints.drafts.padding import adverbs
from bridle.constraints.drafts.prose import (
    add,
    anchor,
    fillers,
    is_statement,
    plan,
    some_fillers,
    tidy,
)
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View, read_text
from bridle.text.fences import is_fence
from bridle.text.graphemes import character_spans, characters
from bridle.text.invisible import SPACES

_ROOM = 60  # characters by which a draft may grow past a lower bound
_ROOMY = 200  # no sentence of the bank is as long
_RULE = re.compile(r"\*\*\*[^\S\r\n]*+(?![^\r\n])")  # at the end of its line


def _drop_one(draft: str, spans: tuple[Span, ...]) -> str | None:
    """The draft without the last of these stretches that does not state the answer."""
    free = [s for s in spans if not is_statement(draft, s)]
    if not free:
        return None
    at = anchor(draft)
    start, end = max((s for s in free if s[0] < at), default=free[-1])
    return tidy(draft[:start].rstrip(" ") + " " + draft[end:].lstrip(" "))


_DOTS = ".,;:·•…'`´’ \t"  # a line of these alone says nothing


@register
@dataclass(frozen=True, kw_only=True)
class SentenceCount(Counted):
    """How many sentences the text has."""

    name = "sentences"
    skill = "planning"
    stage = COUNT
    unit = ("sentence", "sentences")
    meaning = (
        "A sentence ends with `.`, `!`, `?`, `…` or the stop of its script, or with its paragraph, "
        "heading or list item; abbreviations, decimals and initials end none, a masked formula is "
        "a word."
    )
    examples: ClassVar = (
        Example({"exactly": 2}, "Dr. Li adds 3.5 to it. It is 4.", True, "abbreviation, decimal"),
        Example({"at_most": 1}, "It is $x. y$, so we stop.", True, "a stop inside maths"),
        Example({"less_than": 2}, "We add. We stop.", False, "less than is strict"),
        Example({"at_least": 3}, "我们相加。答案是四。", False, "two, by the script's own stop"),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Your response should contain {amount}.",
            f"Answer in {amount}.",
            f"Write {amount} in your answer.",
        )

    def tally(self, view: View) -> tuple[Span, ...]:
        return view.sentences

    def with_count(self, draft: str, number: int) -> str:
        spans = read_text(draft).masked.sentences
        while len(spans) > number:
            shorter = _drop_one(draft, spans)
            if shorter is None or shorter == draft:
                break
            draft, spans = shorter, read_text(shorter).masked.sentences
        return add(draft, some_fillers(number - len(spans)))


@register
@dataclass(frozen=True, kw_only=True)
class ParagraphCount(Counted):
    """How many paragraphs the text has, and what stands between them."""

    name = "paragraphs"
    skill = "planning"
    stage = SHAPE
    unit = ("paragraph", "paragraphs")
    meaning = (
        "With `separator` blank: runs of lines between blank lines, those of rules (`---`) alone "
        "left out. With `***`: the stretches with a letter, digit or formula between lines that "
        "hold nothing but `***`."
    )
    examples: ClassVar = (
        Example({"exactly": 2}, "We add.\n\nIt is 4.", True),
        Example({"exactly": 2}, "We add.\nIt is 4.", False, "one line end separates nothing"),
        Example({"exactly": 2, "separator": "***"}, "We add.\n***\nIt is 4.", True),
        Example({"exactly": 2, "separator": "***"}, "We ***add***.\n\nIt is 4.", False, "emphasis"),
        Example({"at_least": 3, "separator": "***"}, "a\n***\n\n***\nb", False, "an empty one"),
    )

    separator: str = "blank"

    def validate(self) -> None:
        if self.separator not in ("blank", "***"):
            raise self.bad("separator", self.separator, "blank or ***")
        super().validate()

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        by = "a blank line" if self.separator == "blank" else "the markdown divider: ***"
        return (
            f"Your answer should have {amount}. Paragraphs are separated with {by}",
            f"Write {amount}, with {by} between them.".replace(":", ""),
            f"Divide your answer into {amount} ({by} between two).".replace(":", ""),
        )

    def tally(self, view: View) -> tuple[Span, ...]:
        if self.separator == "blank":
            return view.paragraphs
        found: list[Span] = []
        start = 0
        for at, after in [*_rules(view.text), (len(view.text), len(view.text))]:
            if _substance(view, start, at):
                found.append((start, at))
            start = after
        return tuple(found)

    def with_count(self, draft: str, number: int) -> str:
        spans = self.tally(read_text(draft).masked)
        for start, end in reversed(spans):  # join what is too many to its neighbour
            if len(spans) <= number or start == spans[0][0]:
                break
            head = draft[:start].rstrip("*\n\r ")
            last = head.splitlines()[-1] if head else ""
            if not last.strip("-_* \t"):  # a rule across the page
                head = head[: len(head) - len(last)].rstrip()
            draft = head + " " + draft[start:end].strip() + draft[end:]
            spans = self.tally(read_text(draft).masked)
        rule = "\n\n" if self.separator == "blank" else "\n***\n"
        more = some_fillers(number - len(spans))
        return rule.join([*more, draft.strip()]) if more else draft

    def same_count(self, other: Constraint) -> bool:
        return (
            isinstance(other, ParagraphCount)
            and super().same_count(other)
            and other.separator == self.separator
        )


def _rules(text: str) -> list[Span]:
    """The lines that hold nothing but `***`, without white space behind it."""
    found: list[Span] = []
    past = 0
    for match in _RULE.finditer(text):
        line = text[past : match.start()]
        line = line[max(line.rfind("\n"), line.rfind("\r")) + 1 :]
        past = match.end()
        if not line.strip():
            found.append((match.start() - len(line), match.start() + 3))
    return found


def _substance(view: View, start: int, end: int) -> bool:
    return any(c.isalnum() for c in view.raw[start:end])


@register
@dataclass(frozen=True, kw_only=True)
class LineCount(Counted):
    """How many lines with something in them the text has."""

    name = "lines"
    skill = "planning"
    stage = SHAPE
    unit = ("line", "lines")
    meaning = "Lines that are not blank are counted, those of a formula or of code too; those of dots alone and the fences of code are not."
    examples: ClassVar = (
        Example({"exactly": 2}, "We add.\nIt is 4.", True),
        Example({"exactly": 2}, "We add.\r\n\r\nIt is 4.\r\n", True, "blank lines do not count"),
        Example({"at_most": 1}, "We add.\nIt is 4.", False),
        Example({"at_least": 3}, "a\n\n\nb", False, "only two have something in them"),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Write your answer in {amount}.",
            f"Your answer must have {amount}, blank ones not counted.",
            f"Use {amount} of text in your response.",
        )

    def tally(self, view: View) -> tuple[Span, ...]:
        text = view.text
        return tuple(
            (a, b)
            for a, b in view.lines
            if a < b
            and (text[a] not in _DOTS or text[a:b].strip(_DOTS))
            and not is_fence(view, (a, b))
        )

    def with_count(self, draft: str, number: int) -> str:
        spans = self.tally(read_text(draft).masked)
        for start, end in reversed(spans[1:]):
            if len(spans) <= number:
                break
            draft = draft[:start].rstrip() + " " + draft[start:end].strip() + draft[end:]
            spans = self.tally(read_text(draft).masked)
        return "\n".join([*some_fillers(number - len(spans)), draft])


@register
@dataclass(frozen=True, kw_only=True)
class CharacterCount(Counted):
    """How many characters the text has."""

    name = "characters"
    skill = "planning"
    stage = COUNT
    unit = ("character", "characters")
    meaning = (
        "Characters as a reader sees them: white space at the ends is none, a run of white space "
        "is one, marks and vowel signs belong to their letter, a joined emoji is one; maths and "
        "code count as written."
    )
    examples: ClassVar = (
        Example({"exactly": 5}, "It  is.\n", False, "six: a run of white space is one"),
        Example({"exactly": 6}, "It  is.\n", True),
        Example({"at_most": 4}, "cafe\u0301", True, "the accent belongs to its letter"),
        Example({"exactly": 6}, "नमस्ते 👩🏽‍🚀", True, "न म स् ते, a blank and an astronaut"),
        Example({"at_most": 3}, "$2^2$", False, "maths counts as written"),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Answer with {amount}, spaces included.",
            f"Your answer must have {amount}.",
            f"Keep your whole response to {amount} (a space is one).",
        )

    def tally(self, view: View) -> list[Span]:
        return list(character_spans(_body(view.raw)))

    def judge(self, view: View) -> Verdict:
        body, high = _body(view.raw), self.bounds()[1]
        number = characters(body)
        if high is None or number <= high:
            return self.told(number, ())
        lead = view.raw.index(body)
        first, _ = next(islice(character_spans(body), high, None))
        # One stretch from the first character too many to the end.
        return self.told(number, ((lead + first, lead + len(body)),))

    def with_count(self, draft: str, number: int) -> str:
        size = self._size(draft)
        while size > number:
            shorter = _drop_one(draft, read_text(draft).masked.sentences)
            if shorter is None or shorter == draft:
                break
            draft, size = shorter, self._size(shorter)
        if size > number:
            statement = plan().statement
            draft = (
                statement
                if statement and self._size(statement) <= number
                else draft[:number].rstrip()
            )
            size = self._size(draft)
        low, high = self.bounds()
        room = number
        if low <= number and (high is None or number <= high):
            room = high if high is not None else number + _ROOM
        earlier = [draft]
        while size < number:
            longer = next(
                (d for d in self._longer(draft, number - size) if self._size(d) <= room), None
            )
            if longer is None:
                break
            draft, size = longer, self._size(longer)
            earlier.append(draft)
        if size >= number:
            return draft
        # A few characters are missing: adverbs take them, in place of a sentence where need be.
        told = (self._told(d, number - self._size(d)) for d in earlier[:-6:-1])
        return next((d for d in told if d and self._size(d) == number), None) or self._dotted(
            draft, number
        )

    def _told(self, draft: str, missing: int) -> str | None:
        """The draft with adverbs of so many characters before the sentence at its anchor."""
        at = anchor(draft)
        words = adverbs(missing, draft)
        if not words or not draft[at : at + 1].isupper():
            return None
        return f"{draft[:at]}{led(draft[at:], words)}"

    def _dotted(self, draft: str, number: int) -> str:
        missing = number - self._size(draft)
        at = anchor(draft)  # a stop, then as many dots as are missing
        draft = f"{draft[:at]}{'.' * (missing - 1)} {draft[at:]}" if at else draft + "." * missing
        return draft + "." * (number - self._size(draft))

    def _longer(self, draft: str, missing: int) -> Iterator[str]:
        """The draft with one sentence more; before that, where much is missing, with many more."""
        sentences = list(fillers(start=len(draft)))
        many = missing // _ROOMY
        if many > 1 and sentences:
            yield add(draft, list(islice(cycle(sentences), many)))
        for sentence in sentences:
            yield add(draft, [sentence])

    def _size(self, draft: str) -> int:
        return characters(_body(draft))


def _body(text: str) -> str:
    """The text without what is not seen at its ends."""
    return text.strip() if text.isascii() else text.strip(SPACES)
