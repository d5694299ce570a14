"""Where words and lines stand: one word a line, stairs, a thesis first."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import compress, islice, pairwise
from typing import ClassVar

from bridle.constraints.base import EDGE, WRAP, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.choices import best
from bridle.constraints.drafts.prose import fillers
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, read_text
from bridle.text.stretches import Stretches


def _own_lines(view: View) -> list[Span]:
    """The lines with a text, a formula or block of code over several lines as one."""
    inside = view.hidden
    starts = [a for a, _ in inside]
    found: list[Span] = []
    for start, end in view.lines:
        i = bisect_right(starts, start - 1) - 1
        if i >= 0 and inside[i][0] < start < inside[i][1]:
            if found:
                found[-1] = (found[-1][0], max(found[-1][1], end))
        elif start < end:
            found.append((start, end))
    return found


def _unfenced(view: View) -> tuple[View, int]:
    """The inside of a fence of code that is around all of the text, and where it begins."""
    raw = view.raw
    fenced = len(view.hidden) == 1 and raw.lstrip()[:3] in ("```", "~~~")
    if not fenced or len(_own_lines(view)) != 1:
        return view, 0
    kept = read_text(raw).kept
    lines = [line for line in kept.lines if kept.slice(line).strip()]  # blank ones may precede it
    if len(lines) < 3:
        return view, 0
    start, end = kept.lines[kept.lines.index(lines[0]) + 1][0], lines[-1][0]
    return read_text(raw[start:end]).kept, start


@register
@dataclass(frozen=True, kw_only=True)
class WordPerLine(Constraint):
    """Each word stands on a line of its own."""

    name = "word_per_line"
    skill = "precision"
    of_prose = True
    stage = WRAP
    meaning = (
        "No line holds more than one word; a formula or stretch of code is a word, but one fence of "
        "code around all counts as not there; blank lines and marks that are no words are free; a "
        "text without words is undetermined."
    )
    examples: ClassVar = (
        Example({}, "It\nis\n4.", True),
        Example({}, "- It\n\n- is\n$2 + 2$", True, "blank lines, marks; a formula is one word"),
        Example({}, "It is\n4.", False),
        Example({}, "```\nIt is\n4.\n```", False, "the fence is not there"),
        Example({}, "We add.", False),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Write each word on a new line.",
            "Put every word of your answer on a line of its own.",
            "Begin a new line after each word; no line may hold two words.",
        )

    def judge(self, view: View) -> Verdict:
        view, shift = _unfenced(view)
        lines = Stretches(view, view.lines)
        sizes = lines.sizes()
        words, second = sum(sizes), sum(size - 1 for size in sizes if size > 1)
        full = islice(compress(view.lines, (size > 1 for size in sizes)), EVIDENCE)
        return self.verdict(
            None if not words else not second,
            observed=second,
            wanted="one word a line",
            reason="There are no words in the text."
            if not words
            else f"{second} of {words} words {'stands' if second == 1 else 'stand'} "
            "on the line of another."
            if second
            else f"{words} words, each on its own line.",
            evidence=[(a + shift, b + shift) for line in full for a, b in lines.words(line)[1:]][
                :EVIDENCE
            ],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        draft = _unfenced(read_text(draft).masked)[0].raw
        words = read_text(draft).masked.words or ((0, 0),)
        if not draft.strip():
            return "Done."
        edges = [0, *(s for s, _ in words[1:]), len(draft)]
        return "\n".join(draft[a:b].strip() for a, b in pairwise(edges))

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        words = read_text(draft).masked.words
        if len(words) < 2:
            return f"{draft.rstrip()} indeed"
        return f"{draft[: words[1][0]].rstrip()} {draft[words[1][0] :]}"

    def forbids(self, part: str) -> Verdict | None:
        """Two words on one line of the part are two on one line of every text with it."""
        lines = (self.check(line) for line in part.splitlines())
        return next((verdict for verdict in lines if verdict.obeyed is False), None)


@register
@dataclass(frozen=True, kw_only=True)
class IndentationStairs(Constraint):
    """Every line is indented further than the one before."""

    name = "indentation_stairs"
    skill = "planning"
    stage = WRAP
    meaning = (
        "There are at least two lines with a text, and each begins in a later column than the one "
        "before (a tab goes to the next fourth); blank lines and the inside of formulas are free."
    )
    examples: ClassVar = (
        Example({}, "We add.\n We stop.\n  It is 4.", True),
        Example({}, "  We add.\n\n\tIt is 4.", True, "a tab; a blank line"),
        Example({}, "```\nWe add.\n  It is 4.\n```", True, "a fence around all, to keep blanks"),
        Example({}, "We add.\n  We stop.\n  It is 4.", False, "the last is no step"),
        Example({}, "We add. It is 4.", False, "one line is no stairs"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Create stairs by incrementally indenting each new line.",
            "Indent every line further than the line before it; write at least two lines.",
            "Let your lines form stairs: each begins further to the right than the last.",
        )

    def judge(self, view: View) -> Verdict:
        lines = self._lines(view)
        columns = [self._column(view, span) for span in lines]
        wrong = [s for (a, b), s in zip(pairwise(columns), lines[1:], strict=True) if b <= a]
        enough = len(lines) > 1
        if not enough:
            reason = "There is one line." if lines else "There is no line."
        elif wrong:
            number = len(wrong)
            reason = f"{number} {'line is' if number == 1 else 'lines are'} not indented further."
        else:
            reason = f"{len(lines)} lines, each further in."
        return self.verdict(
            enough and not wrong,
            observed=columns[:EVIDENCE],
            wanted="each line indented further than the one before",
            reason=reason,
            evidence=wrong[:EVIDENCE] if enough else lines,
        )

    def _lines(self, view: View) -> list[Span]:
        """The lines; those inside, where one fence of code, which keeps blanks, is around all."""
        inner, shift = _unfenced(view)
        return [(a + shift, b + shift) for a, b in _own_lines(inner)]

    def _column(self, view: View, span: Span) -> int:
        line = view.raw[span[0] : span[1]]
        return len(line[: len(line) - len(line.lstrip())].expandtabs(4))

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        view = read_text(draft).masked
        spans = _own_lines(view)
        if len(spans) < 2:
            spans = list(view.sentences)
        lines = [draft[a:b].strip() for a, b in spans]
        while len(lines) < 2:
            lines.insert(0, next(iter(fillers(draft)), "1"))
        return "\n".join(f"{'  ' * i}{line}" for i, line in enumerate(lines))

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        start, end = self._lines(read_text(draft).masked)[-1]
        return f"{draft[:start]}{draft[start:end].lstrip()}{draft[end:]}"


_WAYS = (("i", " "), ("i", "\n"), ("em", " "), ("em", "\n"))  # the tag, what follows it
_TAG = re.compile(r"(?<!<)<[/!]?[A-Za-z][^<>]*>(?!>)")  # not of `<<A title>>`
_BEFORE_THESIS = re.compile(r"(?:[\s>*+•-]|<(?!/?(?:i|em)\b)[^<>]*>)*", re.IGNORECASE)
_ITALICS = re.compile(r"<(i|em)(?:\s[^<>]*)?>", re.IGNORECASE)
_BOLD_LINE = re.compile(r"[ \t]*(?:\*\*|__)[^*_]{1,200}(?:\*\*|__):?[ \t]*")
_HTML_HEADING = re.compile(r"<h[1-6](?:\s[^<>]*)?>.*?(?:</h[1-6]>|\Z)", re.IGNORECASE)
# "Section 2: The sum", on a line of its own or with the thesis after it.
_LABEL = re.compile(
    r"[ \t]*(?:section|part|chapter)[ \t]+(?:[0-9]{1,3}|[ivx]{1,5}|[a-z])"
    r"(?:[ \t]*[:.–—-][^.!?<]{0,80})?[ \t]*(?=\Z|<(?:i|em)[\s>])",
    re.IGNORECASE,
)
_RULE = re.compile("-{3,}")
_TITLE = re.compile(r"[^<]{0,79}[^<.!?:]")


@register
@dataclass(frozen=True, kw_only=True)
class ThesisItalics(Constraint):
    """Each section begins with a thesis in HTML italics."""

    name = "thesis_italics"
    skill = "precision"
    stage = EDGE
    meaning = (
        "Sections are what stands between headings (Markdown, `<h1>`, a line all in bold, a line "
        "`Section 2: …`), or the whole text; each begins, other tags aside, with `<i>…</i>` or "
        "`<em>…</em>` with words in it, and text follows."
    )
    examples: ClassVar = (
        Example({}, "<i>It is four.</i> We add two and two.", True),
        Example({}, "# Sum\n<em>We add.</em>\nIt is 4.\n# Check\n<i>It fits.</i> See.", True),
        Example({}, "<i>It is four.</i>", False, "nothing follows"),
        Example({}, "*It is four.* We add.", False, "Markdown, not HTML"),
        Example({}, "# Sum\n<i>We add.</i> So.\n# Check\nIt fits.", False, "the second has none"),
        Example({}, "We add. <i>It is four.</i> So.", False, "not at the beginning"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Each section must begin with a thesis statement in italics, use HTML to indicate the "
            "italics.",
            "Begin every section with its thesis between <i> and </i>, and then explain it.",
            "Open each section of your answer with a thesis in HTML italics (<i>…</i>), followed "
            "by text.",
        )

    def judge(self, view: View) -> Verdict:
        sections = self._sections(view)
        wrong = [s for s in sections if not self._opens(view, s)]
        number = len(wrong)
        return self.verdict(
            bool(sections) and not wrong,
            observed={"sections": len(sections), "without": number},
            wanted="a thesis in HTML italics at the beginning of each section",
            reason="There is no text."
            if not sections
            else f"{number} of {len(sections)} {'section' if len(sections) == 1 else 'sections'} "
            f"{'does' if number == 1 else 'do'} not begin with a thesis that text follows."
            if wrong
            else f"All {len(sections)} begin with one.",
            evidence=[(a, min(b, a + 80)) for a, b in wrong[:EVIDENCE]],
        )

    def _sections(self, view: View) -> list[Span]:
        headings = {start for start, _ in view.headings}
        edges: list[Span] = [(0, 0)]
        before = above = ""  # the two lines above
        at = 0
        for start, end in view.lines:
            line = view.text[start:end]
            first = start + len(line) - len(line.lstrip())
            if first in headings or _BOLD_LINE.fullmatch(line):
                edges.append((start, end))
            elif label := _LABEL.match(line):
                edges.append((start, start + label.end()))
            elif "<" in line:
                heads = _HTML_HEADING.finditer(line)
                edges += [(start + head.start(), start + head.end()) for head in heads]
            elif line and not line.strip("="):  # the line under a heading
                edges[-1] = (edges[-1][0], end)
            elif (  # `---` under a short line
                _RULE.fullmatch(line)
                and not before
                and _TITLE.fullmatch(above)
                and edges[-1][1] <= at
            ):
                edges.append((at, end))
            before, above, at = above, line, start
        found: list[Span] = []
        for (_, start), (end, _) in pairwise([*edges, (len(view.raw), len(view.raw))]):
            piece = view.text[start:end]
            if _has_text(_TAG.sub("", piece)):
                first = start + len(piece) - len(piece.lstrip())
                found.append((first, start + len(piece.rstrip())))
        return found

    def _opens(self, view: View, section: Span) -> bool:
        start, end = section
        before = _BEFORE_THESIS.match(view.text, start, end)
        tag = _ITALICS.match(view.text, before.end() if before else start, end)
        if tag is None:
            return False
        piece = view.text[tag.end() : end]
        close = re.search(rf"</{tag.group(1)}>", piece, re.IGNORECASE)
        if close is None:
            return False
        thesis, rest = piece[: close.start()], _TAG.sub("", piece[close.end() :])
        return _has_text(thesis) and _has_text(rest)

    def build(self, draft: str) -> str:
        verdict = self.check(draft)
        if verdict.obeyed:
            return draft
        view = read_text(draft).masked
        wrong = [s for s in self._sections(view) if not self._opens(view, s)]
        bank = list(fillers(draft)) or ["1"]
        if not wrong:
            return f"<i>{bank[0]}</i> {next(iter(fillers()), '1')}"
        return best((self._led(draft, wrong, bank, *way) for way in _WAYS), self)

    def _led(self, draft: str, sections: list[Span], bank: list[str], tag: str, gap: str) -> str:
        """The draft with a thesis at the beginning of these sections."""
        for i, (start, _) in reversed(list(enumerate(sections))):
            piece = draft[start:]
            # A list or a heading keeps the beginning of its line.
            apart = "\n" if piece[:1] in "#-*+•>" else gap
            thesis = f"<{tag}>{bank[i % len(bank)]}</{tag}>"
            draft = f"{draft[:start]}{thesis}{apart}{piece}"
        return draft

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        start = self._sections(read_text(draft).masked)[0][0]
        opening = _ITALICS.search(draft, start)
        at = opening.start() if opening else start
        return f"{draft[:at]}First: {draft[at:]}"


def _has_text(piece: str) -> bool:
    return any(c.isalnum() or c == MASK for c in piece)
