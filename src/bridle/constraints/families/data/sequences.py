"""Sequences that are the whole answer: multiples of a number, dates."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar

from bridle.constraints.base import WRAP, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View
from bridle.text.fences import inside
from bridle.text.invisible import SPACES

_MOST = 10_000  # numbers in a sequence at most
# A number, a word, or what only sets a formula (1).
_NUMBER = re.compile(
    r"[-−–]?[0-9]+(?:\.[0-9]+)?|\\(boxed|fbox|quad|qquad|left|right)(?![A-Za-z])|[^\W_]+"
)
_DIGIT = re.compile("[0-9]")


@register
@dataclass(frozen=True, kw_only=True)
class Multiples(Constraint):
    """The text lists the multiples of a number between two bounds, and nothing else."""

    name = "multiples"
    skill = "precision"
    stage = WRAP
    meaning = (
        "The numbers of the text are all multiples of `of` from `low` to `high`, both included, "
        "each once and in order, in digits of one script (`1000` or `1,000`); no words; marks and "
        "maths marks, also `\\boxed`, free."
    )
    examples: ClassVar = (
        Example({"of": 7, "low": 10, "high": 30}, "14, 21, 28", True),
        Example({"of": 7, "low": 14, "high": 28}, "- 14\n- $21$\n- 28", True, "the bounds count"),
        Example({"of": 7, "low": 10, "high": 30}, "14, 28, 21", False, "out of order"),
        Example({"of": 7, "low": 10, "high": 30}, "14, 21", False, "28 is missing"),
        Example({"of": 7, "low": 10, "high": 30}, "14, 21, 28.5", False, "another number"),
        Example({"of": 7, "low": 10, "high": 30}, "Here: 14, 21, 28", False, "a word"),
    )

    of: int
    low: int
    high: int

    def validate(self) -> None:
        self.want_count("of", least=1)
        self.want_count("low")
        self.want_count("high")
        if self.high < self.low:
            raise self.bad("high", self.high, f"at least {self.low}, the lower bound")
        count = self.high // self.of - (self.low - 1) // self.of
        if not 0 < count <= _MOST:
            raise self.bad("of", self.of, f"1 to {_MOST} multiples between the bounds")

    def numbers(self) -> list[str]:
        """The sequence, in digits."""
        first = -(-self.low // self.of) * self.of
        return [str(n) for n in range(first, self.high + 1, self.of)]

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Count from {self.low} to {self.high} but only print multiples of {self.of}.",
            f"Write the multiples of {self.of} from {self.low} to {self.high} in order and nothing "
            "else.",
            f"Your whole answer must be the numbers from {self.low} to {self.high} that "
            f"{self.of} divides, in rising order, without words.",
        )

    def judge(self, view: View) -> Verdict:
        wanted = self.numbers()
        at = 0
        wrong: tuple[str, Span] | None = None
        text = _plain_digits(view.raw)
        place, last = inside(text)
        while match := _NUMBER.search(text, place, last):
            place = match.end()
            if at < len(wanted) and match.group() == wanted[at]:
                at += 1
            elif at < len(wanted) and (end := _grouped(text, match.start(), wanted[at])):
                at, place = at + 1, end
            elif not match[1]:
                wrong = (view.raw[match.start() : place], match.span())
                break
        if wrong:
            due = wanted[at] if at < len(wanted) else "the end"
            reason = f"{wrong[0][:40]!r} stands where {due} is due."
        elif at < len(wanted):
            reason = f"{at} of {len(wanted)} multiples; {wanted[at]} is missing."
        else:
            reason = f"All {at} multiples in order."
        return self.verdict(
            wrong is None and at == len(wanted),
            observed=at,
            wanted=f"the {len(wanted)} multiples of {self.of} from {self.low} to {self.high}",
            reason=reason,
            evidence=[wrong[1]] if wrong else [],
        )

    def build(self, draft: str) -> str:
        return draft if self.check(draft).obeyed else ", ".join(self.numbers())

    def forbids(self, part: str) -> Verdict | None:
        """What stands between two other characters of the part is a number of the sequence."""
        wanted = self.numbers()
        for match in _NUMBER.finditer(part):
            start, end = match.span()
            if match[1] or not 0 < start < end < len(part) or "," in (part[start - 1], part[end]):
                continue  # perhaps of `1,000`
            if match.group() not in wanted and part[start - 1] not in ".-−–":
                return self.check(f"{wanted[0]} {match.group()}")
        return None

    def violate(self, draft: str) -> str:
        numbers = self.numbers()
        return ", ".join([*numbers, str(int(numbers[-1]) + self.of)])


def _plain_digits(text: str) -> str:
    """A text whose digits are all of another script with these written 0 to 9."""
    if text.isascii() or _DIGIT.search(text):
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _grouped(text: str, start: int, number: str) -> int:
    """Where the number ends that stands there with its thousands parted by commas, or 0."""
    end = start + len(number) + (len(number) - 1) // 3
    here = end > start + len(number) and text.startswith(f"{int(number):,}", start)
    return end if here and not text[end : end + 1].isdigit() else 0


_FIELDS = {"YYYY": r"(?P<year>[0-9]{4})", "MM": r"(?P<month>[0-9]{2})", "DD": r"(?P<day>[0-9]{2})"}
_FIELD = re.compile("YYYY|MM|DD")
_COMMA = re.compile("[,，、،]")


@register
@dataclass(frozen=True, kw_only=True)
class DateList(Constraint):
    """The text is a list of dates in a given format, and nothing else."""

    name = "date_list"
    skill = "precision"
    stage = WRAP
    meaning = (
        "Parted by commas (also `，` `、` `،`), every part is a date of the format that exists in "
        "the calendar, within `earliest` and `latest` where given; with `in_order` none is before "
        "the one before it; a final stop and marks of emphasis and code are free, hyphens may "
        "have any form."
    )
    examples: ClassVar = (
        Example({}, "1796-04-12, 1800-06-14", True),
        Example({"in_order": True}, "1796-02-29,\n1796-02-29.", True, "a leap day, twice"),
        Example({}, "1800-02-29", False, "1800 had no such day"),
        Example({}, "1796-04-12 and 1800-06-14", False, "no comma"),
        Example({"in_order": True}, "1800-06-14, 1796-04-12", False, "out of order"),
        Example({"latest": "1815-12-31"}, "1815-06-18, 1816-01-01", False, "too late"),
        Example({"format": "DD.MM.YYYY"}, "18.06.1815", True),
        Example({}, "1796-4-12", False, "two digits a month"),
    )

    format: str = "YYYY-MM-DD"
    earliest: str | None = None
    latest: str | None = None
    in_order: bool = False

    def validate(self) -> None:
        self.want_text("format")
        if sorted(_FIELD.findall(self.format)) != ["DD", "MM", "YYYY"] or _COMMA.search(
            self.format
        ):
            raise self.bad("format", self.format, "YYYY, MM and DD, each once, and no comma")
        for parameter in ("earliest", "latest"):
            value = getattr(self, parameter)
            if value is None:
                continue
            try:
                date.fromisoformat(value)
            except (TypeError, ValueError):
                raise self.bad(parameter, value, "a date as YYYY-MM-DD") from None
        low, high = self._range()
        if low > high:
            raise self.bad("latest", self.latest, f"not before {self.earliest}")
        if not isinstance(self.in_order, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise self.bad("in_order", self.in_order, "true or false")

    def _range(self) -> tuple[date, date]:
        return (
            date.fromisoformat(self.earliest) if self.earliest else date.min,
            date.fromisoformat(self.latest) if self.latest else date.max,
        )

    def phrasings(self) -> tuple[str, ...]:
        limits = ""
        if self.earliest or self.latest:
            since = f" from {self.earliest}" if self.earliest else ""
            until = f" to {self.latest}" if self.latest else ""
            limits = f" Only dates{since}{until} are allowed."
        order = " List them in order of time." if self.in_order else ""
        return (
            f"List the dates separated by commas, use the following date format: {self.format}. Do "
            f"not provide an explanation.{limits}{order}",
            f"Answer with dates in the format {self.format} alone, commas between them.{limits}{order}",
            f"Your whole answer must be dates written as {self.format}, separated by commas, without "
            f"any other word.{limits}{order}",
        )

    def judge(self, view: View) -> Verdict:
        low, high = self._range()
        wrong: list[Span] = []
        reason = ""
        number = 0
        before = date.min
        known: dict[str, date | None] = {}
        at, end = inside(view.raw)
        end = at + len(view.raw[at:end].rstrip(SPACES))
        end -= view.raw[at:end].endswith(".") and not self.format.endswith(".")
        for piece in _COMMA.split(view.raw[at:end]):
            start, at = at, at + len(piece) + 1
            text = piece.strip(SPACES)
            lead = start + len(piece) - len(piece.lstrip(SPACES))
            span = (lead, lead + len(text))
            number += 1
            if text not in known:
                known[text] = self.read(text) or self.read(text.strip("*_`"))
            day = known[text]
            if day is not None and low <= day <= high and not (self.in_order and day < before):
                before = day
                continue
            wrong.append(span)
            if reason:
                continue
            if not text:
                reason = "Beside a comma stands no date." if end else "There is no date."
            elif day is None:
                reason = f"{text[:40]!r} is no date of the form {self.format}."
            elif not low <= day <= high:
                reason = f"{text} is not within {low} and {high}."
            else:
                reason = f"{text} is before the date before it."
        obeyed = not wrong
        return self.verdict(
            obeyed,
            observed={"parts": number, "wrong": len(wrong)},
            wanted=f"dates as {self.format}, parted by commas",
            reason=reason or f"{number} {'date' if number == 1 else 'dates'}.",
            evidence=[s for s in wrong[:EVIDENCE] if s[1] > s[0]],
        )

    def read(self, text: str) -> date | None:
        """The date of a text in the format, or None."""
        match = _pattern(self.format).fullmatch(text)
        if match is None:
            return None
        try:
            return date(int(match["year"]), int(match["month"]), int(match["day"]))
        except ValueError:
            return None

    def _written(self, year: int, month: int, day: int) -> str:
        shown = {"YYYY": f"{year:04}", "MM": f"{month:02}", "DD": f"{day:02}"}
        return _FIELD.sub(lambda m: shown[m.group()], self.format)

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        low, high = self._range()
        start = low if self.earliest else min(date(1796, 4, 12), high)
        length = high - start if self.latest else min(high - start, timedelta(days=3000))
        days = dict.fromkeys(start + length * i // 2 for i in range(3))
        return ", ".join(self._written(d.year, d.month, d.day) for d in days)

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip().rstrip('.')}, {self._written(1900, 2, 30)}"


@lru_cache(maxsize=64)
def _pattern(format: str) -> re.Pattern[str]:
    """What a date of the format looks like."""
    parts = re.split("(YYYY|MM|DD)", format)
    written = "".join(_FIELDS.get(part, re.escape(part)) for part in parts)
    return re.compile(written.replace(r"\-", "[-‐‑]"))
