"""How much of the text a reference has: shared runs of three characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from bridle.constraints.base import SHAPE, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import fillers, fitted
from bridle.constraints.drafts.rebuilt import stated
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.errors import ConstraintError
from bridle.text import Span, View

_LOOKED_AT = 200_000  # characters that evidence is looked for in,
_SHOWN = 1_000  # and so many from the first on that is found
_LONGEST = 4000  # characters of a reference that a draft takes over at most


# A character as a trigram has it: white space is one, a letter is one with its accents.
_CHARACTER = re.compile(r"\s+|\S[\u0300-\u036f]*")


def _normal(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def trigrams(text: str) -> set[str]:
    """The distinct runs of three characters."""
    return set(map("".join, set(zip(text, text[1:], text[2:], strict=False))))


@register
@dataclass(frozen=True, kw_only=True)
class TrigramOverlap(Constraint):
    """A share of the text's trigrams stands in a reference too."""

    name = "trigram_overlap"
    skill = "planning"
    stage = SHAPE
    meaning = (
        "Of the text's distinct runs of three characters (white space as one blank, case as "
        "written, maths and code included) `percentage` per cent, give or take `tolerance`, stand "
        "in the reference; a text of fewer than three characters is undetermined."
    )
    examples: ClassVar = (
        Example({"reference": "We add two and two.", "percentage": 100}, "We add two.", True),
        Example(
            {"reference": "abcdef", "percentage": 50, "tolerance": 9},
            "abcdxy",
            True,
            "abc bcd; cdx dxy",
        ),
        Example(
            {"reference": "abcdef", "percentage": 50, "tolerance": 9}, "abc", False, "all of it"
        ),
        Example({"reference": "We add two and two.", "percentage": 98}, "WE ADD.", False, "case"),
        Example({"reference": "abcdef", "percentage": 60, "tolerance": 5}, "abcdxy", False),
        Example({"reference": "We add two and two.", "percentage": 30}, "ok", None, "too short"),
    )

    reference: str
    percentage: float
    tolerance: float = 2

    def validate(self) -> None:
        self.want_text("reference", most=None)
        if len(_normal(self.reference)) < 3:
            raise self.bad("reference", self.reference, "at least three characters")
        for parameter in ("percentage", "tolerance"):
            value: object = getattr(self, parameter)
            if (
                isinstance(value, bool)
                or not isinstance(value, int | float)
                or not 0 <= value <= 100
            ):
                raise self.bad(parameter, value, "a number from 0 to 100")

    def phrasings(self) -> tuple[str, ...]:
        said = f"{self.percentage:g}% (±{self.tolerance:g}%)"
        return (
            f"Maintain a trigram overlap of {said} with the provided reference text (runs of three "
            f"characters):\n{self.reference}",
            f"Of the different three-character runs of your answer {said} must also stand in this "
            f"text:\n{self.reference}",
            f"Write so that {said} of your answer's distinct character trigrams are found in the "
            f"following reference:\n{self.reference}",
        )

    def share(self, text: str) -> float | None:
        """The share in per cent, or None for a text too short to have one."""
        mine = trigrams(_normal(text))
        return 100 * len(mine & trigrams(_normal(self.reference))) / len(mine) if mine else None

    def _off(self, share: float) -> float:
        return abs(share - self.percentage) - self.tolerance

    def judge(self, view: View) -> Verdict:
        share = self.share(view.raw)
        wanted = f"{self.percentage:g} ± {self.tolerance:g} % of the trigrams"
        if share is None:
            return self.verdict(
                None, observed=None, wanted=wanted, reason="There are no three characters."
            )
        obeyed = self._off(share) <= 1e-9
        return self.verdict(
            obeyed,
            observed=round(share, 2),
            wanted=wanted,
            reason=f"{share:.2f} % of the trigrams stand in the reference.",
            evidence=() if obeyed else self._shown(view.raw, share > self.percentage),
        )

    def _shown(self, raw: str, shared: bool) -> list[Span]:
        """Runs at the beginning that are in the reference where they are too many, that are not
        where too few."""
        theirs = trigrams(_normal(self.reference))
        found: list[Span] = []
        end = min(len(raw.rstrip()), _LOOKED_AT)
        one = two = ("", 0)  # the two characters before, and where they begin
        for match in _CHARACTER.finditer(raw, len(raw) - len(raw.lstrip()), end):
            char = match.group()
            char = " " if char.isspace() else unicodedata.normalize("NFC", char)
            start, last = one[1], match.end()
            run = f"{one[0]}{two[0]}{char}"
            one, two = two, (char, match.start())
            if len(run) < 3 or (run in theirs) != shared:
                continue
            if found and start <= found[-1][1]:
                found[-1] = (found[-1][0], last)
            elif len(found) == EVIDENCE:
                break
            else:
                found.append((start, last))
            if last > found[0][0] + _SHOWN:
                break
        return found

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        share = self.share(draft)
        best, off = draft, self._off(share) if share is not None else 100
        for text in chain(self._tries(draft), self._bare(draft)):
            share = self.share(text)
            if share is not None and self._off(share) < off:
                best, off = text, self._off(share)
            if off <= 1e-9:
                break
        return best

    def _tries(self, draft: str) -> Iterator[str]:
        """The draft after more and more of the reference, diluted by other sentences; in capitals
        they share next to nothing with a text in small letters."""
        theirs = trigrams(_normal(self.reference))
        words = _normal(self.reference)[:_LONGEST].split()
        words = [w for w in words if fitted(w, needed=True) == w] or words
        sentences = list(fillers(draft))
        for bank in (sentences, [s.upper() for s in sentences]):
            for number in range(len(bank) + 1):
                tail = " ".join([*bank[:number], draft]).strip()
                seen = trigrams(_normal(tail))
                common = len(seen & theirs)
                head = ""
                for i in range(len(words) + 1):
                    if seen and self._off(100 * common / len(seen)) <= 1:
                        yield f"{head}\n\n{tail}".strip()
                    if i == len(words):
                        break
                    before = head[-2:]
                    head = f"{head} {words[i]}".strip()
                    fresh = trigrams(f"{before} {words[i]}" if before else words[i]) - seen
                    seen |= fresh
                    common += len(fresh & theirs)

    def _bare(self, draft: str) -> Iterator[str]:
        """The reference, what states the answer if there is room for it, and as many other
        characters as bring the share down."""
        strangers = " ".join(s.upper() for s in fillers(draft)) or "#"
        for said in dict.fromkeys((stated(draft), "")):
            head = f"{self.reference.strip()} {said}".strip()
            low, high = 0, len(strangers)
            while low < high:  # the share falls with every character
                middle = (low + high) // 2
                share = self.share(f"{head} {strangers[:middle]}")
                if share is not None and share > self.percentage + self.tolerance:
                    low = middle + 1
                else:
                    high = middle
            yield head if low == 0 else f"{head} {strangers[:low]}"

    def violate(self, draft: str) -> str:
        if self.percentage <= self.tolerance and self.percentage + self.tolerance >= 100:
            raise ConstraintError(
                f"{self.name}: every share obeys {self.percentage:g} ± {self.tolerance:g} %."
            )
        draft = self.build(draft)
        strangers = [s.upper() for s in fillers(draft)] or ["###"]
        if self.percentage - self.tolerance > 0:
            for stranger in strangers * 20:
                if self.check(draft).obeyed is False:
                    return draft
                draft = f"{stranger} {draft}"
        if self.check(draft).obeyed is not False:
            draft = f"{self.reference}\n\n{draft}"
        return draft if self.check(draft).obeyed is False else self.reference
