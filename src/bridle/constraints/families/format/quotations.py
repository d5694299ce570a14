"""What is quoted: an explanation after each quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from bridle.constraints.base import EDGE, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, unspaced
from bridle.text.quotes import abbreviates
from bridle.text.words import WORD

_QUOTE_MARK = re.compile('["“”„«»「」『』]')
_OPENING = {"“": "”", "«": "»", "„": '“”"', '"': '"', "「": "」", "『": "』", "»": "«", "”": "”“"}


@register
@dataclass(frozen=True, kw_only=True)
class QuoteThenExplanation(Constraint):
    """What stands in quotation marks is explained after them."""

    name = "quote_then_explanation"
    skill = "precision"
    of_prose = True
    stage = EDGE
    meaning = (
        "After each quotation (straight double marks in pairs within a paragraph, curly, angular, "
        "corners) with something in it stand at least two unquoted words before the next or the "
        "end; no quotation breaks nothing, nor does the mark of inches."
    )
    examples: ClassVar = (
        Example({}, '"Two and two" means that we add.', True),
        Example({}, "We add.", True, "nothing is quoted"),
        Example({}, "“Sum” is what we add, “four” what we get.", True),
        Example({}, 'We call it "the sum".', False, "nothing follows"),
        Example({}, '"Sum" and "four" are the words.', False, "one word is no explanation"),
        Example({}, "“Sum” “four” are the words.", False),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Every quoted phrase must be followed by an unquoted explanation.",
            "After each phrase in quotation marks explain it without quotation marks.",
            "Whatever you quote, follow it with an explanation that is not in quotation marks.",
        )

    def judge(self, view: View) -> Verdict:
        quotes = self._quotations(view)
        starts = _starts(view) if quotes else []
        wrong: list[Span] = []
        for (a, b), (after, _) in pairwise([*quotes, (len(view.raw), len(view.raw))]):
            if bisect_right(starts, after - 1) - bisect_right(starts, b - 1) < 2:
                wrong.append((a, b))
        number = len(wrong)
        return self.verdict(
            not wrong,
            observed={"quotations": len(quotes), "without": number},
            wanted="an unquoted explanation after every quotation",
            reason=f"{number} of {len(quotes)} {'quotation' if len(quotes) == 1 else 'quotations'} "
            f"{'has' if number == 1 else 'have'} no explanation after it."
            if wrong
            else "1 quotation, explained."
            if len(quotes) == 1
            else f"{len(quotes)} quotations, all explained."
            if quotes
            else "Nothing is quoted.",
            evidence=wrong[:EVIDENCE],
        )

    def _quotations(self, view: View) -> list[Span]:
        found: list[Span] = []
        for start, end in view.paragraphs:
            opened, closing, depth = -1, "", 0
            for match in _QUOTE_MARK.finditer(view.text, start, end):
                mark, at = match.group(), match.start()
                if mark == '"' and abbreviates(view.text, at):
                    continue
                if opened < 0:
                    if mark in _OPENING and _may_open(view.text, at):
                        opened, closing, depth = at, _OPENING[mark], 1
                elif mark in closing:
                    depth -= 1
                    if depth == 0:
                        if any(c.isalnum() or c == MASK for c in view.text[opened:at]):
                            found.append((opened, at + 1))
                        opened = -1
                elif mark == view.text[opened]:
                    depth += 1
        return found

    def build(self, draft: str) -> str:
        # Without its marks a phrase is no quotation; the words stay.
        verdict = self.check(draft)
        while not verdict.obeyed:
            for start, end in reversed(verdict.evidence):
                draft = f"{draft[:start]}{draft[start + 1 : end - 1]}{draft[end:]}"
            verdict = self.check(draft)
        return draft

    def violate(self, draft: str) -> str:
        return f'{self.build(draft).rstrip()} "Done."'


def _may_open(text: str, at: int) -> bool:
    """Whether a mark that may close as well (`"`, `»`, `”`) can begin a quotation here: not after a
    number, whose inches it is, and the last two not after a word nor before a blank."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] == '"':
        return not before.isdigit()
    return text[at] not in "»”" or not (before.isalnum() or after.isspace() or not after)


def _starts(view: View) -> list[int]:
    """Where words begin."""
    if unspaced(view.flat):
        return [start for start, _ in view.words]
    return [match.start() for match in WORD.finditer(view.flat)]
