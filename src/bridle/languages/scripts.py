"""Scripts: which letters belong to which, and how many of each a text has."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bridle.text import MASK
from bridle.text.invisible import JOINERS

_RARE_HAN = "\U00020000-\U0003ffff"

# Scripts by their letters; the languages that write in them ("" for many: ask a classifier).
_SCRIPTS: tuple[tuple[str, str, str], ...] = (
    ("latin", "A-Za-zªºÀ-ÖØ-öø-\u02af\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a", ""),
    ("cyrillic", "\u0400-\u052f\u1c80-\u1c8f", ""),
    (
        "arabic",
        "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
        "",
    ),
    ("devanagari", "\u0904-\u0939\u0958-\u0961\u0971-\u097f", ""),
    ("han", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff" + _RARE_HAN, "zh"),
    ("kana", "\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9d", "ja"),
    ("hangul", "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3", "ko"),
    ("greek", "\u0370-\u03ff\u1f00-\u1fff", "el"),
    ("hebrew", "\u05d0-\u05ea", "he"),
    ("thai", "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46", "th"),
    ("lao", "\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd-\u0ec6", "lo"),
    ("bengali", "\u0985-\u09b9\u09ce\u09dc-\u09e1\u09f0\u09f1", "bn"),
    ("gurmukhi", "\u0a05-\u0a39\u0a59-\u0a5e\u0a72-\u0a74", "pa"),
    ("gujarati", "\u0a85-\u0ab9", "gu"),
    ("odia", "\u0b05-\u0b39\u0b5c-\u0b61", "or"),
    ("tamil", "\u0b85-\u0bb9", "ta"),
    ("telugu", "\u0c05-\u0c39\u0c58-\u0c61", "te"),
    ("kannada", "\u0c85-\u0cb9\u0cde-\u0ce1", "kn"),
    ("malayalam", "\u0d05-\u0d3a\u0d7a-\u0d7f", "ml"),
    ("sinhala", "\u0d85-\u0dc6", "si"),
    ("burmese", "\u1000-\u102a\u103f\u1050-\u1055", "my"),
    ("georgian", "\u10a0-\u10ff", "ka"),
    ("armenian", "\u0531-\u0556\u0561-\u0587", "hy"),
    ("khmer", "\u1780-\u17b3", "km"),
    ("ethiopic", "\u1200-\u137f", "am"),
)
_LETTERS = {name: re.compile(f"[{chars}]+") for name, chars, _ in _SCRIPTS}
ONE_LANGUAGE = {name: code for name, _, code in _SCRIPTS if code}
_GREEK_WORD = re.compile("[\u0370-\u03ff\u1f00-\u1fff]{3}")
_LATIN_RUN = re.compile(f"{_LETTERS['latin'].pattern[:-1]}{{3,}}")
# Latin words in a row; what may be a name has a capital in each, and not more than three.
_LATIN_WORDS = re.compile(
    rf"{_LETTERS['latin'].pattern}(?:[ .'’&/-]{{1,2}}{_LETTERS['latin'].pattern})*+"
)
_BETWEEN_WORDS = re.compile("[ &/-]+")  # Node.js and McDonald's are one
_NAME_WORDS = 3
_FUNCTIONS = frozenset(
    ["sin", "cos", "tan", "cot", "log", "exp", "lim", "max", "min", "mod", "gcd", "lcm", "det"]
)
_COMMAND = re.compile(r"\\[A-Za-z]+")
# What composition (NFC) makes one letter of several, or a letter of a sign.
_COMPOSED = re.compile("[\u1100-\u11ff\u2126\u212a\u212b\ufb1d-\ufb4f]")
_SHORT = 20_000  # characters of a text whose lines are remembered
_NO_LETTERS = bytes(i for i in range(128) if not chr(i).isalpha())


def scripts(text: str, *, names: bool = True) -> dict[str, int]:
    """Letters by script, the scripts that occur only; without `names` Latin words that may be names
    (JavaScript, New York) are left out beside another script."""
    return _scripts(text, one=False, names=names)


def weights(text: str, *, names: bool = True) -> dict[str, int]:
    """Like `scripts`, but letters are not counted where all are of one script: that has 1."""
    return _scripts(text, one=True, names=names)


def _scripts(text: str, *, one: bool, names: bool) -> dict[str, int]:
    text = without_commands(text.replace(MASK, " "))
    if text.isascii():
        present = ["latin"] if _LETTERS["latin"].search(text) else []
    else:
        if _COMPOSED.search(text):
            text = unicodedata.normalize("NFC", text)
        present = _present(text)
        if "greek" in present and not _GREEK_WORD.search(text):
            present.remove("greek")  # α, Δx: names of angles and quantities
        if "latin" in present and len(present) > 1 and not _has_latin_word(text):
            present.remove("latin")  # x, ABC, cm: names of quantities, points, units
    if one and len(present) == 1:
        return {present[0]: 1}
    counts = {script: letters_in(text, script) for script in present}
    if not names and "latin" in counts and len(counts) > 1:
        rest = _without_names(text, sum(counts.values()) - counts["latin"])
        if _has_latin_word(rest):
            counts["latin"] = letters_in(rest, "latin")
        else:
            del counts["latin"]
    return counts


def _present(text: str) -> list[str]:
    """The scripts of a text's letters, in the order of the table."""
    present: frozenset[str] = frozenset()
    for _ in range(3):  # nearly always one or two: no character need be looked at by itself
        letter = _letter_beyond(present).search(text)
        if letter is None:
            return [name for name in _LETTERS if name in present]
        present |= {next(name for name, letters in _LETTERS.items() if letters.match(letter[0]))}
    chars = "".join(set(text))
    return [name for name, letters in _LETTERS.items() if letters.search(chars)]


@lru_cache(maxsize=512)
def _letter_beyond(present: frozenset[str]) -> re.Pattern[str]:
    """A letter of none of these scripts."""
    return re.compile(f"[{''.join(chars for name, chars, _ in _SCRIPTS if name not in present)}]")


def _without_names(text: str, others: int) -> str:
    """The text without Latin words that may be names; as it is, where they are not few beside
    `others`, the letters of other scripts."""
    few = others // 2

    def blank(found: re.Match[str]) -> str:
        nonlocal few
        words = _BETWEEN_WORDS.split(found[0])
        if len(words) > _NAME_WORDS or any(word.islower() for word in words):
            return found[0]
        few -= len(words)
        return " "

    rest = _LATIN_WORDS.sub(blank, text)
    return rest if few >= 0 else text


def without_commands(text: str) -> str:
    """The text, as long as before, with its LaTeX commands (`\\frac`) blank: no words of a language."""
    return _COMMAND.sub(lambda found: " " * len(found[0]), text) if "\\" in text else text


def has_latin(text: str) -> bool:
    return _LETTERS["latin"].search(text) is not None


def _has_latin_word(text: str) -> bool:
    """Whether there is more than names, one to four capitals at most, and functions."""
    for run in _LATIN_RUN.finditer(text):
        word = run[0]
        if (len(word) > 4 or not word.isupper()) and word not in _FUNCTIONS:
            return True
    return False


def letters_in(text: str, script: str) -> int:
    """The letters of one script in a text that is in canonical composition (NFC)."""
    if text.isascii():
        return len(text.encode().translate(None, _NO_LETTERS)) if script == "latin" else 0
    if len(text) > _SHORT:
        return len("".join(_LETTERS[script].findall(text)))
    return sum([_in_line(line, script) for line in text.split("\n")])


@lru_cache(maxsize=256)  # the loose variants of a text have most of their lines in common
def _in_line(line: str, script: str) -> int:
    return len("".join(_LETTERS[script].findall(line)))


def only(text: str, script: str) -> str:
    """The words of one script, in small letters (capitals mislead classifiers)."""
    text = text.replace(MASK, " ").replace("_", " ").replace("*", " ")
    text = unicodedata.normalize("NFC", text)
    kept = text.split()
    if script != "latin" and (latin := _LETTERS["latin"].search)(text):
        kept = [w for w in kept if not latin(w)]
    cleaned = " ".join(filter(_LETTERS[script].search, kept)).lower()
    if cleaned.isprintable():
        return cleaned
    return "".join(c if c.isprintable() or c in JOINERS else " " for c in cleaned)
