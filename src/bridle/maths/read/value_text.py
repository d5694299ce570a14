r"""Where values stand in prose: numbers with their units, formulas, tuples, dates, option letters.

    spots("It costs $284 for 2 years.")
    -> [Spot(9, 13, "number"), Spot(18, 25, "number")]        ($284; 2 years)

Only where a value begins and ends is said here, not what it is worth: that is the reader's part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bridle.maths.units import is_unit

SpotKind = Literal["number", "maths", "group", "date", "ordinal", "word"]


@dataclass(frozen=True, slots=True)
class Spot:
    """A value in a text: half-open offsets, and what sort of spelling it is."""

    start: int
    end: int
    kind: SpotKind


_GAP = r"[ \u00a0\u202f\u2009]"
_DIGITS = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+"  # 1.234,50
    r"|[0-9]{1,3}(?:(?:,|\{,\}|\\,|\\!|,\\!|'|’|[\u00a0\u202f\u2009])[0-9]{3})+(?![0-9])(?:\.[0-9]+)?"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])(?:[.,][0-9]+)?"
    r"|\d+(?:[.,٫]\d+)?|\.\d+)"
)
_POWER_OF_TEN = (
    r"(?:\s?(?:[×x*·]|\\times|\\cdot)\s?10\s?(?:\^\s?(?:\{\s?[-−+]?\d+\s?\}|\(?[-−+]?\d+\)?)|[⁻⁺]?[⁰¹²³⁴-⁹]+)"
    r"|[eE][-−+]?[0-9]+(?![A-Za-z]))?"
)
_CURRENCY = (
    r"(?:(?:US|CA|AU|NZ|HK|A|C|S)?\\?\$|[€£¥₹₽₩₺₴₦฿]|\\(?:euro|pounds)\s?"
    r"|(?:USD|EUR|GBP|CHF|INR|Rs\.?|RMB|CNY|JPY)(?=[ \d]))"
)
_SIGN = r"(?:[-−+±](?!\s)|(?<![\d)\]%] )[–—](?=[\d$€£])|(?:minus|negative|moins|menos|meno|минус|負|负|マイナス) ?)"
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9_\\^{{])(?<!\d[.,])(?:(?<![\d)\]])(?P<sign>{_SIGN}{_GAP}?))?"
    rf"(?P<currency>{_CURRENCY}{_GAP}?)?(?:(?<![\d)\]])[-−])?"
    rf"(?P<digits>\d{{1,2}}:\d\d(?::\d\d)?(?!\d)(?:{_GAP}?[AaPp]\.?[Mm]\b\.?)?"
    rf"|\d+(?:{_GAP}?:{_GAP}?\d+)+"
    rf"|\d+[ -]\d+/\d+(?!\d)|\d+{_GAP}?/{_GAP}?\d+(?![\d/])|\d*[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]"
    rf"|{_DIGITS}{_POWER_OF_TEN}(?:{_GAP}(?:hundred|thousand|million|billion|trillion)\b)?(?:{_GAP}?(?:√\(?\d+\)?|π|\\pi\b|√[a-z])|i(?![A-Za-z]))?)"
    rf"(?P<tail>(?:st|nd|rd|th|er|ère|ème)(?![A-Za-z])"
    rf"|{_GAP}?(?:\\?%|％|percent\b|per cent\b|Prozent\b|por ciento\b|pour cent\b|processen\b)"
    rf"|{_GAP}?(?:€|£|¥|₹|₽|₩|¢|\\?\$(?![\d])|°{_GAP}?[CF]?|\^\\circ|º)|{_GAP}?[AaPp]\.?[Mm]\b\.?)?",
    re.IGNORECASE,
)
_ONE_UNIT = r"(?:(?:square|cubic|sq\.?|cu\.?) )?[A-Za-zµμΩÅ°]{1,14}(?:\^\{?[23]\}?|[²³])?"
_UNIT = re.compile(
    rf"{_GAP}?(?P<unit>{_ONE_UNIT})(?:{_GAP}?(?:/|per |an? ){_GAP}?(?P<per>{_ONE_UNIT}))?"
)
_NO_UNIT = frozenset({"in", "a", "at", "s", "pair", "pairs", "dozen", "dozens", "stone", "stones", "cup", "cups", "bar", "bars", "c", "f", "b"})  # fmt: skip
_COMPOUND = re.compile(r",? (?:and )?")

_MATHS = re.compile(
    r"\$\$.{1,600}?\$\$|\\\[.{1,600}?\\\]|\\\(.{1,600}?\\\)"
    r"|(?<![\\$])\$(?![\s$])[^$\n]{1,300}?(?<![\s\\+=×*/,;:(–-])\$(?!\d)",
    re.DOTALL,
)
_DOLLAR_WORDS = re.compile(r"(?<![\\A-Za-z{])[A-Za-z]{3,}|(?<=\d) [a-z]{2,} ")
_TEXT_COMMAND = re.compile(r"\\(?:text|mathrm|textbf|mbox|operatorname|mathbf|textit)\s?\{[^{}]*\}|\\[A-Za-z]+")  # fmt: skip
_RAW_MATHS = re.compile(
    r"[-−]?\d{0,6}\s?(?:\\[dtc]?frac\s?(?:\{[^{}]{1,40}\}){2}|\\sqrt(?:\[\d\])?\s?\{[^{}]{1,40}\}|\\pi\b|√\(?\d+\)?)"
    r"(?:\s?(?:\\pi\b|\\sqrt\s?\{[^{}]{1,40}\}))?"
    r"|\\begin\{[bpvBV]?(?:small)?matrix\}.{1,400}?\\end\{[bpvBV]?(?:small)?matrix\}",
    re.DOTALL,
)
_ITEM = (
    r"[-−+]?(?:\\?[a-z]{2,5}|\d|[a-zπ∞√])[\w./^√π{}\\!]{0,24}(?:\s?[-+*/]\s?[\w./^√π{}\\]{1,12})?"
)
_GROUP = re.compile(
    rf"(?<![\w\\])(?:\\left)?[(\[{{]\s?{_ITEM}(?:\s?[,;]\s?{_ITEM}){{1,9}}\s?(?:\\right)?[)\]}}](?!\()",
    re.IGNORECASE,
)
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"  # fmt: skip
_DATE = re.compile(
    rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?(?!\d)|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?:,? \d{{4}})?"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b"
)
_WORDS = (
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half)"
)
_NUMBER_WORDS = re.compile(
    rf"\b(?:an? |{_WORDS} )?dozen\b|\b{_WORDS}(?:(?:[ -]| and ){_WORDS}){{0,7}}\b", re.IGNORECASE
)


def spots(text: str, start: int = 0, end: int | None = None) -> list[Spot]:
    """All values between two offsets, in order, none within another; numbers in words where there are no digits.

    Linear in the length of the stretch. Dollar signs are those of maths where what they enclose has
    no words, else those of money.
    """
    stop = len(text) if end is None else end
    taken: list[Spot] = [
        Spot(match.start(), match.end(), "maths")
        for match in _MATHS.finditer(text, start, stop)
        if _is_maths(match.group()) and re.search(r"\w", match.group())
    ]
    for pattern, kind in ((_RAW_MATHS, "maths"), (_DATE, "date"), (_GROUP, "group")):
        for match in pattern.finditer(text, start, stop):
            if kind == "group" and not any(c.isdigit() or c == "\\" for c in match.group()):
                continue
            _add(taken, Spot(match.start(), match.end(), kind))  # type: ignore[arg-type]
    taken.sort(key=lambda spot: spot.start)
    found: list[Spot] = []
    at = start
    for spot in [*taken, Spot(stop, stop, "maths")]:
        found.extend(_numbers(text, at, spot.start))
        if spot.start < spot.end:
            found.append(spot)
        at = max(at, spot.end)
    found = _compounds(text, found)
    if not found:
        found = [Spot(*match.span(), "word") for match in _NUMBER_WORDS.finditer(text, start, stop)]
    return found


def is_display(text: str) -> bool:
    """Whether a text is one stretch of maths between its signs."""
    match = _MATHS.fullmatch(text)
    return match is not None and _is_maths(text)


def _is_maths(text: str) -> bool:
    if not text.startswith("$") or text.startswith("$$"):
        return True
    inner = _TEXT_COMMAND.sub(" ", text[1:-1])
    return not _DOLLAR_WORDS.search(inner)


def _add(taken: list[Spot], spot: Spot) -> None:
    if all(spot.end <= other.start or other.end <= spot.start for other in taken):
        taken.append(spot)


def _numbers(text: str, start: int, stop: int) -> list[Spot]:
    found: list[Spot] = []
    at = start
    while match := _NUMBER.search(text, at, stop):
        at = match.end()
        tail = (match["tail"] or "").lower()
        if tail in ("st", "nd", "rd", "th", "er", "ère", "ème"):
            found.append(Spot(match.start(), at, "ordinal"))
            continue
        end = at
        if not match["tail"]:
            end = _with_unit(text, at, stop)
        found.append(Spot(match.start(), end, "number"))
        at = end
    return found


def _with_unit(text: str, at: int, stop: int) -> int:
    match = _UNIT.match(text, at, stop)
    if match is None or not _unit(match["unit"]) or text[match.end("unit") : stop][:1].isalpha():
        return at
    end = match.end("unit")
    if (
        match["per"]
        and _is_rate(match["unit"], match["per"])
        and not text[match.end() : stop][:1].isalpha()
    ):
        end = match.end()
    return end


def _is_rate(unit: str, per: str) -> bool:
    """Miles per hour, but not hours per week: there the second word only says how often."""
    from bridle.maths.units import read_unit

    if per not in ("s", "h") and not _unit(per):
        return False
    first, second = read_unit(unit), read_unit(per)
    return (
        first is not None and second is not None and first.dims != second.dims and bool(first.dims)
    )


def _unit(word: str) -> bool:
    name = word.rpartition(" ")[2].rstrip("23²³^{}").rstrip("^{")
    return (
        name.lower() not in _NO_UNIT and (len(name) > 1 or name in "mgLNJWVKhs") and is_unit(name)
    )


def _compounds(text: str, found: list[Spot]) -> list[Spot]:
    """2 hours 30 minutes, 5 dollars and 20 cents: one value each."""
    joined: list[Spot] = []
    for spot in found:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == spot.kind == "number"
            and text[last.end - 1].isalpha()
            and text[spot.end - 1].isalpha()
            and (_COMPOUND.fullmatch(text[last.end : spot.start]))
            and _same_sort(text[last.start : last.end], text[spot.start : spot.end])
        ):
            joined[-1] = Spot(last.start, spot.end, "number")
        else:
            joined.append(spot)
    return joined


def _same_sort(first: str, second: str) -> bool:
    from bridle.maths.units import read_unit

    units = [read_unit(re.sub(r"^.*\d", "", part)) for part in (first, second)]
    a, b = units
    return a is not None and b is not None and a.dims == b.dims and a.factor > b.factor
