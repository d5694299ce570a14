"""An answer out of a few options."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import ClassVar

from bridle.constraints.base import WRAP, Constraint, Example, Verdict, register
from bridle.constraints.matching import find_phrase
from bridle.constraints.prose import plan
from bridle.text import View


@register
@dataclass(frozen=True, kw_only=True)
class OneOf(Constraint):
    """The whole text is one of a few options."""

    name = "one_of"
    family = "data"
    stage = WRAP
    meaning = (
        "Emphasis, quotation marks, a final stop and white space aside, the text is one of the "
        "options, case exact; with `anywhere` it may stand among other words, and only one may."
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
        if self.anywhere:
            said = [o for o in self.options if any(self._exact(view, o))]
            longest = [o for o in said if not any(o != p and o in p for p in said)]
            spans = tuple(s for o in longest for s in find_phrase(view, o))[:100]
        else:
            text = _plain(view.raw)
            longest = [o for o in self.options if _plain(o) == text]
            spans = ()
        number = len(longest)
        return self.verdict(
            number == 1,
            observed=longest,
            wanted=f"one of {len(self.options)} options",
            reason=f"It is {longest[0]!r}."
            if number == 1
            else f"{number} of the options stand in it."
            if number
            else "It is none of the options.",
            evidence=spans,
        )

    def _exact(self, view: View, option: str) -> list[str]:
        want = _plain(option)
        return [option for s in find_phrase(view, option) if _plain(view.slice(s)) == want]

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


def _plain(text: str) -> str:
    """A text in one spelling, without emphasis, quotation marks, a final stop and white space."""
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(text.split()).strip("*_\"'“”`. ")


def _condensed(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c not in "*_\"'’“”`.").casefold()
