"""What a word is, by the script's own rules, and where the words of a text stand.

A word is a token between white space with a letter or a digit. Chinese and Japanese write no
spaces: each ideograph and each kana is a word (as word processors count). Thai, Lao, Khmer and
Burmese write none between words either: a word is taken to be four base letters with their marks,
about the mean length of a Thai word. Korean and all others go by white space.

Dashes and ellipses between letters part words too (`add—then`, `add...then`), hyphens and
apostrophes join them (`well-known`). A chain of more than four words by other marks, or of more than
six by hyphens, is no word: `we.add.two.and.two`.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate, compress, count
from operator import add, sub

from bridle.text.spans import MASK, Span

_TOKEN = re.compile(r"\S+")
WORDLIKE = re.compile(rf"[^\W_]|{MASK}")
WORD = re.compile(rf"(?<!\S)(?:[^\w\s{MASK}]|_)*+\S+")  # a token that has something wordlike
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LETTER = r"[^\W\d_]"
_DASHES = "‒–—―⸺⸻﹘−…"
_PARTING = re.compile(  # dashes, ellipses, blanks of LaTeX; one class of first characters is quick to scan for
    rf"[{_DASHES}.\\~-](?:(?<={_LETTER}[{_DASHES}])[{_DASHES}]*+|(?<={_LETTER}-)-++|(?<={_LETTER}\.)\.++"
    rf"|(?<={_LETTER}\\)[ ,;:!]|(?<={_LETTER}~))(?={_LETTER})"
)
_IN_CHAIN = r"[.,;:/|_+=&·•‧∙⋅]"
_INNER = r"(?:[^\W_]|['’-])*+"
_CHAIN = re.compile(
    rf"(?<![^\s\"'“‘(\[*])(?!www\.|\w+:/)(?:{_LETTER}{_INNER}{_IN_CHAIN}++){{4,}}+{_LETTER}[\w'’-]*+"
    rf"|(?<![^\s\"'“‘(\[*])(?:{_LETTER}++[-‐‑]){{6,}}+{_LETTER}++"
)
# Of an encoded text its white space and, in one sign, what may join a chain; all else is deleted.
_JOINERS = b".,;:/|_+=&-"
_AS_JOINED = bytes(ord("-") if i in _JOINERS else i for i in range(256))
_NOT_JOINING = bytes(i for i in range(256) if i not in _JOINERS and not chr(i).isspace())
_ANY_JOINER = re.compile(f"{_IN_CHAIN}+|[-‐‑]")
_BLANKS = bytes(32 if chr(i).isspace() else i for i in range(256))
_MARKS = bytes(i for i in range(128) if not chr(i).isalnum() and not chr(i).isspace())


def shows(text: str, start: int, end: int) -> bool:
    """Whether more than blanks and punctuation stands there: a letter, a digit, a formula, an emoji
    or another sign that is not ASCII."""
    if WORDLIKE.search(text, start, end):
        return True
    found = NOT_ASCII.finditer(text, start, end)
    return any(unicodedata.category(match[0])[0] in "LNS" for match in found)


def parted(text: str) -> str:
    """The text, as long, blanks in the place of what parts words without being white space."""
    if (
        "--" in text or ".." in text or "\\" in text or "~" in text
        or (not text.isascii() and any(dash in text for dash in _DASHES))
    ):  # fmt: skip
        text = _PARTING.sub(lambda found: " " * len(found[0]), text)
    return _CHAIN.sub(_unchained, text) if _may_have_chain(text) else text


def _may_have_chain(text: str) -> bool:
    if text.isascii() or not any(sign in text for sign in "·•‧∙⋅‐‑"):
        plain = text.encode("utf-8", "replace")
        if b"----" not in plain.translate(_AS_JOINED, _NOT_JOINING):
            return False  # no token has the four marks of a chain
    # a chain stands within a token; most have fewer characters than five words and four marks
    return any(len(token) >= 9 and _CHAIN.search(token) for token in text.split())


def _unchained(chain: re.Match[str]) -> str:
    if "@" in chain[0]:
        return chain[0]
    return _ANY_JOINER.sub(lambda found: " " * len(found[0]), chain[0])


def words_in(text: str) -> tuple[Span, ...]:
    """The words of a text of any script."""
    if not unspaced(text):
        return tuple([match.span() for match in WORD.finditer(text)])
    found: list[Span] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if _UNSPACED.search(text, start, end):
            found.extend(_segment(text, start, end))
        elif WORDLIKE.search(text, start, end):
            found.append((start, end))
    return tuple(found)


def in_plain(text: str) -> bytes | None:
    """The text in one byte a character: every white space a blank, a mask a digit, and for the few
    characters that are not ASCII one of their kind; None where they are many."""
    text = text.replace(MASK, "0")
    if not text.isascii():
        if len(text.encode("utf-8", "replace")) > 1.2 * len(text) or _UNSPACED.search(text):
            return None
        text = NOT_ASCII.sub(_of_its_kind, text)
    return text.encode().translate(_BLANKS)


def count_in_plain(plain: bytes) -> int:
    """How many words there are; much cheaper than where they stand."""
    return len(plain.translate(None, _MARKS).split())


def _of_its_kind(match: re.Match[str]) -> str:
    """An ASCII character that is a letter or digit, white space, or neither, as this one is."""
    char = match.group()
    return " " if char.isspace() else "0" if char.isalnum() or char == MASK else "."


def spans_in_plain(plain: bytes) -> tuple[Span, ...]:
    """The tokens with a letter or digit of an ASCII text whose white space is all blanks."""
    tokens = plain.split(b" ")
    wordlike = plain.translate(None, _MARKS).split(b" ")  # token by token; empty: nothing of a word
    lengths = list(map(len, tokens))
    ends = list(map(add, accumulate(lengths), count()))
    return tuple(compress(zip(map(sub, ends, lengths), ends, strict=True), wordlike))


_IDEOGRAPHS = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fd-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
)
_RUNNING = "\u0e01-\u0e3a\u0e40-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17f9"
_UNSPACED = re.compile(f"[{_IDEOGRAPHS}{_RUNNING}]")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_RUNNING_CHAR = re.compile(f"[{_RUNNING}]")
_LETTERS_PER_WORD = 4


def is_ascii(text: str) -> bool:
    """Whether all of a text but its masks is ASCII."""
    return text.isascii() or text.replace(MASK, "").isascii()


# Letters of mathematics (bold, italic, …), full-width ones, ligatures.
_STYLED = re.compile("[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06]")


def decomposed(text: str) -> str:
    """The text canonically decomposed, its letters in plain type."""
    text = unicodedata.normalize("NFD", text)
    if _STYLED.search(text):
        text = _STYLED.sub(lambda styled: unicodedata.normalize("NFKD", styled.group()), text)
    return text


def unspaced(text: str) -> bool:
    """Whether the text has a script that writes no spaces between words."""
    return not is_ascii(text) and _UNSPACED.search(text) is not None


def is_unspaced(char: str) -> bool:
    return not char.isascii() and _UNSPACED.match(char) is not None


def _segment(text: str, start: int, end: int) -> list[Span]:
    """Words of a token that has a script without spaces; the rest of the token by its own runs."""
    found: list[Span] = []
    open_at = -1
    letters = 0  # base letters of the open word where the script runs on; 0: another script
    for i in range(start, end):
        char = text[i]
        if "\u4e00" <= char <= "\u9fff":  # by far most of them: no need to ask what it is
            if open_at >= 0:
                found.append((open_at, i))
            found.append((i, i + 1))
            open_at = -1
        elif unicodedata.category(char)[0] == "M" and found and found[-1][1] == i:
            found[-1] = (found[-1][0], i + 1)
        elif _IDEOGRAPH.match(char):
            if open_at >= 0:
                found.append((open_at, i))
            found.append((i, i + 1))
            open_at = -1
        elif _RUNNING_CHAR.match(char):
            base = unicodedata.category(char)[0] in "LN"
            if open_at >= 0 and (letters == 0 or (base and letters == _LETTERS_PER_WORD)):
                found.append((open_at, i))
                open_at = -1
            if open_at < 0:
                open_at, letters = i, 0
            letters += base
        elif char.isalnum() or char == MASK:
            if open_at >= 0 and letters:
                found.append((open_at, i))
                open_at = -1
            if open_at < 0:
                open_at, letters = i, 0
        elif open_at >= 0 and i + 1 < end and (not char.isascii() or not text[i + 1].isalnum()):
            # Full-width punctuation ends a word; a decimal point or an apostrophe inside does not.
            ends = unicodedata.category(char) in ("Po", "Ps", "Pe")
            if ends:
                found.append((open_at, i))
            open_at = -1 if ends else open_at
    if open_at >= 0:
        found.append((open_at, end))
    return found
