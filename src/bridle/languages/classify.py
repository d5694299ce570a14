"""The language of a stretch in one script: common words first, then two classifiers.

    classify(evidence("la respuesta es siete"), "la respuesta es siete", 18)  -> "es"

Short or in capitals, a text is known by its small words, and so are neighbours (Danish and
Norwegian, Hindi and Marathi) that classifiers take for each other. CLD2 (pycld2) must not contradict
them, and speaks for languages without a list; py3langid breaks ties. What they leave open is None.
All work offline and always give the same answer; nothing is loaded before the first question.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from struct import Struct
from typing import Any

from bridle.languages.commonwords import COMMON, ROMANISED
from bridle.languages.spellings import LETTERS, SHAPES, TWINS

# How many words of a text are common in each language, packed into one number, 32 bits a language:
# two are added at once, however many languages they speak for.
Evidence = int

# Classifiers take these for each other on little text.
_ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"nb", "da", "sv"}),
    frozenset({"hr", "sr", "bs", "sl"}),
    frozenset({"id", "ms"}),
    frozenset({"pt", "gl", "es", "ca", "it"}),
    frozenset({"cs", "sk"}),
    frozenset({"hi", "mr", "ne"}),
    frozenset({"ru", "uk", "be", "bg", "mk", "sr"}),
    frozenset({"fa", "ar", "ur", "ps"}),
    frozenset({"nl", "af"}),
    frozenset({"zu", "xh"}),
    frozenset({"tr", "az"}),
    frozenset({"fi", "et"}),
    frozenset({"he", "yi"}),
    frozenset({"zh", "ja"}),
)

SPELLINGS = {
    "no": "nb", "nn": "nb", "iw": "he", "fil": "tl", "zh-hant": "zh", "zh-hans": "zh",
    "jw": "jv", "in": "id", "mo": "ro", "farsi": "fa", "mandarin": "zh",
}  # fmt: skip

# ASCII: letters are made small, all else becomes a blank.
_SMALL = bytes(ord(chr(i).lower()) if chr(i).isalpha() else 32 for i in range(128)) + bytes(128)
_TOKEN = re.compile(r"[^\s\d!-/:-@\[-`{-~¡¿«»“”‘’„…–—।॥،؛؟۔·\ufffc]+")
_CODES = tuple(  # those that share a script with few first: their numbers are short
    sorted(
        {*COMMON, *ROMANISED, *" ".join(codes for _, codes in (*LETTERS, *SHAPES)).split()},
        key=lambda code: (COMMON.get(code, ("a",))[0].isascii(), code),
    )
)
_BITS = 32
_FIELD = (1 << _BITS) - 1
_SHIFT = {code: _BITS * i for i, code in enumerate(_CODES)}
_ONES = sum(1 << shift for shift in _SHIFT.values())  # 1 in each field
_ABOVE = _ONES << (_BITS - 1)
_FIELDS = [Struct(f"<{n}I") for n in range(len(_CODES) + 1)]
_MARKED = {letter: tuple(codes.split()) for letters, codes in LETTERS for letter in letters}
_MARK = re.compile(f"[{''.join(_MARKED)}]")
_SHAPE = re.compile("|".join(f"({shape})" for shape, _ in SHAPES))
TWIN = frozenset(code for pair in TWINS for code in pair)
_TWINS = {pair: tuple(map(re.compile, shapes)) for pair, shapes in TWINS.items()}

_PLAIN = 4  # words of a language more than of any other
FEW = 8  # letters on which the agreement of both classifiers counts
ENOUGH = 24  # letters; on fewer, classifiers alone decide nothing
MANY = 60  # letters on which a classifier is reliable
_LIKELY = 0.4  # less is hesitation, if the next language is a neighbour
_READ = 2_000  # characters that py3langid, the slow one, is shown


def alike(a: str, b: str) -> bool:
    """Whether classifiers take the two for each other on little text."""
    return a == b or any(a in group and b in group for group in _ALIKE)


def evidence(text: str) -> Evidence:
    """The words of a text in small letters that are common in a language, or look like it."""
    if text.isascii():
        return counted(small_words(text))
    get = _table().get
    return sum([get(word) or _looks(word) for word in _TOKEN.findall(text)])


def small_words(text: str) -> list[bytes]:
    """The runs of letters of an ASCII text, in small letters."""
    return text.encode().translate(_SMALL).split()


def counted(words: Iterable[bytes]) -> Evidence:
    """The evidence of `small_words`."""
    return sum(filter(None, map(_small_table().get, words)))


def words_of(found: Evidence, code: str) -> int:
    """How many words the evidence has for one language."""
    return found >> _SHIFT[code] & _FIELD if code in _SHIFT else 0


def _packed(codes: Iterable[str]) -> Evidence:
    return sum(1 << _SHIFT[code] for code in codes)


def _numbers(found: Evidence) -> tuple[int, ...]:
    """The number of words of each language, in the order of `_CODES`, as far as there are any."""
    fields = _FIELDS[(found.bit_length() + _BITS - 1) // _BITS]
    return fields.unpack(found.to_bytes(fields.size, "little"))


@lru_cache(maxsize=4096)
def _looks(word: str) -> Evidence:
    """The languages whose own letters, beginnings or endings a word shows."""
    if word.isascii():
        return 0
    if "\u0307" in word:  # a capital İ in small letters is i and U+0307
        return _table().get(word.replace("\u0307", "")) or _packed(("tr", "az"))
    if shape := _SHAPE.search(word):
        return _packed(SHAPES[(shape.lastindex or 1) - 1][1].split())
    return _packed(min((_MARKED[mark] for mark in _MARK.findall(word)), key=len, default=()))


def margin(found: Evidence) -> tuple[str | None, int]:
    """The language with the most words, and how many more than the next; (None, 0) on a tie."""
    return _lead(found)[:2] if found else (None, 0)


def most(found: Evidence) -> int:
    """The number of words of the language that has the most."""
    return _lead(found)[2] if found else 0


def leads(found: Evidence, code: str, ahead: int) -> bool:
    """Whether a language has more words than any other, by so many (1 at least): what `margin`
    tells too, without looking at each language's number."""
    own = words_of(found, code)
    if own < ahead:
        return False
    return (_allowed(own, code, ahead) - found) & _ABOVE == _ABOVE


@lru_cache(maxsize=4096)
def _allowed(own: int, code: str, ahead: int) -> Evidence:
    """In each language's field what its number may be, and above that a bit that is lost where it
    is more."""
    return _ABOVE + (own - ahead) * _ONES + (ahead << _SHIFT[code])


@lru_cache(maxsize=256)
def _lead(found: Evidence) -> tuple[str | None, int, int]:
    numbers = _numbers(found)
    ordered = sorted((0, *numbers))  # quicker than to look for the greatest twice
    first, second = ordered[-1], ordered[-2]
    code = _CODES[numbers.index(first)] if first > second else None
    return code, first - second, first


def plainly(found: Evidence, letters: int) -> str | None:
    """The language that the words of so many letters settle, so that no classifier need be asked.

    Not where few of them are common in it, or nearly as many in a neighbour: then it may be a
    language without a list.
    """
    code, ahead = margin(found)
    if code is None or ahead < _PLAIN or code in ROMANISED:
        return None
    own = words_of(found, code)
    settled = letters < MANY or (own <= 4 * ahead and letters <= 25 * own)
    return code if settled else None


def classify(found: Evidence, text: str, letters: int, *, thorough: bool = False) -> str | None:
    """The language of a text in one script and small letters, or None where it stays open.

    `found` is the text's evidence, `letters` their number; `thorough` also asks py3langid, which
    is slow.
    """
    if (plain := plainly(found, letters)) is not None:
        return plain
    code, ahead = margin(found)
    if code in ROMANISED:
        return None
    if ahead < 2 and (pair := _twins(found)):
        found += _traits(pair, text)
        code, ahead = margin(found)
    if code is None and not thorough and letters < (ENOUGH if found else MANY):
        return None  # whatever CLD2 may say
    text = text.replace("\u0307", "")
    named, percent, reliable = _cld2(text)
    if code is not None:
        if named == code and (ahead >= 2 or (letters >= FEW and (reliable or letters < MANY))):
            return code
        against = named is not None and reliable
        if against and named not in COMMON and percent >= 80 and ahead >= _PLAIN:
            return named
        if against and any(code in pair and named in pair for pair in _TWINS) and ahead < 2:
            return None
        if ahead >= 2 and (not against or alike(str(named), code)):
            return code
        # A short text that py3langid reads like the words: CLD2 may be wrong, if no word says so.
        if (
            not against
            or alike(str(named), code)
            or (letters < MANY and not words_of(found, str(named)))
        ):
            return code if thorough and _langid(text) == code else None
    if named is None or percent < 80:
        return None
    highest = most(found)
    if _tied_twins(found, named):
        return None  # no classifier knows better
    if reliable and named not in COMMON:  # a language without a list: no other may have the words
        agreed = letters >= MANY or (letters >= ENOUGH and thorough and _langid(text) == named)
        return named if agreed and ahead < 2 else None
    if not reliable:
        sure = thorough and words_of(found, named) == highest >= 2 and letters >= ENOUGH
        return named if sure and _langid(text) == named else None
    if words_of(found, named) < highest or (not highest and letters > 2 * MANY):
        return None  # so long a text without one common word is no text in that language
    if highest and letters >= ENOUGH:
        return named
    return named if thorough and letters >= FEW and _langid(text) == named else None


def taken_for(found: Evidence, text: str) -> str | None:
    """The language that CLD2 names, surely or not, where no other has more of the text's words."""
    named = _cld2(text.replace("\u0307", ""))[0]
    return named if named is not None and words_of(found, named) == most(found) else None


def _twins(found: Evidence) -> tuple[str, str] | None:
    """The twins of which one has more words than any other language, the other one fewer at most:
    what tells them apart tells nothing of a third."""
    first = most(found)
    enough = max(first - 1, 1)
    for a, b in _TWINS:
        times = words_of(found, a), words_of(found, b)
        if min(times) >= enough and max(times) == first:
            others = found - (times[0] << _SHIFT[a]) - (times[1] << _SHIFT[b])
            if most(others) < first:
                return a, b
    return None


def _tied_twins(found: Evidence, named: str) -> bool:
    return any(named in (a, b) and words_of(found, a) == words_of(found, b) for a, b in _TWINS)


def _traits(pair: tuple[str, str], text: str) -> Evidence:
    """Words of the text that look like the one twin's, and are none that the other writes too."""
    get, found = _table().get, 0
    for code, other, shape in zip(pair, pair[::-1], _TWINS[pair], strict=True):
        words = (word for word in shape.findall(text) if not words_of(get(word, 0), other))
        found += sum(1 << _SHIFT[code] for _ in words)
    return found


@lru_cache(maxsize=1)
def _table() -> dict[str, Evidence]:
    """Word -> the languages in which it is common. Single letters name unknowns and points."""
    table: dict[str, Evidence] = {}
    for code, listed in (*COMMON.items(), *ROMANISED.items()):
        one = _packed((code,))
        for word in dict.fromkeys(part for one_word in listed for part in one_word.split("'")):
            if len(word) > 1 or not word.isascii():
                table[word] = table.get(word, 0) + one
    return table


@cache
def _small_table() -> dict[bytes, Evidence]:
    """The words of the table that are ASCII, as `small_words` gives them."""
    return {word.encode(): codes for word, codes in _table().items() if word.isascii()}


@lru_cache(maxsize=256)
def _cld2(text: str) -> tuple[str | None, int, bool]:
    """CLD2's first language, its share in percent, and whether it calls itself reliable."""
    cld2 = _engine("pycld2")
    data = text.encode("utf-8", "ignore")
    try:
        reliable, _, found = cld2.detect(data)
        if not reliable:
            _, _, found = cld2.detect(data, bestEffort=True)
    except (cld2.error, ValueError):  # control characters, broken UTF-8
        return None, 0, False
    code = str(found[0][1])
    return (None, 0, False) if code == "un" else (_code(code), int(found[0][2]), bool(reliable))


@cache
def _engine(module: str) -> Any:
    """A classifier without type stubs, loaded when first asked."""
    return importlib.import_module(module)


def _code(code: str) -> str:
    return SPELLINGS.get(code.lower(), code)


@lru_cache(maxsize=256)
def _langid(text: str) -> str | None:
    """py3langid's first language; None where it hesitates between neighbours."""
    (first, likely), (second, _), *_ = _identifier().rank(text[:_READ])
    hesitates = likely < _LIKELY and alike(_code(first), _code(second))
    return None if hesitates else _code(first)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    langid = _engine("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
