"""Which marks: no comma."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CASE, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import anchor, each_prose
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import View

# Full-width, small, vertical and other scripts' commas; a low quotation mark that opens nothing is one.
_WIDE = "，、､﹐﹑︐︑⸲⸴⹁⹌⹎՝߸᠂᠈꓾꘍꛵"
_COMMA = re.compile(
    rf"[,{_WIDE}،፣](?<!\\.)|‚(?!\w)"
)  # a search that begins with its characters can skip
_ASCII = re.compile(r",(?<!\\.)")  # one character is found sooner than one of many
_PAUSE = re.compile(rf"(?<!\\)[{_WIDE}،፣]|(?<!\\),(?=\s)")
_INSIDE = re.compile(r"(?<!\\),")


@register
@dataclass(frozen=True, kw_only=True)
class NoComma(Constraint):
    """No comma of any script stands in the prose."""

    name = "no_comma"
    skill = "precision"
    stage = CASE
    meaning = (
        "None of `,` `，` `、` `､` `،` `፣` stands in prose; commas in maths and code, and `\\,`, are "
        "free."
    )
    examples: ClassVar = (
        Example({}, "First we add. Then we stop.", True),
        Example({}, "The pair is $(1,\\,2)$.", True, "commas in maths are free"),
        Example({}, "First, we add.", False),
        Example({}, "先加，再减。", False, "a full-width comma is a comma"),
        Example({}, "It costs 1,000 dollars.", False),
        Example({}, "a\\,b", True, "a LaTeX space is no comma"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Do not use any commas in your response.",
            "In your entire response, refrain from the use of any commas.",
            "Your answer must be free of commas.",
            "Write without commas.",
        )

    def judge(self, view: View) -> Verdict:
        commas = _ASCII if view.text.isascii() else _COMMA
        found = [m.span() for m in commas.finditer(view.text)]
        number = len(found)
        return self.verdict(
            not found,
            observed=number,
            wanted="no comma",
            reason=f"{number} {'comma' if number == 1 else 'commas'}." if number else "No comma.",
            evidence=found[:EVIDENCE],
        )

    def holds(self, view: View) -> bool:
        return _COMMA.search(view.text) is None

    def build(self, draft: str) -> str:
        return each_prose(draft, _free)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        space = draft.find(" ", anchor(draft))
        at = space if space > 0 and draft[space - 1].isalnum() else -1
        return f"{draft[:at]},{draft[at:]}" if at > 0 else f"{draft.rstrip()},"

    def fit(self, sentence: str) -> str | None:
        return self.build(sentence)

    def forbids(self, part: str) -> Verdict | None:
        verdict = self.check(part)
        return None if verdict.obeyed else verdict


def _free(prose: str) -> str:
    """A pause becomes a space, a comma inside a number or word goes."""
    prose = re.sub(rf"(?<!\\)[{_WIDE}](?=\S)", " ", prose)
    return _INSIDE.sub("", _PAUSE.sub("", prose))
