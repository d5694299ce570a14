"""IFBench's eleven rules that fit one prompt each (`custom:`): lists, CSV, dates, reversals.

Source: allenai/IFBench, instructions.py as published with the paper (Pyatkin et al. 2025, arXiv
2507.02833).
"""

# ruff: noqa: SIM905 (word lists are easier to read as text)
from __future__ import annotations

import csv
import io
import itertools
import re
import string
import unicodedata

from bridle.benchmarks.ifbench.published.words import PUNCTUATION_AND_SPACE, without_punctuation
from bridle.benchmarks.published.fullstops import split as sentences
from bridle.benchmarks.published.patterns import Undecided
from bridle.benchmarks.published.rule import Args, Rule

_QUESTION = re.compile(r"Question \d+[.|):;]?")
_OPTION = re.compile(r"[A-Ea-e][.|)]\s*\w")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPECIAL = re.compile(r"[^\w\s]")
_CAPITALS = (
    "Reykjavik Helsinki Oslo Tallinn Stockholm Riga Moscow Copenhagen Vilnius Minsk Dublin Berlin "
    "Amsterdam Warsaw London Brussels Prague Luxembourg Paris Vienna Bratislava Budapest Vaduz "
    "Chisinau Bern Ljubljana Zagreb"
).split()


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")


def _multiples(text: str, _: Args) -> bool:
    return re.findall(r"\d+", text) == ["14", "21", "28", "35", "42", "49"]


def _choice_questions(text: str, _: Args) -> bool:
    if not text.startswith("Question"):
        return False
    questions = [part.strip() for part in _QUESTION.split(text) if part.strip()]
    if len(questions) != 4:
        return False
    lengths: list[int] = []
    for question in questions:
        lines = [line.strip() for line in question.split("\n")]
        options = [i for i, line in enumerate(lines) if _OPTION.match(line)]
        if len(options) != 5:
            return False
        lengths.append(len(" ".join(lines[: options[0]]).strip()))
    return all(one < other for one, other in itertools.pairwise(lengths))


def _african_countries(text: str, _: Args) -> bool:
    lines = [line.strip(PUNCTUATION_AND_SPACE) for line in text.split("\n")]
    lines = [line for line in lines if line]
    start = next((i for i, line in enumerate(lines) if "Zimbabwe" in line), None)
    if start is None or len(lines) - start < 52:
        return False
    plain = [_ascii(line) for line in lines[start:]]
    return all(one >= other for one, other in itertools.pairwise(plain))


def _words_reversed(text: str, _: Args) -> bool:
    turned = " ".join(without_punctuation(text.lower().strip()).split()[::-1])
    # Punctuation is gone, so the whole is one sentence unless Unicode marks are left.
    return "bald eagle" in turned and turned in sentences(turned)


def _letters_reversed(text: str, _: Args) -> bool:
    return "elgae dlab" in text.lower()


def _alphabet_story(text: str, _: Args) -> bool:
    found = sentences(text)
    return len(found) == 26 and all(
        sentence[0].lower()[0] == letter  # upstream stops at an empty sentence
        for sentence, letter in zip(found, string.ascii_lowercase, strict=True)
    )


def _capitals(text: str, _: Args) -> bool:
    return [name.strip() for name in _ascii(text).split(",") if name.strip()] == _CAPITALS


def _rows(text: str, delimiter: str = ",") -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise Undecided(f"upstream stops: the text is no CSV ({error})") from None


def _header(text: str, names: str, between: str) -> bool:
    columns = (rf'(?:{name}|"{name}")' for name in names.split())
    return re.fullmatch(between.join(columns), text.split("\n", 1)[0].strip()) is not None


def _csv_city(text: str, _: Args) -> bool:
    rows = _rows(text)
    return (
        len(rows) == 8
        and rows[0] == ["ID", "Country", "City", "Year", "Count"]
        and all(len(row) == 5 for row in rows[1:])
    )


def _csv_special(text: str, _: Args) -> bool:
    if not _header(text, "ProductID Category Brand Price Stock", r",[ \t]*"):
        return False
    rows = _rows(text.replace('"', '"""'))  # so that quotes survive the reading
    if len(rows) != 15:
        return False
    for row in rows[1:]:
        if len(row) != 5:
            return False
        if any(_quoted_special(field) for field in row):
            return True  # rows after this one are not looked at
    return False


def _quoted_special(field: str) -> bool:
    """A quote, then a character that is no letter, digit or space, then a quote, on one line."""
    line = field.split("\n", 1)[0]
    last = line.rfind('"')
    return line.startswith('"') and last >= 2 and _SPECIAL.search(line, 1, last) is not None


def _csv_quotes(text: str, _: Args) -> bool:
    if not _header(text, "StudentID Subject Grade Semester Score", r"\t *"):
        return False
    rows = _rows(text.replace('"', '"""'), "\t")
    if len(rows) != 4:
        return False
    for row in rows:
        if len(row) != 5:
            return False
        fields = [field.strip() for field in row]
        if not all(field[0] == '"' and field[-1] == '"' for field in fields):
            return False
    return True


def _dates(text: str, _: Args) -> bool:
    return all(_is_napoleonic(part.strip()) for part in text.strip().split(","))


def _is_napoleonic(date: str) -> bool:
    match = _DATE.fullmatch(date)
    if not match:
        return False
    year, month, day = (int(part) for part in match.groups())
    longest = 29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31 if month else 99
    return 1769 <= year <= 1821 and month <= 12 and day <= longest  # no least month or day


RULES: dict[str, Rule] = {
    "custom:multiples": Rule(_multiples),
    "custom:mcq_count_length": Rule(_choice_questions),
    "custom:reverse_newline": Rule(_african_countries),
    "custom:word_reverse": Rule(_words_reversed),
    "custom:character_reverse": Rule(_letters_reversed),
    "custom:sentence_alphabet": Rule(_alphabet_story),
    "custom:european_capitals_sort": Rule(_capitals),
    "custom:csv_city": Rule(_csv_city),
    "custom:csv_special_character": Rule(_csv_special),
    "custom:csv_quotes": Rule(_csv_quotes),
    "custom:date_format_list": Rule(_dates),
}
