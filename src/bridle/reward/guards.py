"""What of an answer is its own: without what nobody sees, copies of the prompt, and repetitions.

    own("river river river river river. It is 18.", item)   -> "river. It is 18."

A constraint is obeyed, for a reward, if the whole answer obeys it *and* what is left of it does: then
none of these bought the obedience, and an honest answer that restates the question loses nothing
unless it needs the restatement. Hidden text (comments, zero width, display:none) and dresses of code
or maths are what the types themselves do not count (docs/gaming.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from bridle.benchmarks.item import Item
from bridle.constraints import Constraint
from bridle.text.seen import Seen

# consecutive words of the prompt that are no coincidence (of a short prompt: all its words)
COPIED = 8
LEAST_COPIED = 6  # words of a prompt that is short
REPEATED = 4  # times in a row that a word, a group of words or a line is said
GROUP = 4  # words of a group that repeats at most
LISTED = 3  # demanded keywords that alone make up a sentence
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SEGMENT = re.compile(r"[^.!?\n;:]+")
_CHAIN = re.compile(r"(?<![\w/:.@\\])[A-Za-z0-9]++(?:[._|·•~+][A-Za-z0-9]++){4,}+(?![/@])")
_JOINT = re.compile(r"[._|·•~+]")
_LINKS = frozenset(
    ["and", "or", "the", "a", "an", "words", "keywords", "keyword", "word", "tags", "terms", "key"]
)
_STOP = "\0"  # no word: what a demanded phrase is replaced by, so that no copy runs across it

Found = tuple[int, int]  # character offsets


def seen(text: str) -> str:
    """What a reader sees of it."""
    return Seen(text).text


def own(text: str, item: Item) -> str:
    """`text` (as it is seen) without stretches that are copied, repeated, or bare lists of keywords.

    Chains that join words to make one of them (`so.it.is.18`) are parted. The same object where
    nothing is to do. Linear in the length of the text.
    """
    text = _unchained(text)
    words = [(m[0].casefold(), m.start(), m.end()) for m in _WORD.finditer(text)]
    said = [w for w, _, _ in words]
    drop = bytearray(len(said))
    copied, starts, size = _prompt(item)
    if copied:
        for i in range(len(said) - size + 1):
            if said[i] in starts and tuple(said[i : i + size]) in copied:
                drop[i : i + size] = b"\1" * size
    _repetitions(text, words, drop)
    _lines(text, words, drop)
    _lists(text, words, drop, _keywords(item.constraints))
    if not any(drop):
        return text
    return _cut(text, words, drop)


def _unchained(text: str) -> str:
    """The text with blanks in chains of five words and more, save those of addresses and paths."""
    if _CHAIN.search(text) is None:
        return text
    return _CHAIN.sub(lambda m: m[0] if "www" in m[0] else _JOINT.sub(" ", m[0]), text)


def _cut(text: str, words: Sequence[tuple[str, int, int]], drop: bytearray) -> str:
    """The text without those words and what parts them; a mark after the last one stays."""
    parts: list[str] = []
    at = 0
    i = 0
    while i < len(words):
        if not drop[i]:
            i += 1
            continue
        j = i
        while j + 1 < len(words) and drop[j + 1]:
            j += 1
        parts.append(text[at : words[i][1]])
        at = words[j][2]
        i = j + 1
    parts.append(text[at:])
    return "".join(parts)


def _repetitions(text: str, words: Sequence[tuple[str, int, int]], drop: bytearray) -> None:
    """Words, and groups of up to GROUP, said REPEATED times in a row: all but the first."""
    said = [w for w, _, _ in words]
    for size in range(1, GROUP + 1):
        i = size
        while i < len(said):
            if said[i] != said[i - size]:
                i += 1
                continue
            first = i - size
            while i < len(said) and said[i] == said[i - size]:
                i += 1
            times = (i - first) / size
            group = said[first : first + size]
            if times >= REPEATED and any(_is_word(w) for w in group):
                between = text[words[first][2] : words[min(first + 1, len(words) - 1)][1]]
                if "|" not in between:  # cells of a table may say the same
                    for k in range(first + size, i):
                        drop[k] = 1


def _is_word(word: str) -> bool:
    return word.isalpha() and (len(word) > 1 or not word.isascii())


def _lines(text: str, words: Sequence[tuple[str, int, int]], drop: bytearray) -> None:
    """Lines and sentences of three words and more that stand REPEATED times: all but the first."""
    met: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for first, last in _segments(text, words):
        if last - first >= 3:
            met.setdefault(tuple(w for w, _, _ in words[first:last]), []).append((first, last))
    for places in met.values():
        if len(places) >= REPEATED:
            for first, last in places[1:]:
                drop[first:last] = b"\1" * (last - first)


def _lists(
    text: str, words: Sequence[tuple[str, int, int]], drop: bytearray, keywords: frozenset[str]
) -> None:
    """Sentences that are nothing but demanded keywords."""
    if not keywords:
        return
    for first, last in _segments(text, words):
        said = [w for w, _, _ in words[first:last] if w not in _LINKS]
        if len(said) >= LISTED and all(w in keywords for w in said):
            drop[first:last] = b"\1" * (last - first)


def _segments(text: str, words: Sequence[tuple[str, int, int]]) -> Iterable[tuple[int, int]]:
    """Indices of the words of each sentence or line."""
    i = 0
    for match in _SEGMENT.finditer(text):
        first = i
        while i < len(words) and words[i][1] < match.end():
            i += 1
        if i > first:
            yield first, i


@lru_cache(maxsize=4096)
def _prompt_grams(
    prompt: str, phrases: tuple[str, ...]
) -> tuple[frozenset[tuple[str, ...]], frozenset[str], int]:
    said = [m[0].casefold() for m in _WORD.finditer(prompt)]
    for phrase in phrases:
        wanted = [m[0].casefold() for m in _WORD.finditer(phrase)]
        said = _without(said, wanted)
    size = COPIED if len(said) >= COPIED else len(said)
    if size < LEAST_COPIED:
        return frozenset(), frozenset(), 0
    grams = {tuple(said[i : i + size]) for i in range(len(said) - size + 1)}
    grams = {gram for gram in grams if _STOP not in gram}
    return frozenset(grams), frozenset(gram[0] for gram in grams), size


def _without(said: list[str], wanted: list[str]) -> list[str]:
    size = len(wanted)
    if size < 3:
        return said
    kept: list[str] = []
    i = 0
    while i < len(said):
        if said[i] == wanted[0] and said[i : i + size] == wanted:
            kept.append(_STOP)
            i += size
        else:
            kept.append(said[i])
            i += 1
    return kept


def _prompt(item: Item) -> tuple[frozenset[tuple[str, ...]], frozenset[str], int]:
    """The word groups of the prompt that an answer would not share by chance; none where a
    constraint asks for a copy. Phrases that a constraint demands are no copies."""
    if any(rule.family == "copying" for rule in item.constraints):
        return frozenset(), frozenset(), 0
    phrases = tuple(p for rule in item.constraints for p in _texts(rule.params()))
    return _prompt_grams(item.prompt, phrases)


def _keywords(rules: Sequence[Constraint]) -> frozenset[str]:
    """Single words that constraints on keywords demand or count."""
    return frozenset(
        text.casefold()
        for rule in rules
        if rule.name.startswith("keyword")
        for text in _texts(rule.params())
        if _WORD.fullmatch(text)
    )


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
