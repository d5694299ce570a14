"""Markdown beyond lists: a table, levels of headings, a block of code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, cast

from bridle.constraints.base import SHAPE, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.choices import best
from bridle.constraints.drafts.prose import add_block, fillers
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View, read_text
from bridle.text.words import shows

_RULE_CELL = re.compile(r"\s*:?-+:?\s*")
_BAR = re.compile(r"\\.|\|")


def _cells(line: str) -> int:
    """How many cells a line of a table has; escaped bars part nothing."""
    line = line.strip().lstrip("> \t")  # in a quotation
    bars = [m.start() for m in _BAR.finditer(line) if m.group() == "|"]
    edges = (1 if bars and bars[0] == 0 else 0) + (
        1 if len(bars) > 1 and bars[-1] == len(line) - 1 else 0
    )
    return len(bars) + 1 - edges if bars else 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A Markdown table in a text: its rows below the heading, its columns, where it stands."""

    rows: int
    columns: int
    span: Span


def grids(view: View) -> list[Grid]:
    """Every table: a line of cells, a line of dashes with as many, and the lines with bars after."""
    lines = view.lines
    found: list[Grid] = []
    at = 1
    while at < len(lines):
        (a, b), (c, d) = lines[at - 1], lines[at]
        rule = view.text[c:d].strip().lstrip("> \t").strip("|")
        columns = _cells(view.text[a:b])
        parts = rule.split("|") if columns else []
        if len(parts) != columns or not columns or not all(map(_RULE_CELL.fullmatch, parts)):
            at += 1
            continue
        at += 1
        rows = 0
        while at < len(lines) and _cells(view.text[slice(*lines[at])]):
            rows += shows(view.text, *lines[at])  # a row of empty cells is none
            at += 1
        found.append(Grid(rows, columns, (a, lines[at - 1][1])))
        at += 1
    return found


@register
@dataclass(frozen=True, kw_only=True)
class Table(Constraint):
    """The text has a Markdown table of a given size."""

    name = "table"
    skill = "planning"
    stage = SHAPE
    meaning = (
        "A line of cells between `|`, a line of dashes with as many cells, and the rows below; one "
        "such table has rows and columns within the bounds, the heading being no row; not in code."
    )
    examples: ClassVar = (
        Example({}, "| n | n² |\n|---|---|\n| 2 | 4 |", True),
        Example({"columns": 2, "rows_at_least": 2}, "n | n²\n--|:-:\n2 | 4\n3 | 9", True),
        Example({"rows_at_most": 1}, "| n |\n|---|\n| 2 |\n| 3 |", False, "two rows"),
        Example({}, "| n | n² |\n| 2 | 4 |", False, "no line of dashes"),
        Example({}, "So:\n```\n| n |\n|---|\n| 2 |\n```", False, "code"),
        Example({"columns": 1}, "| $|x|$ |\n|---|\n| a \\| b |", True, "bars that part nothing"),
    )

    rows_at_least: int = 1
    rows_at_most: int | None = None
    columns: int | None = None

    def validate(self) -> None:
        self.want_count("rows_at_least")
        self.want_count("rows_at_most")
        self.want_count("columns", least=1)
        if self.rows_at_most is not None and self.rows_at_most < self.rows_at_least:
            raise self.bad("rows_at_most", self.rows_at_most, f"at least {self.rows_at_least}")

    def size(self) -> str:
        """The bounds in words: "2 columns and at least 3 rows"."""
        low, high = self.rows_at_least, self.rows_at_most
        rows = "row" if (low if high is None else high) == 1 else "rows"
        if high is None:
            said = f"at least {low} {rows}"
        elif high == low:
            said = f"exactly {low} {rows}"
        else:
            said = f"{low} to {high} {rows}"
        if self.columns is None:
            return said
        return f"{self.columns} {'column' if self.columns == 1 else 'columns'} and {said}"

    def phrasings(self) -> tuple[str, ...]:
        size = self.size()
        return (
            f"Include a Markdown table with {size} (the heading row not counted) in your answer.",
            f"Your answer must contain a table in Markdown: {size} below its heading.",
            f"Show the data in a Markdown table with a heading and {size}.",
        )

    def _fits(self, grid: Grid) -> bool:
        high = self.rows_at_most
        return (
            grid.rows >= self.rows_at_least
            and (high is None or grid.rows <= high)
            and (self.columns is None or grid.columns == self.columns)
        )

    def judge(self, view: View) -> Verdict:
        found = grids(view)
        fit = [g for g in found if self._fits(g)]
        shown = fit[0] if fit else found[0] if found else None
        reason = "There is no Markdown table."
        if shown:
            columns = "column" if shown.columns == 1 else "columns"
            rows = "row" if shown.rows == 1 else "rows"
            reason = f"A table of {shown.columns} {columns} and {shown.rows} {rows}."
        return self.verdict(
            bool(fit),
            observed=[[g.columns, g.rows] for g in found[:EVIDENCE]],
            wanted=f"a table with {self.size()}",
            reason=reason,
            evidence=[fit[0].span] if fit else [g.span for g in found[:EVIDENCE]],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        return add_block(draft, self._made(max(1, self.rows_at_least), draft))

    def _made(self, rows: int, draft: str) -> str:
        if self.rows_at_most == 0:
            rows = 0
        columns = self.columns or 2
        titles = ["Step", "Note", *(f"Part {i}" for i in range(3, columns + 1))][:columns]
        bank = list(fillers(draft)) or ["1"]
        lines = [titles, ["---"] * columns]
        for i in range(rows):
            sentence = bank[i % len(bank)].replace("|", "\\|")
            lines.append([*([str(i + 1)] if columns > 1 else []), sentence, *["–"] * (columns - 2)])
        return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        for grid in reversed(grids(read_text(draft).masked)):
            start, end = grid.span
            lines = draft[start:end].splitlines()
            del lines[1]  # without its line of dashes it is no table
            draft = draft[:start] + "\n".join(lines) + draft[end:]
        return draft


# What headings say; the later ones for rules about words and about the beginning.
_NAMES = (
    ("Solution", "Method", "First step", "Details", "Remarks", "Notes"),
    (
        "Read the question",
        "Take each part",
        "Add the parts",
        "Check the sum",
        "Note it",
        "See more",
    ),
    ("See it", "The sum", "So far", "The parts", "The end", "We add"),
    ("The ten men", "Ten beets", "The text", "Hence", "The end", "Yes"),
    ("First steps", "Next steps", "Simple things", "Results", "Thanks", "Extras"),
)


@register
@dataclass(frozen=True, kw_only=True)
class HeadingLevels(Constraint):
    """The text has headings of given levels, in an order that leaves none out."""

    name = "heading_levels"
    skill = "planning"
    stage = SHAPE
    meaning = (
        "Markdown headings (`#`, a line underlined with `=` is level 1) of every level given and of "
        "no other, the first of the highest, none more than one of these levels below the one before."
    )
    examples: ClassVar = (
        Example({"levels": [1, 2]}, "# Sum\n## Add\nIt is 4.\n## Check", True),
        Example({"levels": [1]}, "Sum\n===\nIt is 4.", True, "underlined"),
        Example({"levels": [1, 2]}, "## Add\n# Sum", False, "the lower one first"),
        Example({"levels": [1, 2]}, "# Sum\nIt is 4.", False, "level 2 is missing"),
        Example({"levels": [2]}, "## Sum\n### Add", False, "another level"),
        Example({"levels": [1, 2, 3]}, "# a\n### b\n## c", False, "a level is jumped over"),
    )

    levels: tuple[int, ...]

    def validate(self) -> None:
        given = cast("object", self.levels)
        levels = cast("tuple[int, ...]", given) if isinstance(given, tuple) else (given,)
        if not levels or any(type(n) is not int or not 1 <= n <= 6 for n in levels):
            raise self.bad("levels", levels, "one or more whole numbers from 1 to 6")
        object.__setattr__(self, "levels", tuple(sorted(set(cast("tuple[int, ...]", levels)))))

    def phrasings(self) -> tuple[str, ...]:
        marks = ", ".join("#" * n for n in self.levels)
        names = ", ".join(map(str, self.levels))
        one = len(self.levels) == 1
        level = f"level {names}" if one else f"levels {names}"
        return (
            f"Structure your answer with Markdown headings of {level} ({marks})"
            + (
                " and no other." if one else ", all of them and no other, skipping none on the way."
            ),
            f"Use Markdown headings: {marks} {'only' if one else 'in this nesting, each at least once'}.",
            f"Your answer must have headings of {level} in Markdown, no other level"
            + ("." if one else ", and go down one of these levels at a time."),
        )

    def judge(self, view: View) -> Verdict:
        found = [(self._level(view, s), s) for s in view.headings]
        wrong: list[Span] = []
        depth = -1
        for level, span in found:
            at = self.levels.index(level) if level in self.levels else -1
            if at < 0 or at > depth + 1:
                wrong.append(span)
            else:
                depth = at
        missing = [n for n in self.levels if n not in {level for level, _ in found}]
        if missing:
            reason = f"There is no heading of level {missing[0]}."
        elif wrong:
            number = len(wrong)
            reason = f"{number} {'heading is' if number == 1 else 'headings are'} of a wrong level."
        else:
            number = len(found)
            reason = f"{number} {'heading' if number == 1 else 'headings'} in order."
        return self.verdict(
            not wrong and not missing,
            observed=[level for level, _ in found[:EVIDENCE]],
            wanted=f"headings of level {', '.join(map(str, self.levels))}, nested in order",
            reason=reason,
            evidence=wrong[:EVIDENCE],
        )

    def _level(self, view: View, span: Span) -> int:
        title = view.text[span[0] : span[1]]
        return max(1, len(title) - len(title.lstrip("#")))

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        for start, end in reversed(read_text(draft).masked.headings):  # they become plain lines
            title = draft[start:end]
            if not title.startswith("#"):  # underlined: the line under it goes
                end = len(draft) - len(draft[end:].lstrip("\r\n").lstrip("="))
            draft = f"{draft[:start]}{title.lstrip('#').lstrip()}{draft[end:]}"
        below = (f"{self._headings(names)}\n\n{draft.strip()}" for names in _NAMES)
        first, _, rest = draft.strip().partition("\n")  # or after the first line of several
        after = (
            f"{first}\n\n{self._headings(names)}\n\n{rest.strip() or first}" for names in _NAMES
        )
        return best((*below, *after) if rest else below, self)

    def _headings(self, names: Sequence[str]) -> str:
        return "\n\n".join(f"{'#' * n} {names[i]}" for i, n in enumerate(self.levels))

    def violate(self, draft: str) -> str:
        other = next((n for n in (6, 5, 4, 3, 2, 1) if n not in self.levels), None)
        draft = self.build(draft)
        if other is not None:
            return f"{draft.rstrip()}\n\n{'#' * other} Remarks"
        start, end = read_text(draft).masked.headings[0]
        return draft[:start] + draft[end:].lstrip()
