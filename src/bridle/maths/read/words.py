"""Answers in words: multiple choice, truth values, number words, dates, times, plain text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from fractions import Fraction

from bridle.maths.read.tokens import WORDS, tokens
from bridle.maths.tree import num
from bridle.maths.units import read_unit
from bridle.maths.values import Choice, Moment, Scalar, Truth, Value, Words

_CHOICE = re.compile(
    r"(?:\\(?:text|math)\w*\s*\{\s*)?(?:(?i:the )?(?i:correct |right |best )?(?i:option|choice|answer) (?i:is )?)?(?:\(([A-Ja-j])\)|([A-J])[.):]|\[([A-J])\]|([A-J])(?=$))(?![\^*/+=_!]|-\d)\s*\}?\s*[:.]?\s*(.{0,200})",
    re.DOTALL,
)
TRUTHS = {
    "true": True, "yes": True, "correct": True, "false": False, "no": False, "incorrect": False,
    "wahr": True, "falsch": False, "ja": True, "nein": False, "sí": True, "oui": True, "non": False,
    "да": True, "нет": False, "是": True, "否": False, "对": True, "错": False, "はい": True, "いいえ": False,
}  # fmt: skip
_SAME = {
    "no solutions": "none", "no solution": "none", "no real solution": "none", "no real solutions": "none", "there is no solution": "none",
    "there are no solutions": "none", "there are none": "none", "no such number": "none", "dne": "undefined",
    "does not exist": "undefined", "do not exist": "undefined", "doesn t exist": "undefined", "the limit does not exist": "undefined",
    "limit does not exist": "undefined", "not defined": "undefined", "infinitely many solutions": "infinitely many",
    "infinite number of solutions": "infinitely many", "infinitely many": "infinitely many", "cannot be determined": "undetermined",
    "all reals": "all real numbers", "any real number": "all real numbers", "all real numbers": "all real numbers",
    "impossible": "impossible", "not possible": "impossible", "diverges": "divergent", "divergent": "divergent",
    "converges": "convergent", "convergent": "convergent", "never": "never",
}  # fmt: skip
SMALL_NUMBERS = (  # each at its place
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
NUMBER_WORDS = {w: k for k, w in enumerate(SMALL_NUMBERS)} | {
    w: 20 + 10 * k for k, w in enumerate(_TENS)
}
_ALONE = {
    "half": Fraction(1, 2),
    "third": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "dozen": Fraction(12),
}
_MONTHS = {
    name: k
    for k, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sep sept", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_M = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(
        rf"(?:\w+day,? )?(?P<m>{_M})\.? (?P<d>\d\d?)(?:st|nd|rd|th)?(?:,? (?P<y>\d{{4}}))?", re.I
    ),
    re.compile(
        rf"(?:\w+day,? )?(?:the )?(?P<d>\d\d?)(?:st|nd|rd|th)?\.?(?: of)? (?P<m>{_M})\.?(?:,? (?P<y>\d{{4}}))?",
        re.I,
    ),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"),
    re.compile(r"(?:(?P<y>\d{4}) ?[年년] ?)?(?P<m>\d\d?) ?[月월] ?(?P<d>\d\d?) ?[日号號일]"),
)
_DAYS = re.compile(r"(mon|tues|wednes|thurs|fri|satur|sun)days?", re.I)
_CLOCK = re.compile(r"(?:at )?(\d\d?)(?::(\d\d))?(?::00)?\s*([ap])\.? ?m\.?", re.I)
_CLOCK24 = re.compile(
    r"(?:at )?([01]?\d|2[0-3]):([0-5]\d)(?::00)?(?: ?(?:h|hours|o'clock|uhr))?", re.I
)
_O_CLOCK = re.compile(r"(?:at )?(\d\d?) o'clock", re.I)
_HYPHEN = re.compile(r"(?<=[^\W\d_]{3})-(?=[^\W\d_]{3})")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MATHS = re.compile(r"[\d\\=+*/^<>|]|(?<=\S)-(?=\S)|^[-+]")
# signs beside a digit are part of what is said: on (-1, 1), x > 3, 2.5 apples
_LOOSE = re.compile(r"(?:(?![-.,<>=*/^!°$€£]\s?\d)[^\w%+<>=≤≥≠])+")
_TRUE_AND_MORE = re.compile(r"([^\W\d_]{2,9})[,.;:!]\s+(.*)", re.DOTALL)
_BUT = re.compile(r"\b(?:but|unless|only|if|except|not|no|n't|never|however|sometimes)\b", re.I)
_ARTICLES = re.compile(r"^(?:the|a|an|it is|its|it s|they are|is|are) +")


def moment(text: str) -> Moment | None:
    """A date or a time of day."""
    text = text.strip(" .")
    if not any(c.isdigit() for c in text) or len(text) > 40:
        return None
    for form in _DATES:
        if match := form.fullmatch(text):
            month, day = match["m"], int(match["d"])
            number = _MONTHS.get(month.lower()) or (int(month) if month.isdigit() else 0)
            if 1 <= number <= 12 and 1 <= day <= 31:
                return Moment(date=(int(match["y"] or 0), number, day))
    if match := _CLOCK.fullmatch(text):
        hour, minute = int(match[1]), int(match[2] or 0)
        if 1 <= hour <= 12 and minute < 60:
            return Moment(minutes=(hour % 12 + 12 * (match[3].lower() == "p")) * 60 + minute)
    if match := _O_CLOCK.fullmatch(text):
        hour = int(match[1])
        return Moment(minutes=hour * 60, half="unknown") if 1 <= hour <= 12 else None
    if match := _CLOCK24.fullmatch(text):
        hour, minute = int(match[1]), int(match[2])
        day = hour > 12 or hour == 0 or (len(match[1]) == 2 and match[1][0] == "0")
        return Moment(minutes=hour * 60 + minute, half="24" if day else "unknown")
    return None


def choice(text: str) -> Choice | None:
    """An option of a multiple choice: (C), C., Option C: text."""
    match = _CHOICE.fullmatch(text)
    if not match:
        return None
    letter = next(match[k] for k in range(1, 5) if match[k])
    if match[4] and text.strip() == letter:
        return None  # a bare letter may be a letter of algebra
    return Choice(letter.upper(), match[5].strip())


def number_word(text: str) -> Scalar | None:
    """Twelve, forty-two, three hundred and five, one half."""
    whole, half, part = text.lower().partition(" and a half")
    if (
        half
        and whole
        and not part
        and " " not in whole
        and (n := number_word(whole))
        and n.exact is not None
    ):
        return _scalar(n.exact + Fraction(1, 2))
    parts = [w for w in re.split(r"[\s-]+", text.lower()) if w not in ("and", "")]
    if (
        parts
        and parts[-1] in _ALONE
        and len(parts) == 1 + (parts[0] in ("a", "one") and len(parts) > 1)
    ):
        return _scalar(_ALONE[parts[-1]])
    if not parts or len(parts) > 12:
        return None
    if len(parts) == 2 and parts[1] in (
        "half",
        "third",
        "quarter",
        "fourth",
        "fifth",
        "thirds",
        "quarters",
        "fourths",
        "fifths",
        "sixths",
        "sevenths",
        "eighths",
        "ninths",
        "tenths",
    ):
        top = NUMBER_WORDS.get(parts[0], 1 if parts[0] == "a" else 0)
        bottom = {
            "half": 2,
            "third": 3,
            "quarter": 4,
            "fourth": 4,
            "fifth": 5,
            "sixth": 6,
            "seventh": 7,
            "eighth": 8,
            "ninth": 9,
            "tenth": 10,
        }[parts[1].rstrip("s") if parts[1] != "half" else "half"]
        return _scalar(Fraction(top, bottom)) if top else None
    total, group, seen = 0, 0, False
    for word in parts:
        if word in NUMBER_WORDS:
            group += NUMBER_WORDS[word]
        elif word == "hundred":
            group = max(group, 1) * 100
        elif word in _SCALES:
            total += max(group, 1) * _SCALES[word]
            group = 0
        elif word == "a" and not seen:
            group = 1
            continue
        elif word in ("minus", "negative") and word == parts[0] and len(parts) > 1:
            inner = number_word(" ".join(parts[1:]))
            return _scalar(-inner.exact) if inner and inner.exact is not None else None
        else:
            return None
        seen = True
    return _scalar(Fraction(total + group)) if seen else None


def _scalar(value: Fraction) -> Scalar:
    return Scalar(num(value), exact=value)


def plain_words(text: str) -> str:
    """Case, accents' composition, punctuation and articles do not matter."""
    text = unicodedata.normalize("NFC", text).casefold()
    text = re.sub(r"\\(?:text|mathbf)\s*\{|\\[a-z]+|[{}$\\]", " ", text)
    text = _LOOSE.sub(" ", text).strip()
    return _ARTICLES.sub("", text)


def is_words(text: str) -> bool:
    """Words and no maths: no digit, no sign, no command."""
    text = _HYPHEN.sub(" ", text)
    if _MATHS.search(text):
        return False
    if text.strip(" .!").casefold() in TRUTHS:
        return True
    return any(map(_is_word, _WORD.findall(text))) and not _known_name(text)


def _is_word(letters: str) -> bool:
    """Three letters and more, with a vowel, not mixed in case: rcV and xyz are products."""
    if not letters.isascii():
        return True
    return (
        len(letters) > 2
        and (letters.islower() or letters.isupper() or letters.istitle())
        and any(c in "aeiouyAEIOUY" for c in letters[: 3 if len(letters) == 3 else None])
        and letters.lower() not in ("xyz",)
    ) or len(letters) > 5


def _known_name(text: str) -> bool:
    names = _WORD.findall(text)
    return all(
        w in WORDS or any(t.kind == "name" or len(t.text) > 1 for t in tokens(w)) for w in names
    )


def is_prose(text: str) -> bool:
    return sum(len(w) for w in re.findall(r"[^\W\d_]{3,}", text)) * 2 > len(text)


def words(text: str) -> Value:
    """What an answer in words says. Never fails: the last resort is the words themselves."""
    bare = text.strip(" .!\"'*_")
    if picked := choice(bare):
        return picked
    if when := moment(bare):
        return when
    plain = plain_words(bare)
    if plain in TRUTHS:
        return Truth(TRUTHS[plain])
    if (said := _TRUE_AND_MORE.fullmatch(bare)) and said[1].casefold() in TRUTHS:
        truth = TRUTHS[said[1].casefold()]
        if not _BUT.search(said[2]) or not truth:
            return Truth(truth)
    if day := _DAYS.fullmatch(plain):
        return Words(day[1] + "day")
    if (number := number_word(plain)) is not None:
        return number
    count, _, noun = plain.rpartition(" ")
    if (
        count
        and (number := number_word(count)) is not None
        and (unit := read_unit(noun)) is not None
    ):
        return replace(number, unit=unit)
    return Words(_SAME.get(plain, plain))
