"""A rule for parts of a text: for each of them, or for so many.

{"type": "each", "part": "paragraph", "of": {"type": "words", "at_most": 60}}
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress, islice
from operator import not_
from typing import ClassVar

from bridle.constraints.base import COUNT, Constraint
from bridle.constraints.counting import EVIDENCE, Counted
from bridle.constraints.drafts.prose import add, fillers
from bridle.constraints.families.combinators.logic import inner_rule
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, Text, View, read_text
from bridle.text.fences import is_fence

_PARTS = ("sentence", "paragraph", "line", "item")
_MARK = re.compile(r"(?:[-*+•]|\d+[.)])[ \t]*")


def parts_of(view: View, part: str) -> Sequence[Span]:
    """Where the sentences, paragraphs, lines with a text, or list items stand."""
    if part == "sentence":
        return view.sentences
    if part == "paragraph":
        return view.paragraphs
    if part == "line":
        return [span for span in view.lines if span[0] < span[1] and not is_fence(view, span)]
    return _items(view)


def _items(view: View) -> list[Span]:
    """List items less their mark, numbered ones too, each with the lines after it that are indented
    deeper than its mark and are no item themselves."""
    marked = sorted((*view.items, *view.numbered))
    found: list[Span] = []
    if not marked:
        return found
    marked.append((len(view.raw), 0))
    depth, at = -1, 0  # the indent of the item that lines go on with; -1: of none
    for start, end in view.lines:
        line = view.raw[start:end]
        indent = len(line) - len(line.lstrip())
        if start <= marked[at][0] < end:
            mark = _MARK.match(view.text, marked[at][0])
            found.append((mark.end() if mark else start, end))
            depth, at = indent, at + 1
        elif start < end and indent > depth >= 0:
            found[-1] = (found[-1][0], end)
        elif start < end:
            depth = -1
    return found


def obeying(rule: Constraint, view: View, parts: Sequence[Span]) -> list[bool]:
    """Which parts obey the rule, each by itself; parts with the same text are judged once."""
    pieces = [view.raw[start:end] for start, end in parts]
    obeyed = {piece: rule.obeyed_by(Text(piece)) for piece in set(pieces)}
    return list(map(obeyed.__getitem__, pieces))


@dataclass(frozen=True, kw_only=True)
class Parted(Counted):
    """Parts of the text that an inner rule holds for."""

    of: Constraint
    part: str = "sentence"

    def validate(self) -> None:
        if self.part not in _PARTS:
            raise self.bad("part", self.part, f"one of {', '.join(_PARTS)}")
        object.__setattr__(self, "of", inner_rule(self, "of", self.of))
        super().validate()

    def same_count(self, other: Constraint) -> bool:
        return False

    def forbids(self, part: str) -> Verdict | None:
        """Nothing: what goes on may no longer obey."""
        return None


@register
@dataclass(frozen=True, kw_only=True)
class CountOf(Parted):
    """A rule holds for so many parts of the text."""

    name = "count_of"
    skill = "planning"
    stage = COUNT
    unit = ("part", "parts")
    meaning = (
        "The parts (sentence, paragraph, line or list item) for which the rule holds, counted; a "
        "list item, numbered or not, is less its mark and has its indented lines."
    )
    examples: ClassVar = (
        Example({"of": {"type": "words", "exactly": 2}, "exactly": 1}, "We add. Done.", True),
        Example({"of": {"type": "no_comma"}, "at_least": 2}, "We, too. Done.", False),
        Example(
            {"of": {"type": "words", "at_most": 1}, "part": "line", "at_least": 2},
            "a\nb\nc d",
            True,
        ),
        Example(
            {"of": {"type": "quoted"}, "part": "item", "at_least": 1}, "- a\n- b", False, "none is"
        ),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount().replace("part", self.part)
        return (
            f"For {amount} of your answer, this must hold: {self.of.describe()}",
            f"Write {amount} for which this is true: {self.of.describe()}",
            f"Let {amount} obey this rule: {self.of.describe()}",
        )

    def tally(self, view: View) -> list[Span]:
        parts = parts_of(view, self.part)
        return list(compress(parts, obeying(self.of, view, parts)))

    def with_count(self, draft: str, number: int) -> str:
        parts = self.tally(read_text(draft).masked)
        for start, end in reversed(parts[number:]):
            draft = draft[:start] + self.of.violate(draft[start:end]) + draft[end:]
        new = [
            _as_part(self.part, self.of.build(s))
            for s in list(fillers())[: max(0, number - len(parts))]
        ]
        return _with_parts(draft, self.part, new)


def _as_part(part: str, text: str) -> str:
    return f"- {text}" if part == "item" else text


def _with_parts(draft: str, part: str, new: list[str]) -> str:
    if not new:
        return draft
    if part == "sentence":
        return add(draft, new)
    between = "\n" if part == "line" else "\n\n"
    return between.join([*new, draft])


@register
@dataclass(frozen=True, kw_only=True)
class Each(Constraint):
    """A rule holds for each part of the text."""

    name = "each"
    skill = "planning"
    stage = COUNT
    meaning = (
        "The rule holds for every sentence, paragraph, line or list item; there is one at least. "
        "A list item, numbered or not, is less its mark and has its indented lines."
    )
    examples: ClassVar = (
        Example({"of": {"type": "words", "at_most": 3}}, "We add. It is 4.", True),
        Example({"of": {"type": "words", "at_most": 2}}, "We add. It is 4.", False),
        Example(
            {"of": {"type": "words", "at_most": 2}, "part": "item"},
            "No items.",
            False,
            "there is no part",
        ),
        Example({"of": {"type": "no_comma"}, "part": "line"}, "a b\nc d", True),
    )

    of: Constraint
    part: str = "sentence"

    def validate(self) -> None:
        if self.part not in _PARTS:
            raise self.bad("part", self.part, f"one of {', '.join(_PARTS)}")
        object.__setattr__(self, "of", inner_rule(self, "of", self.of))

    def phrasings(self) -> tuple[str, ...]:
        inner = self.of.describe()
        return (
            f"For each {self.part} of your answer, this must hold: {inner}",
            f"Every {self.part} must obey this on its own: {inner}",
            f"Apply this rule to every {self.part} you write: {inner}",
        )

    def _wrong(self, view: View, parts: Sequence[Span]) -> list[Span]:
        return list(compress(parts, map(not_, obeying(self.of, view, parts))))

    def judge(self, view: View) -> Verdict:
        parts = parts_of(view, self.part)
        wrong = self._wrong(view, parts)
        verdicts = (self.of.check(Text(view.slice(span))) for span in wrong)
        shown = list(islice(verdicts, EVIDENCE))
        obeyed: bool | None = bool(parts) and not wrong
        if wrong and all(v.obeyed is None for v in chain(shown, verdicts)):
            obeyed = None
        if not parts:
            reason = f"There is no {self.part}."
        elif wrong:
            verb = "breaks" if len(wrong) == 1 else "break"
            reason = f"{len(wrong)} of {len(parts)} {verb} it; the first: {shown[0].reason}"
        else:
            reason = f"It holds for all {len(parts)}."
        places = [at for span, v in zip(wrong, shown, strict=False) for at in _within(span, v)]
        return self.verdict(
            obeyed,
            observed=len(parts) - len(wrong),
            wanted=f"each {self.part} obeys {self.of.name}",
            reason=reason,
            evidence=places[:EVIDENCE],
        )

    def build(self, draft: str) -> str:
        if not parts_of(read_text(draft).masked, self.part):
            new = self.of.build(next(iter(fillers()), "1"))
            draft = _with_parts(draft, self.part, [_as_part(self.part, new)])
        view = read_text(draft).masked
        for start, end in reversed(self._wrong(view, parts_of(view, self.part))):
            draft = draft[:start] + self.of.build(draft[start:end]) + draft[end:]
        return draft

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        parts = parts_of(read_text(draft).masked, self.part)
        if not parts:
            return draft
        start, end = parts[0]
        broken = self.of.violate(draft[start:end])
        whole = re.sub(r"[.!?]\s+|\s*\n\s*", " ", broken)  # one part again, where it became several
        for piece in (broken, whole):
            text = draft[:start] + piece + draft[end:]
            if self.check(text).obeyed is False:
                return text
        return text


def _within(span: Span, verdict: Verdict) -> list[Span]:
    """The evidence of a part's verdict, in the whole text; the part where there is none."""
    return [(span[0] + a, span[0] + b) for a, b in verdict.evidence] or [span]
