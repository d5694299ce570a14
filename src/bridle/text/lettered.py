"""The words of a text as runs of letters: what they are, and where they stand only when asked.

A word here is the run of letters, with their marks, between what stands around it (`well-known` is
two, unless hyphens join them; `it's` is one); digits and masked formulas are no words. A text of ten
million characters has two million words: to split it costs a tenth of finding each word's place, and
a place is shown for few of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain, compress, count, islice
from operator import itemgetter

from bridle.text import MASK, Span, View, once
from bridle.text.invisible import HOLD, JOINERS
from bridle.text.words import is_ascii

WORD = "{run}(?:['’]{run})*"
_OR_MARK = f"{WORD}|_"
_LONG = 40  # letters of a word that is not worth remembering
_UNSEEN = JOINERS + HOLD  # part no word
_NOTHING = dict.fromkeys(map(ord, _UNSEEN))
# A stretch of letters in bold; where one more stands at its side it is a part of a word.
_BOLD = re.compile(
    r"\*\*(?:(?<=[A-Za-z\u00c0-\u024f]..)[A-Za-z\u00c0-\u024f\u0300-\u036f]++\*\*"
    r"|[A-Za-z\u00c0-\u024f\u0300-\u036f]++\*\*(?=[A-Za-z\u00c0-\u024f]))"
)
# An apostrophe that does not stand between two ASCII letters.
_EDGE = re.compile(r"'(?:(?![A-Za-z])|(?<![A-Za-z]'))")
# A hyphen after a letter, or a mark on it, and before one.
_HYPHEN = re.compile(r"[-‐‑](?<=[A-Za-z\x80-\U0010ffff].)(?=[^\W\d_])")
# Of an ASCII text the letters, apostrophes and `_`; all else becomes a blank.
_PARTED = bytes(i if chr(i).isalpha() or chr(i) in "'_" else 32 for i in range(128)) + bytes(128)

first_letter = itemgetter(0)


def pattern(text: str, expression: str = WORD) -> re.Pattern[str]:
    """What finds the words of a text; in the expression `{run}` stands for letters in a row,
    `{any}` for letters and digits."""
    return _pattern(expression, text.isascii())


@cache
def _pattern(expression: str, ascii: bool) -> re.Pattern[str]:
    for name, kind in (("{run}", r"[^\W\d_]"), ("{any}", r"[^\W_]")):
        kind = f"{kind}+" if ascii else f"(?:{kind}++[{marks()}]*+)++"
        expression = expression.replace(name, kind)
    return re.compile(expression)


@cache
def marks() -> str:
    """What may follow a letter as a part of it: combining marks, vowel signs, what is not seen."""
    codes = (*range(0x300, 0x1F000), *range(0xE0100, 0xE01F0))
    return _UNSEEN + "".join(c for c in map(chr, codes) if unicodedata.category(c)[0] == "M")


def unsplit(text: str) -> str:
    """The text, as long, without marks of emphasis inside of words (`**N**ational` is one word)."""
    return _BOLD.sub(_unmarked, text) if "**" in text else text


def _unmarked(match: re.Match[str]) -> str:
    return match.group().replace("**", HOLD * 2)


class LetterWords:
    """The words of a view, in order; all lists here are parallel. `joined`: hyphens join them."""

    def __init__(self, view: View, *, joined: bool = False) -> None:
        text = unsplit(view.text.replace(MASK, " ").replace("_", " "))
        self.text = hyphens_joined(text) if joined else text

    @once
    def written(self) -> list[str]:
        """The words as they are written."""
        return _split(self.text) if self.text.isascii() else self._kept(self._found)

    @once
    def plain(self) -> list[str]:
        """In small letters without accents, apostrophes straight."""
        if self.text.isascii():
            return _split(self.text.lower())
        return self._kept(list(map(self._plain.__getitem__, self._found)))

    @once
    def letters(self) -> list[str]:
        """In small letters without accents and without apostrophes."""
        if self.text.isascii():
            return _split(self.text.lower(), apart="")
        bare = {word: word.replace("'", "") for word in set(self.plain)}
        return list(map(bare.__getitem__, self.plain))

    def spans(self, wanted: Iterable[int]) -> list[Span]:
        """Where the words of these numbers stand, which are in rising order."""
        matches = pattern(self.text).finditer(self.text)
        if not self.text.isascii():
            matches = (m for m in matches if self._plain[m.group()])
        return spans_of(matches, wanted)

    @once
    def said(self) -> list[str]:
        """In small letters, their accents kept (`él` is not `el`), apostrophes straight."""
        if self.text.isascii():
            return self.plain
        small = {word: _small(word) for word in set(self.written)}
        return list(map(small.__getitem__, self.written))

    @once
    def _found(self) -> list[str]:
        return found_in(self.text)

    @once
    def _plain(self) -> dict[str, str]:
        """For every different word its plain form, empty where it has no letter (`½`)."""
        plain = {word: plain_word(word) for word in set(self._found)}
        return {word: form if form.strip("'") else "" for word, form in plain.items()}

    def _kept(self, words: list[str]) -> list[str]:
        if all(self._plain.values()):
            return words
        return list(compress(words, map(self._plain.__getitem__, self._found)))


def letter_words(view: View, *, joined: bool = False) -> list[tuple[Span, str]]:
    """Every word with its place and its letters, for drafts; dear where the text is long."""
    words = LetterWords(view, joined=joined)
    return list(zip(words.spans(range(len(words.letters))), words.letters, strict=True))


def initials(view: View) -> str:
    """The first letters of the words, small and without accents, `_` between the sentences; hyphens
    join words."""
    words = by_sentence(view, joined=True)
    first = {word: plain_word(word).replace("'", "")[:1] for word in set(words)}
    return "".join(map(first.__getitem__, words))


def by_sentence(view: View, *, joined: bool = False) -> list[str]:
    """The words as they are written, and `_` between the sentences."""
    text = unsplit(view.text.replace(MASK, " ").replace("_", " "))
    text = hyphens_joined(text) if joined else text
    text = " _ ".join([text[start:end] for start, end in view.sentences])
    return _split(text) if text.isascii() else found_in(text, _OR_MARK)


def hyphens_joined(text: str) -> str:
    """The text with an apostrophe, which parts no word, for each hyphen inside one."""
    if "-" in text or not text.isascii():
        return _HYPHEN.sub("'", text)
    return text


def found_in(text: str, expression: str = WORD) -> list[str]:
    """What the pattern finds in a text. It finds nothing that has white space, so that each different
    token need be searched only once."""
    tokens = text.split()
    find = _pattern(expression, is_ascii(text)).findall
    found = {token: find(token) for token in set(tokens)}
    return list(chain.from_iterable(map(found.__getitem__, tokens)))


def spans_of(matches: Iterator[re.Match[str]], wanted: Iterable[int]) -> list[Span]:
    """Where the matches of these numbers stand, which are in rising order."""
    found: list[Span] = []
    at = 0
    for number in wanted:
        found.append(next(islice(matches, number - at, None)).span())
        at = number + 1
    return found


def where(chosen: Iterable[object]) -> list[int]:
    """The numbers of those that are true."""
    return list(compress(count(), chosen))


def plain_word(word: str) -> str:
    """A word in small letters, without accents, its apostrophes straight."""
    if word.isascii():
        return word.lower()
    return _unaccented(word) if len(word) <= _LONG else _unaccented.__wrapped__(word)


def _small(word: str) -> str:
    """A word in small letters, however it is encoded."""
    # The capital of a Turkish i has two characters in small letters.
    small = word.lower().replace("i\u0307", "i").replace("’", "'").replace("ς", "σ")
    small = small.translate(_NOTHING)
    return small if small.isascii() else unicodedata.normalize("NFC", small)


@lru_cache(maxsize=4096)
def _unaccented(word: str) -> str:
    letters = map(_bare, unicodedata.normalize("NFC", word.lower().replace("’", "'")))
    return "".join(c for c in letters if c.isalpha() or c == "'")


def _bare(char: str) -> str:
    """A Latin or Greek letter without its accents; in other scripts (`й`, `が`, `각`) what has a
    character of its own is a letter of its own."""
    first = unicodedata.normalize("NFD", char)[0]
    return first if first < "\u0400" else char


def _split(text: str, apart: str = "'") -> list[str]:
    """The words of an ASCII text, `apart` put in place of their apostrophes."""
    if "'" in text:
        text = _EDGE.sub(" ", text).replace("'", apart)
    return text.encode().translate(_PARTED).decode().split()
