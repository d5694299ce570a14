"""Rules about how many: the bounds that all of them share.

    WordCount(at_most=300).bounds()   -> (0, 300)
    WordCount(less_than=300).bounds() -> (0, 299)
    BulletCount(exactly=3).bounds()   -> (3, 3)

A subclass says what is counted (`tally`) and how to write a draft with just n of it (`with_count`).
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import Constraint
from bridle.constraints.verdict import Span, Verdict
from bridle.errors import ConstraintError
from bridle.text import View, once
from bridle.text.lettered import LetterWords

EVIDENCE = 100  # spans shown at most: enough to see, and constant per text


@dataclass(frozen=True, kw_only=True)
class Counted(Constraint):
    """A number of things between bounds. Give `exactly`, or a lower bound, an upper one, or both."""

    unit: ClassVar[tuple[str, str]]  # one, many

    at_least: int | None = None
    at_most: int | None = None
    more_than: int | None = None
    less_than: int | None = None
    exactly: int | None = None

    def validate(self) -> None:
        given = [p for p in _BOUNDS if getattr(self, p) is not None]
        for parameter in given:
            self.want_count(parameter, least=1 if parameter == "less_than" else 0)
        if not given:
            raise ConstraintError(
                f"{self.name} needs a number.",
                expected=f"one of {', '.join(_BOUNDS)}",
                hint=f"bridle list constraints {self.name}",
            )
        if len(given) > 1:
            self._agree(given)

    def _agree(self, given: list[str]) -> None:
        for pair in (("at_least", "more_than"), ("at_most", "less_than")):
            if all(p in given for p in pair):
                raise self.bad(pair[0], getattr(self, pair[0]), f"not together with {pair[1]}")
        if "exactly" in given:
            raise self.bad("exactly", self.exactly, "no other bound beside it")
        low, high = self.bounds()
        if high is not None and low > high:
            raise self.bad(given[0], getattr(self, given[0]), f"no contradiction: {given}")

    def bounds(self) -> tuple[int, int | None]:
        """Least and greatest number allowed, both inclusive; None: no upper bound."""
        if self.exactly is not None:
            return self.exactly, self.exactly
        low = self.at_least or 0
        if self.more_than is not None:
            low = self.more_than + 1
        high = self.at_most
        if self.less_than is not None:
            high = self.less_than - 1
        return low, high

    def amount(self) -> str:
        """The bounds in words: "at most 300 words"."""
        shown: list[str] = []
        value = 0
        for parameter in _BOUNDS:
            bound = getattr(self, parameter)
            if bound is not None:
                shown.append(f"{parameter.replace('_', ' ')} {bound}")
                value = bound
        return f"{' and '.join(shown)} {self.unit[0] if value == 1 else self.unit[1]}"

    @once
    def _amount(self) -> str:
        return self.amount()

    @abstractmethod
    def tally(self, view: View) -> list[Span] | tuple[Span, ...]:
        """Where the counted things stand."""

    @abstractmethod
    def with_count(self, draft: str, number: int) -> str:
        """The draft with just that number of them, as nearly as can be."""

    def judge(self, view: View) -> Verdict:
        high = self.bounds()[1]
        found = self.tally(view)
        number = len(found)
        # A length is made of all that there is: only what is too much can be pointed at.
        shown = found[:EVIDENCE] if self.family != "length" else ()
        if high is not None and number > high:
            shown = found[high : high + EVIDENCE]
        return self.told(number, shown)

    def holds(self, view: View) -> bool:
        if type(self).judge is not Counted.judge:  # it counts in its own way
            return super().holds(view)
        low, high = self.bounds()
        number = len(self.tally(view))
        return low <= number and (high is None or number <= high)

    def told(self, number: int, evidence: Sequence[Span]) -> Verdict:
        """The verdict on that number of them."""
        low, high = self.bounds()
        one, many = self.unit
        said = f"{number} {one if number == 1 else many}"
        if number < low:
            reason = f"{said}, {low - number} too few."
        elif high is not None and number > high:
            reason = f"{said}, {number - high} too many."
        else:
            reason = f"{said}."
        return self.verdict(
            low <= number and (high is None or number <= high),
            observed=number,
            wanted=self._amount,
            reason=reason,
            evidence=tuple(evidence),
        )

    def build(self, draft: str) -> str:
        verdict = self.check(draft)
        if verdict.obeyed:
            return draft
        low, high = self.bounds()
        number = int(str(verdict.observed))
        return self.with_count(draft, low if number < low or high is None else high)

    def violate(self, draft: str) -> str:
        low, high = self.bounds()
        if high is not None:
            return self.with_count(draft, high + 1)
        if low > 0:
            return self.with_count(draft, low - 1)
        raise ConstraintError(f"{self.name}: every text obeys {self.amount()!r}.")

    def forbids(self, part: str) -> Verdict | None:
        """A part that has too many makes every text have too many."""
        verdict = self.check(part)
        high = self.bounds()[1]
        too_many = high is not None and int(str(verdict.observed)) > high
        return verdict if too_many else None

    def same_count(self, other: Constraint) -> bool:
        """Whether the other counts the very same things."""
        return type(other) is type(self) and other.maths == self.maths

    def clashes(self, other: Constraint) -> str | None:
        if not isinstance(other, Counted) or not self.same_count(other):
            return None
        (low, high), (low2, high2) = self.bounds(), other.bounds()
        if (high is not None and low2 > high) or (high2 is not None and low > high2):
            return f"{self.amount()} and {other.amount()} leave no number."
        return None


_BOUNDS = ("exactly", "at_least", "more_than", "at_most", "less_than")


class CountedWords(Counted):
    """Words of a kind, told by their numbers among the words of the text."""

    @abstractmethod
    def places(self, words: LetterWords) -> list[int]:
        """The numbers of those that count, in rising order."""

    def tally(self, view: View) -> list[Span]:
        words = LetterWords(view)
        return words.spans(self.places(words))

    def judge(self, view: View) -> Verdict:
        """As for all that is counted, but only the words that are shown are looked for."""
        words = LetterWords(view)
        places = self.places(words)
        high = self.bounds()[1]
        first = high if high is not None and len(places) > high else 0
        return self.told(len(places), words.spans(places[first : first + EVIDENCE]))
