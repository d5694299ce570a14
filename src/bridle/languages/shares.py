"""Shares of the languages within one script, sentence by sentence.

A sentence whose own words are plain speaks for itself; one too short to tell goes with the whole
text, unless its words speak against that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from operator import add

from bridle.languages.classify import (
    ENOUGH,
    FEW,
    MANY,
    TWIN,
    alike,
    classify,
    counted,
    evidence,
    leads,
    margin,
    most,
    plainly,
    small_words,
    taken_for,
    words_of,
)
from bridle.languages.scripts import letters_in, only, without_commands
from bridle.text import MASK, Span, View, once
from bridle.text.invisible import JOINERS

Shares = dict[str, float]

WHOLE = 20_000  # characters that speak for the whole of a text
_BEGINNING = 2_000  # of it that classifiers are shown
PIECE = 400  # characters of a sentence that are looked at as one
_LONG = 400_000  # characters; of a longer text samples are looked at
_SAMPLES = 200  # of so many ...
_SAMPLE = 2_000  # ... characters in a row: what alternates is met as it stands
_CLOSING = "\"'”’»)\\]』」*_"
_OWN_STOPS = "。！？｡।॥؟۔"  # after these no white space need follow
# A stop and what closes after it, or a line end, with the white space after.
_CUT = re.compile(rf"([.!?\n](?:(?<=\n)|[{_CLOSING}]*(?=\s))\s*)")
_ANY_CUT = re.compile(rf"([.!?…\n{_OWN_STOPS}](?:(?<=[\n{_OWN_STOPS}])|[{_CLOSING}]*(?=\s))\s*)")


class Heard:
    """A stretch in one script: its letters, its evidence, and what its words say alone. `pure`:
    the whole text has letters of that script only."""

    def __init__(self, piece: str, script: str, pure: bool) -> None:
        self.piece, self.script = piece, script
        if piece.isascii():
            words = small_words(piece) if script == "latin" else []
            self.words, self.letters = counted(words), sum(map(len, words))
        else:
            text = piece.lower() if pure and _is_clean(piece) else self.text
            self.words, self.letters = evidence(text), letters_in(text, script)

    @once
    def ahead(self) -> int:
        """How many more words its language has than the next."""
        return margin(self.words)[1]

    @once
    def text(self) -> str:
        return only(self.piece, self.script)

    @once
    def own(self) -> str | None:
        """The language of the stretch by itself."""
        if self.letters < FEW:
            return None
        plain = plainly(self.words, self.letters)
        return plain or classify(self.words, self.text, self.letters)

    def fits(self, whole: str | None) -> bool:
        """Whether it is plainly, or for want of another, in the language of the whole text."""
        if whole is None:
            return False
        return leads(self.words, whole, 1 if self.letters < MANY and whole not in TWIN else 2)


_NO_JOINERS = dict.fromkeys(map(ord, JOINERS))


def _is_clean(piece: str) -> bool:
    """Whether it is composed (NFC), and without control characters but joiners."""
    if not piece.isprintable():
        piece = piece.translate(_NO_JOINERS)
    return piece.isprintable() and unicodedata.is_normalized("NFC", piece)


@lru_cache(maxsize=256)  # the loose variants of a text have most of their sentences in common
def heard(piece: str, script: str, pure: bool) -> Heard:
    return Heard(piece, script, pure)


def shares_in(view: View, script: str, pure: bool) -> Shares | None:
    """Language -> share of the letters of one script, "?" for what stays open; None if most does.

    `pure`: the view has letters of this script only.
    """
    looked_at = [h for piece in pieces(view) if (h := heard(piece, script, pure)).letters]
    words = sum([h.words for h in looked_at])
    letters = sum([h.letters for h in looked_at])
    if letters < FEW and not words:
        return None
    whole = plainly(words, letters)
    if whole is None:
        whole = classify(words, _beginning(looked_at), letters, thorough=True)
    if len(looked_at) == 1:
        return {whole: 1.0} if whole else None
    known: dict[str, int] = {}
    fitting = unsure = 0
    for h in looked_at:
        if h.fits(whole):
            fitting += h.letters
        elif (code := h.own) is not None and not _doubtful(h, code, whole):
            known[code] = known.get(code, 0) + h.letters
        elif whole and not _speaks_against(h, code, whole):
            fitting += h.letters  # nothing in it speaks against the language of the whole
        else:
            unsure += h.letters
    if fitting and whole:
        known[whole] = known.get(whole, 0) + fitting
    total = sum(known.values())
    if unsure > total:
        return {whole: 1.0} if whole and not known else None
    total += unsure
    shares = {code: n / total for code, n in known.items()}
    return {**shares, "?": unsure / total} if unsure else shares


def _beginning(looked_at: list[Heard]) -> str:
    texts: list[str] = []
    size = 0
    for h in looked_at:
        texts.append(h.text)
        size += len(h.text) + 1
        if size > _BEGINNING:
            break
    return " ".join(texts)[:_BEGINNING]


def _speaks_against(h: Heard, code: str | None, whole: str) -> bool:
    """Whether it has more words of another language, or none but of another, as CLD2 says too."""
    own = words_of(h.words, whole)
    if own or not h.words:
        return most(h.words) - own >= 2
    other = code or (taken_for(h.words, h.text) if h.letters >= FEW else None)
    return most(h.words) >= 2 or (other is not None and not alike(other, whole))


def _doubtful(h: Heard, code: str, whole: str | None) -> bool:
    """Whether a piece is too short, or too like the whole, to count for another language."""
    if whole is None or code == whole:
        return False
    return h.letters < ENOUGH and (h.ahead < 2 or alike(code, whole))


def pieces(view: View) -> list[str]:
    """Lines, cut behind the stops of sentences, and long ones at white space; maths left out."""
    plain = view.flat.replace(MASK, " ")
    if len(plain) > _LONG:
        plain = "\n".join(plain[start:end] for start, end in sentences(view))
    plain = without_commands(plain)
    parts = (_CUT if plain.isascii() else _ANY_CUT).split(plain)
    found: list[str] = []
    for piece in map(add, parts[::2], [*parts[1::2], ""]):
        while len(piece) > PIECE:
            cut = piece.rfind(" ", PIECE // 2, PIECE)
            cut = cut if cut > 0 else PIECE
            found.append(piece[:cut])
            piece = piece[cut:]
        found.append(piece)
    return found


def sentences(view: View) -> Iterator[Span]:
    """The sentences of a text; of a very long one those of samples at even distances."""
    if len(view.flat) <= _LONG:
        yield from view.sentences
        return
    text = view.flat
    for i in range(_SAMPLES):
        start = len(text) * i // _SAMPLES
        start = max(start, text.find(" ", start, start + 100) + 1)
        found = View(text[start : start + _SAMPLE], ()).sentences
        for a, b in found[1:-1] or found:  # the first and the last are cut
            yield start + a, start + b
