"""Shape: bullets, highlights, sections."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import ClassVar

from bridle.constraints.base import SHAPE, Constraint
from bridle.constraints.counting import EVIDENCE, Counted
from bridle.constraints.drafts.prose import add, add_block, fillers, fitted, plan, tidy
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import Span, View, is_unspaced, read_text
from bridle.text.find import spelled


@register
@dataclass(frozen=True, kw_only=True)
class Bullets(Counted):
    """How many bullet points the text has."""

    name = "bullets"
    skill = "planning"
    stage = SHAPE
    unit = ("bullet point", "bullet points")
    meaning = (
        "A bullet point is a Markdown list item (`-`, `*`, `+`, `•`) outside code and maths; "
        "rules (`---`), negative numbers and numbered items are none."
    )
    examples: ClassVar = (
        Example({"exactly": 2}, "Steps:\n* Add.\n* Stop.", True),
        Example({"exactly": 3}, "- a\n+ b\n• c", True, "every mark of Markdown, and the dot"),
        Example({"exactly": 0}, "-3 is the root.", True, "a negative number"),
        Example({"exactly": 1}, "---\n- a\n* * *", True, "rules are no items"),
        Example({"exactly": 1}, "```\n- a\n```\nDone.", False, "code is no list"),
        Example({"exactly": 2}, "- a\n- b\n  - c", False, "an inner item counts"),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Your answer must contain {amount}. Use markdown bullet points such as:\n"
            "* This is a point.",
            f"Write {amount} in markdown, each on its own line beginning with an asterisk.",
            f"Use {amount} (markdown) in your answer.",
        )

    def tally(self, view: View) -> tuple[Span, ...]:
        return view.items

    def with_count(self, draft: str, number: int) -> str:
        items = read_text(draft).masked.items
        for start, end in reversed(items[number:]):
            draft = draft[:start] + draft[start:end].lstrip("-*+• \t") + draft[end:]
        missing = number - len(items)
        if missing <= 0:
            return draft
        lines = [f"* {s}" for s in _points(draft, missing)]
        if items:  # beside those that are there
            last = items[-1][1]
            return draft[:last] + "\n" + "\n".join(lines) + draft[last:]
        return add_block(draft, "\n".join(lines))


def _points(draft: str, number: int) -> list[str]:
    """That many short sentences."""
    found: list[str] = []
    while len(found) < number:
        more = list(fillers(draft))
        if plan().terse or not more:
            more = [s for s in sorted(more, key=len)[:3] if s] or ["1"]
        found += more[: number - len(found)]
    return found


@register
@dataclass(frozen=True, kw_only=True)
class Highlights(Counted):
    """How many stretches are emphasised."""

    name = "highlights"
    skill = "planning"
    stage = SHAPE
    unit = ("highlighted section", "highlighted sections")
    meaning = (
        "A highlight is a Markdown emphasis, `*x*`, `_x_`, `**x**` or `***x***`, each once; "
        "products (`3 * 4 * 5`), list marks and code are none."
    )
    examples: ClassVar = (
        Example({"at_least": 2}, "The *sum* and the **total**.", True),
        Example({"at_least": 1}, "It is _important_.", True, "underscores emphasise too"),
        Example({"at_least": 1}, "3 * 4 * 5 = 60", False, "a product"),
        Example({"at_least": 2}, "Only **one** here.", False, "bold counts once"),
        Example({"at_least": 1}, "* a\n* b", False, "list marks"),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Highlight {amount} in your answer with markdown, i.e. *highlighted section*.".replace(
                "highlighted sections in", "sections in"
            ).replace("highlighted section in", "section in"),
            f"Your answer must have {amount}, marked with asterisks like *this*.",
            f"Emphasise parts of your answer with markdown (*like this*): {amount}.",
        )

    def tally(self, view: View) -> tuple[Span, ...]:
        return view.emphasis

    def with_count(self, draft: str, number: int) -> str:
        found = read_text(draft).masked.emphasis
        for start, end in reversed(found[number:]):
            draft = draft[:start] + draft[start:end].strip("*_") + draft[end:]
        missing = number - len(found)
        if missing <= 0:
            return draft
        if plan().terse:
            return add(draft, [f"*{s}*" for s in _points(draft, missing)])
        return add(draft, [_emphasised(s) for s in _points(draft, missing)])


def _emphasised(sentence: str) -> str:
    """The sentence with its last words emphasised."""
    words = read_text(sentence).masked.words
    if len(words) < 3:
        return f"*{sentence}*"
    start, end = words[-2][0], words[-1][1]
    return f"{sentence[:start]}*{sentence[start:end]}*{sentence[end:]}"


def _is_said(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char) in ("So", "Sm")


_MOST = 1_000  # sections: all of their labels are compared
_BOLD = r"(?:\*{1,3}|_{1,3})?"
_MARK = rf"[ \t]*(?:[\"“”„«»][ \t\u00a0\u202f]*)?(?:#{{1,6}}[ \t]+)?{_BOLD}[\"“\[]?"
# After the number: no more of it, then the end, what parts a title from it, or a pictograph.
_WHOLE = r"(?![^\W_]|[,._–-]\d)"
_AFTER = (
    rf"{_WHOLE}"
    r"(?=\s*(?:[*_:：.)(\]\-–—|#\"”\u2600-\u27bf\U0001f300-\U0001faff]|$))"
)
# A heading, or a line all in bold: there a title may follow with a blank alone.
_OWN_LINE = re.compile(r"[ ]{0,3}(?:#{1,6}[ \t]|\*\*(?=[^*\n]*\*\*\Z)|__(?=[^_\n]*__\Z))")


@register
@dataclass(frozen=True, kw_only=True)
class Sections(Constraint):
    """The text has so many sections, each under its label and number."""

    name = "sections"
    skill = "planning"
    stage = SHAPE
    meaning = (
        "A section begins with a line of its label and number (`SECTION 1`, also as a heading, in "
        "bold, with a title after `:`, `.`, a dash or in brackets, in a heading or a line all in "
        "bold after a blank too); just so many, numbered from 1 in order, each with something in it "
        "or in its title."
    )
    examples: ClassVar = (
        Example({"number": 2}, "SECTION 1\nWe add.\nSECTION 2\nIt is 4.", True),
        Example({"number": 1, "label": "Section"}, "## Section 1: Sum\nIt is 4.", True),
        Example(
            {"number": 2},
            "SECTION 1\na\nSECTION 2\nb\nSECTION 3\nc\nSECTION 4\nd\nSECTION 5\ne",
            False,
            "five are not two",
        ),
        Example({"number": 1}, "**SECTION 1 (the sum)**\nIt is 4.", True),
        Example({"number": 1}, "As SECTION 1 of the law says, no.", False, "not a line"),
        Example({"number": 2}, "SECTION 2\na\nSECTION 1\nb", False, "out of order"),
        Example({"number": 1}, "Section 1\na", False, "the label's own case"),
    )

    number: int
    label: str = "SECTION"

    def validate(self) -> None:
        self.want_count("number", least=1)
        if self.number > _MOST:
            raise self.bad("number", self.number, f"at most {_MOST}")
        self.want_text("label")
        if set(self.label) & set("`$"):
            raise self.bad("label", self.label, "no mark that opens code or maths")
        object.__setattr__(self, "label", " ".join(self.label.split()))

    def phrasings(self) -> tuple[str, ...]:
        one, n = self.label, self.number
        count = f"{n} {'section' if n == 1 else 'sections'}"
        return (
            f"Your response must have {count}. Mark the beginning of each section with {one} X, "
            f"such as:\n{one} 1\n[content of section 1]",
            f"Divide your answer into {count}, each under a line {one} 1, {one} 2 and so on.",
            f"Write {count}; begin each with a line that says {one} and its number.",
        )

    def judge(self, view: View) -> Verdict:
        found = self._marks(view)
        numbers = [number for number, _ in found]
        right = list(range(1, self.number + 1))
        empty = self._empty(view, found) if numbers == right else None
        obeyed = numbers == right and empty is None
        if empty is not None:
            reason = f"Section {empty} has nothing in it."
        elif obeyed:
            reason = f"{self.number} in order."
        elif len(numbers) != self.number:
            reason = f"{len(numbers)} {'section' if len(numbers) == 1 else 'sections'} in place of "
            reason += f"{self.number}."
        else:
            reason = f"Numbered {', '.join(map(str, numbers))}."
        return self.verdict(
            obeyed,
            observed=numbers[:EVIDENCE],
            wanted=f"{self.label} 1 to {self.number}" if self.number > 1 else f"{self.label} 1",
            reason=reason,
            evidence=tuple(span for _, span in found[:EVIDENCE]),
        )

    def _empty(self, view: View, found: list[tuple[int, Span]]) -> int | None:
        """The number of the first section with no letter, digit or symbol but its label's."""
        ends = [*(span[0] for _, span in found[1:]), len(view.raw)]
        for (number, (start, _)), end in zip(found, ends, strict=True):
            own = sum(map(_is_said, f"{self.label}{number}"))
            if next(islice(filter(_is_said, view.raw[start:end]), own, None), None) is None:
                return number
        return None

    def _marks(self, view: View) -> list[tuple[int, Span]]:
        gap = r"\s*" if is_unspaced(self.label[-1]) else r"\s+"
        label = rf"{_MARK}{spelled(self.label)}{_BOLD}{gap}(\d{{1,6}})"
        pattern, titled = re.compile(label + _AFTER), re.compile(rf"{label}{_WHOLE}")
        found: list[tuple[int, Span]] = []
        for start, end in view.lines:
            match = pattern.match(view.text, start, end)
            if match is None and _OWN_LINE.match(view.text, start, end):
                match = titled.match(view.text, start, end)
            if match:
                found.append((int(match.group(1)), (start, end)))
        return found

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        said = draft if any(map(_is_said, draft)) else plan().statement or "Yes."
        return self._with(said, self.number)

    def violate(self, draft: str) -> str:
        return self._with(draft, self.number + 1)

    def _with(self, draft: str, number: int) -> str:
        for _, (start, end) in reversed(self._marks(read_text(draft).masked)):
            draft = draft[:start] + draft[end:]
        draft = tidy(draft)
        points = iter(_points(draft, max(0, number - 1)))
        chunks = draft.split("\n\n") if "\n\n" in draft else _by_sentence(draft)
        while len(chunks) < number:
            chunks.insert(max(0, len(chunks) - 1), fitted(next(points, "")) or "1")
        last = (
            "\n\n".join(chunks[number - 1 :]) if "\n\n" in draft else " ".join(chunks[number - 1 :])
        )
        chunks = [*chunks[: number - 1], last]
        return "\n\n".join(f"{self.label} {i}\n{chunk}" for i, chunk in enumerate(chunks, start=1))

    def requires(self) -> tuple[Piece, ...]:
        return (Piece("\n".join(f"{self.label} {i}" for i in range(1, self.number + 1))),)

    def clashes(self, other: Constraint) -> str | None:
        if not isinstance(other, Sections) or other.label != self.label:
            return None
        if other.number == self.number:
            return None
        return f"{self.number} and {other.number} sections of one label."


def _by_sentence(draft: str) -> list[str]:
    spans = read_text(draft).masked.sentences
    starts = [0, *(s for s, _ in spans[1:]), len(draft)]
    return [draft[a:b].strip() for a, b in pairwise(starts)]
