"""Whether a full stop ends a sentence, or belongs to an abbreviation, an initial or the number of a list."""

from __future__ import annotations

import re

from bridle.text.abbreviations import (
    ABBREVIATIONS,
    ALONE,
    ARTICLES,
    AT_ENDS,
    BEFORE_NUMBER,
    BEFORE_SMALL,
    BEGINNINGS,
    LABELLED,
    MONTHS,
    NO_NAMES,
    PAIRS,
    POSTSCRIPTS,
    TITLES,
    UNITS,
)
from bridle.text.spans import MASK

_INITIALS = re.compile(r"[A-Z]\.[A-Z]")
_NUMERAL = (*"0123456789½¼¾", MASK)
_MARKED = ' \t\r\n*_#>-"“'  # before a list's number
LONGEST_LEAD = 60  # characters that may stand before it
_WORD = re.compile(r"[^\W\d_]+")
_LETTER_AND_STOP = re.compile(r"(?:[^\W\d_]|ej|ex)\.(?!\w)")  # z. B., p. ej.


def all_small(text: str, start: int) -> bool:
    """Whether a sentence begins with a small letter: then one in the next says nothing."""
    return text[start : start + 16].islower()


def inside_sentence(text: str, start: int, dot: int, after: int, following: str) -> bool:
    """Whether the full stop at `dot` belongs to an abbreviation, an initial or a list number;
    `following` is the character at `after`, if there is one."""
    if text[dot - 1 : dot] in ALONE and (dot - 1 == start or text[dot - 2].isspace()):
        return False
    before = text[max(start, dot - 40) : dot].rsplit(None, 2)
    if not before:
        return False
    last = before[-1].lstrip("([\"'“‘*_")
    if last.isdigit():  # "2. Then": a list number, when nothing stands before it
        if len(last) > 3:
            return False
        if _leads(text, start, dot - len(last)):
            return True
        around = text[max(start, dot - 80) : after + 40]
        if following.islower() and not around.isascii():  # dne 3. května
            return not all_small(text, start)
        return _ordinal(text, before[-2] if len(before) > 1 else "", after)
    word = last.lower()
    if word in BEFORE_NUMBER and following.isdigit():
        return True
    if len(last) == 1 and last.isalpha():
        return _initial(text, start, before, last, after, following)
    if word in ABBREVIATIONS:
        return word not in AT_ENDS or not _begins(text, after)
    if last in TITLES:
        return following.isupper()
    if word in BEFORE_SMALL and following.islower():
        return not all_small(text, start)
    if following.islower() and (
        (word == "no" and text.startswith("of ", after))  # the no. of ways
        or (word in UNITS and len(before) > 1 and before[-2].endswith(_NUMERAL))
    ):
        return not all_small(text, start)
    if word in POSTSCRIPTS:
        return _leads(text, start, dot - len(last))
    if _INITIALS.fullmatch(last) and word not in NO_NAMES and following.isupper():
        return not _begins(text, after)
    if word == "etc" or ("." in word and word.replace(".", "").isalpha()):  # p.m., Ph.D.
        return following.islower()
    if last == "No":  # "the bus No. 5", not "No. 5 divides it."
        return len(before) > 1 and following.isdigit()
    if last in ("ej", "ex"):
        return len(before) > 1 and before[-2].lower().endswith("p.")
    return False


def _leads(text: str, start: int, at: int) -> bool:
    """Whether nothing but marks stands before in the sentence."""
    return at - start <= LONGEST_LEAD and not text[start:at].strip(_MARKED)


def _begins(text: str, after: int) -> bool:
    """Whether a word follows that is seldom found within a sentence with a capital."""
    word = _WORD.match(text, after)
    return word is not None and word.group() in BEGINNINGS


def _ordinal(text: str, article: str, after: int) -> bool:
    """Whether a number with a stop is German's "3.", before a month or after an article."""
    word = _WORD.match(text, after, after + 12)
    return word is not None and (article.lower() in ARTICLES or word.group().lower() in MONTHS)


def _initial(
    text: str, start: int, before: list[str], last: str, after: int, following: str
) -> bool:
    """Whether a single letter with a stop begins a name, or is part of an abbreviation."""
    earlier = before[-2] if len(before) > 1 else ""
    next_one = _LETTER_AND_STOP.match(text, after)
    if next_one and last.islower():  # z. B.
        return _belong(last, next_one.group())
    if next_one and following.isupper():  # J. K. Rowling
        return True
    if last.isupper():  # "George W. Bush", not "at point A."
        if not earlier or (earlier[:1].isupper() and earlier.rstrip(":").lower() not in LABELLED):
            return True
        return earlier.islower() and _belong(earlier[-2:-1], last)
    if last == "د" or (last == "г" and not earlier[-1:].isdigit() and following.isupper()):
        return following != ""  # د. أحمد, в г. Москва
    small = following.islower()
    if earlier[-1:] == "." and _belong(earlier[-2:-1], last):  # d. h. es, т. д. Then
        return small or f"{earlier}{last}".lower() in ABBREVIATIONS
    return small and "а" <= last <= "я" and not all_small(text, start)  # 1990 г.


def _belong(letter: str, second: str) -> bool:
    """Whether two letters, each with a stop and parted by a blank, are one abbreviation."""
    if "а" <= letter <= "я" and "а" <= second[0] <= "я":
        return True
    return f"{letter}.{second.rstrip('.')}".lower() in PAIRS
