"""Lists of a given build: with a marker, with inner points, after an introduction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import SHAPE, Constraint
from bridle.constraints.counting import EVIDENCE, Counted
from bridle.constraints.drafts.prose import add_block, fillers
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, read_text
from bridle.text.find import joined, spelled
from bridle.text.invisible import SPACES

_MARKS = ("*", "-", "+", "•")


def points(number: int, draft: str = "") -> list[str]:
    """That many short sentences, from the start again when they run out."""
    bank = list(fillers(draft)) or ["1"]
    return [bank[i % len(bank)] for i in range(max(0, number))]


def _amount(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _indent(view: View, start: int) -> int:
    """The columns before an item; a tab goes to the next fourth column."""
    line = max(view.text.rfind("\n", 0, start), view.text.rfind("\r", 0, start)) + 1
    return len(view.text[line:start].expandtabs(4))


@register
@dataclass(frozen=True, kw_only=True)
class SubBullets(Constraint):
    """There are bullet points, each with an inner point of another mark."""

    name = "sub_bullets"
    skill = "planning"
    stage = SHAPE
    meaning = (
        "At least one list item has the outer mark, and after each such item, before the next, "
        "stands an item with the inner mark, indented further; code and maths hold no items."
    )
    examples: ClassVar = (
        Example({}, "* Sum\n  - Add 2 and 2.\n* Check\n  - It is 4.", True),
        Example({}, "* Sum\n\t- Add.\n\n\t- Stop.", True, "a tab indents; two are enough as well"),
        Example({}, "* Sum\n  - Add.\n* Check", False, "the last has none"),
        Example({}, "* Sum\n- Add.", False, "no inner point: it is not indented"),
        Example({}, "We add 2 - 1.", False, "no bullet point at all"),
        Example({"mark": "-", "inner": "+"}, "- Sum\n  + Add.", True),
    )

    mark: str = "*"
    inner: str = "-"

    def validate(self) -> None:
        for parameter in ("mark", "inner"):
            if getattr(self, parameter) not in _MARKS:
                raise self.bad(parameter, getattr(self, parameter), f"one of {' '.join(_MARKS)}")
        if self.mark == self.inner:
            raise self.bad("inner", self.inner, f"another mark than {self.mark}")

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Your response must include bullet points denoted by {self.mark} and at least one "
            f"sub-bullet point denoted by {self.inner} for each bullet point.",
            f"Use bullet points ({self.mark}), each with at least one indented sub-bullet "
            f"({self.inner}) beneath it.",
            f"Write a list with {self.mark} whose every point has its own inner point with "
            f"{self.inner}, indented.",
        )

    def judge(self, view: View) -> Verdict:
        outer: list[tuple[Span, bool]] = []
        column = 0
        for start, end in view.items:
            mark = view.text[start]
            if mark == self.mark:
                outer.append(((start, end), False))
                column = _indent(view, start)
            elif mark == self.inner and outer and _indent(view, start) > column:
                outer[-1] = (outer[-1][0], True)
        bare = [span for span, has in outer if not has]
        if not outer:
            reason = f"There is no bullet point with {self.mark}."
        elif bare:
            has = "has" if len(bare) == 1 else "have"
            reason = f"{len(bare)} of {len(outer)} bullet points {has} no sub-bullet {self.inner}."
        else:
            number = len(outer)
            reason = "The bullet point has one." if number == 1 else f"All {number} have one."
        return self.verdict(
            bool(outer) and not bare,
            observed={"bullets": len(outer), "without": len(bare)},
            wanted=f"a sub-bullet {self.inner} under every bullet {self.mark}",
            reason=reason,
            evidence=bare[:EVIDENCE],
        )

    def build(self, draft: str) -> str:
        verdict = self.check(draft)
        if verdict.obeyed:
            return draft
        if not verdict.evidence:
            first, *more = points(4, draft)
            lines = [f"{self.mark} {first}"] + [f"{self.mark} {more[1]}"] * (more[1] != first)
            block = "\n".join(
                f"{line}\n    {self.inner} {more[0 if i == 0 else 2]}"
                for i, line in enumerate(lines)
            )
            return add_block(draft, block)
        view = read_text(draft).masked
        for start, end in reversed(verdict.evidence):
            indent = " " * (_indent(view, start) + 4)
            draft = f"{draft[:end]}\n{indent}{self.inner} {points(1, draft)[0]}{draft[end:]}"
        return draft if len(verdict.evidence) < EVIDENCE else self.build(draft)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        last = read_text(draft).masked.items[-1][1]
        return f"{draft[:last]}\n{self.mark} {points(1, draft)[0]}{draft[last:]}"


@register
@dataclass(frozen=True, kw_only=True)
class ListMarker(Counted):
    """The answer is a list whose items begin with a given mark in place of bullets."""

    name = "list_marker"
    skill = "planning"
    stage = SHAPE
    unit = ("item", "items")
    meaning = (
        "An item is a line that begins with the mark and goes on with a letter, digit or formula; "
        "other Markdown bullets must be absent. Without a bound: at least 2 items."
    )
    examples: ClassVar = (
        Example({"marker": "!?!?"}, "Two ways:\n!?!? Add.\n!?!? Count.", True),
        Example({"marker": "-"}, "- Add.\n- Count.", True),
        Example({"marker": "SEPARATOR"}, "We add SEPARATOR we count SEPARATOR", False, "no lines"),
        Example({"marker": "..."}, "...Add.\n* Count.\n...Stop.", False, "a bullet beside them"),
        Example({"marker": "-"}, "-3\n-4", False, "numbers"),
        Example({"marker": "SEPARATOR"}, "SEPARATORS\nSEPARATOR", False, "nothing follows"),
        Example({"marker": ">>", "exactly": 1}, ">> Add.", True),
    )

    marker: str

    def validate(self) -> None:
        self.want_text("marker")
        object.__setattr__(self, "marker", self.marker.strip())
        if "\n" in self.marker or "\r" in self.marker:
            raise self.bad("marker", self.marker, "one line")
        if set(self.marker) & set("`$"):
            raise self.bad("marker", self.marker, "no mark that opens code or maths")
        if all(getattr(self, p) is None for p in ("at_most", "more_than", "less_than", "exactly")):
            object.__setattr__(self, "at_least", 2 if self.at_least is None else self.at_least)
        super().validate()

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Answer with a list of items ({amount}); instead of bullet points use {self.marker}",
            f"Write your answer as a list of {amount}, each on its own line that begins with "
            f"{self.marker} in place of a bullet.",
            f"Make a list: {amount}, every one on a new line after {self.marker} and no bullets.",
        )

    def tally(self, view: View) -> list[Span]:
        if self.marker in _MARKS:
            return [s for s in view.items if view.text[s[0]] == self.marker]
        found: list[Span] = []
        text = view.text
        marker = re.compile(spelled(self.marker))
        for start, end in view.lines:
            while start < end and text[start] in SPACES:
                start += 1
            mark = marker.match(text, start, end)
            if mark is None or joined(text, mark.end(), mark.end() - 1, 1):
                continue
            if any(c.isalnum() or c == MASK for c in text[mark.end() : end]):
                found.append((start, end))
        return found

    def judge(self, view: View) -> Verdict:
        mine = self.tally(view)
        starts = {s for s, _ in mine}
        others = [s for s in view.items if s[0] not in starts]
        if not others:
            return super().judge(view)
        number = len(others)
        return self.verdict(
            False,
            observed=len(mine),
            wanted=f"{self.amount()} with {self.marker}, no bullets",
            reason=f"{number} {'line begins' if number == 1 else 'lines begin'} with another bullet.",
            evidence=others[:EVIDENCE],
        )

    def build(self, draft: str) -> str:
        for start, end in reversed(read_text(draft).masked.items):
            if self.marker not in _MARKS or draft[start] != self.marker:
                draft = (
                    f"{draft[:start]}{self.marker} {draft[start + 1 : end].lstrip()}{draft[end:]}"
                )
        return super().build(draft)

    def with_count(self, draft: str, number: int) -> str:
        found = self.tally(read_text(draft).masked)
        for start, end in reversed(found[number:]):
            rest = draft[start + len(self.marker) : end].lstrip()
            draft = draft[:start] + rest + draft[end:]
        more = "\n".join(f"{self.marker} {s}" for s in points(number - len(found), draft))
        if not more:
            return draft
        if found:
            last = found[-1][1]
            return f"{draft[:last]}\n{more}{draft[last:]}"
        return add_block(draft, more)

    def same_count(self, other: Constraint) -> bool:
        same = super().same_count(other)
        return same and isinstance(other, ListMarker) and other.marker == self.marker


@register
@dataclass(frozen=True, kw_only=True)
class SentencesThenBullets(Constraint):
    """Sentences first, then bullet points."""

    name = "sentences_then_bullets"
    skill = "planning"
    stage = SHAPE
    meaning = (
        "Before the first item with the mark stand at least so many sentences that end in a full "
        "stop (headings and other items aside); there are at least so many items with the mark."
    )
    examples: ClassVar = (
        Example({}, "We add. It is easy.\n* First 2.\n* Then 2.", True),
        Example({}, "We add. It is easy.\n\n* 2\n* 4\n\nThat is all.", True, "more may follow"),
        Example({}, "We add.\n* First 2.\n* Then 2. It is easy.", False, "one sentence before"),
        Example({}, "We add. It is easy.\n* First 2.", False, "one bullet point"),
        Example({}, "We add. It is easy.\n- First 2.\n- Then 2.", False, "another mark"),
        Example({}, "Do we add? We do!\n* First 2.\n* Then 2.", False, "no full stops"),
    )

    sentences: int = 2
    bullets: int = 2
    mark: str = "*"

    def validate(self) -> None:
        self.want_count("sentences", least=1)
        self.want_count("bullets", least=1)
        if self.mark not in _MARKS:
            raise self.bad("mark", self.mark, f"one of {' '.join(_MARKS)}")

    def phrasings(self) -> tuple[str, ...]:
        s = f"{self.sentences} {'sentence' if self.sentences == 1 else 'sentences'}"
        b = f"{self.bullets} {'bullet point' if self.bullets == 1 else 'bullet points'}"
        return (
            f"Your answer must contain at least {s} ending in a period followed by at least {b} "
            f"denoted by {self.mark}.",
            f"Begin with at least {s}, each ending in a period; then write at least {b} "
            f"with {self.mark}.",
            f"First at least {s} that end in a full stop, then at least {b} marked {self.mark}.",
        )

    def judge(self, view: View) -> Verdict:
        marked = [s for s in view.items if view.text[s[0]] == self.mark]
        first = marked[0][0] if marked else len(view.raw)
        apart = {s for s, _ in (*view.items, *view.numbered, *view.headings)}
        before = [s for s in view.sentences if s[0] < first and s[0] not in apart]
        flat = view.flat
        stopped = [s for s in before if flat[s[1] - 1] == "." or self._stopped(flat[s[0] : s[1]])]
        wrong: list[str] = []
        if len(stopped) < self.sentences:
            wrong.append(
                f"{len(stopped)} of {self.sentences} sentences with a full stop before the list"
            )
        if len(marked) < self.bullets:
            wrong.append(f"{len(marked)} of {self.bullets} bullet points with {self.mark}")
        evidence = marked[:1] if len(stopped) < self.sentences else marked[:EVIDENCE]
        return self.verdict(
            not wrong,
            observed={"sentences": len(stopped), "bullets": len(marked)},
            wanted=f"{_amount(self.sentences, 'sentence')}, then "
            f"{_amount(self.bullets, 'bullet point')} {self.mark}",
            reason=f"{' and '.join(wrong)}."
            if wrong
            else f"{_amount(len(stopped), 'sentence')}, then {_amount(len(marked), 'bullet point')}.",
            evidence=evidence,
        )

    def _stopped(self, sentence: str) -> bool:
        return sentence.rstrip("\"'”’»)]}*_ \t\r\n").endswith((".", "。", "।"))

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        draft = self._with(draft, self.bullets)
        missing = self.sentences - self._seen(draft)["sentences"]
        if missing > 0:
            opening = [s for s in points(missing, draft) if self._stopped(s)]
            draft = f"{' '.join(opening)}\n\n{draft}"
        return draft

    def _seen(self, draft: str) -> dict[str, int]:
        observed = self.check(draft).observed
        return observed if isinstance(observed, dict) else {}  # pyright: ignore[reportUnknownVariableType]

    def _with(self, draft: str, number: int) -> str:
        """The draft with at least so many items."""
        view = read_text(draft).masked
        marked = [s for s in view.items if draft[s[0]] == self.mark]
        missing = number - len(marked)
        if missing <= 0:
            return draft
        lines = "\n".join(f"{self.mark} {s}" for s in points(missing, draft))
        if marked:
            last = marked[-1][1]
            return f"{draft[:last]}\n{lines}{draft[last:]}"
        return f"{draft.rstrip()}\n\n{lines}"

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        marked = [s for s in read_text(draft).masked.items if draft[s[0]] == self.mark]
        for start, end in reversed(marked[self.bullets - 1 :]):
            draft = draft[:start] + draft[start + 1 : end].lstrip() + draft[end:]
        return draft
