"""An answer out of a few options."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import ClassVar

from bridle.constraints.base import WRAP, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View
from bridle.text.fences import inside
from bridle.text.find import find_phrase
from bridle.text.invisible import SPACES, visible


@register
@dataclass(frozen=True, kw_only=True)
class OneOf(Constraint):
    """The whole text is one of a few options."""

    name = "one_of"
    skill = "precision"
    stage = WRAP
    meaning = (
        "The text is one of the options, case exact, or is it when emphasis and quotation marks "
        "around it, a final stop and white space are left out; with `anywhere` it may stand among "
        "other words, and only one may."
    )
    examples: ClassVar = (
        Example({"options": ["yes", "no", "maybe"]}, "maybe", True),
        Example({"options": ["My answer is yes."]}, "**My answer is yes.**", True),
        Example(
            {"options": ["I know", "I don't know"]}, "I don’t know.", True, "a curly apostrophe"
        ),
        Example({"options": ["yes", "no"]}, "yes, of course", False, "other words"),
        Example({"options": ["yes", "no"], "anywhere": True}, "I say no to it.", True),
        Example({"options": ["yes", "no"], "anywhere": True}, "yes and no", False, "both"),
        Example({"options": ["yes", "no"]}, "I know.", False),
    )

    options: tuple[str, ...]
    anywhere: bool = field(default=False)

    def validate(self) -> None:
        self.want_texts("options")

    def phrasings(self) -> tuple[str, ...]:
        listed = ", ".join(f"'{option}'" for option in self.options)
        return (
            f"Answer with one of the following options: {listed}.",
            f"Your answer must be exactly one of these: {listed}.",
            f"Choose one of {listed} and write it as your answer.",
        )

    def judge(self, view: View) -> Verdict:
        found, spans = self._among(view) if self.anywhere else (self._whole(view.raw), ())
        number = len(found)
        return self.verdict(
            number == 1,
            observed=found,
            wanted=f"one of {len(self.options)} options",
            reason=f"It is {found[0]!r}."
            if number == 1
            else f"{number} of the options stand in it."
            if number
            else "It is none of the options.",
            evidence=spans,
        )

    def _whole(self, raw: str) -> list[str]:
        """The option that the text is: as it stands, else the nearest with the marks left out."""
        start, end = inside(raw)
        text = _normal(raw[start:end])
        bare = _bare(text)
        same = [o for o in self.options if _normal(o) == text]
        same = same or [o for o in self.options if bare and _plain(o) == bare]
        return sorted(same, key=lambda o: (_normal(o) not in text, -len(o)))[:1]

    def _among(self, view: View) -> tuple[list[str], tuple[Span, ...]]:
        """The options in the text, where none stands inside another, and their places."""
        places = sorted(
            (start, -end, option)
            for option in self.options
            for start, end in find_phrase(view, option)
            if _plain(view.raw[start:end]) == _plain(option)
        )
        reach = 0
        found: dict[str, None] = {}
        spans: list[Span] = []
        for start, end, option in places:
            if -end > reach:
                reach = -end
                found[option] = None
                spans.append((start, -end))
        return list(found), tuple(spans[:EVIDENCE])

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        statement = plan().statement
        fit = next((o for o in self.options if not statement or statement in o), self.options[0])
        return f"{fit}\n{draft}" if self.anywhere else fit

    def forbids(self, part: str) -> Verdict | None:
        """Case, marks and white space aside, the part must stand in one of the options."""
        if self.anywhere or any(_condensed(part) in _condensed(o) for o in self.options):
            return None
        return self.check(part)

    def violate(self, draft: str) -> str:
        others = ("None of these.", "Neither.", "Something else.")
        return next((o for o in others if not self.check(o).obeyed), "?")


_MARKS = SPACES + "*_\"'“”„«»‘`「」『』"  # what may stand around the whole
_STOPS = ".。．"


def _normal(text: str) -> str:
    """A text in one spelling."""
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(visible(text).split())


def _plain(text: str) -> str:
    """A text in one spelling, without emphasis, quotation marks, a final stop and white space."""
    return _bare(_normal(text))


def _bare(text: str) -> str:
    return text.rstrip(_MARKS + _STOPS).lstrip(_MARKS)


def _condensed(text: str) -> str:
    kept = (c for c in text if not c.isspace() and c not in _MARKS and c not in "’" + _STOPS)
    return "".join(kept).casefold()
