"""Sentences brought to one length in characters by adverbs at their beginning, no word twice."""

from __future__ import annotations

from collections.abc import Sequence

from bridle.constraints.drafts.openings import led
from bridle.text import read_text
from bridle.text.graphemes import characters

# By length; each may begin a sentence, alone or after others.
_ADVERBS = (
    "So", "Now", "Yet", "Then", "Here", "Thus", "Soon", "Next", "Today", "Again", "Still", "Often",
    "Surely", "Indeed", "Mostly", "Always", "Simply", "Neatly", "Overall", "Finally", "Clearly",
    "Briefly", "Plainly", "Usually", "Actually", "Directly", "Evidently", "Carefully", "Certainly",
    "Obviously", "Naturally", "Generally", "Altogether", "Eventually", "Apparently", "Basically",
    "Undoubtedly", "Practically", "Accordingly", "Essentially", "Incidentally", "Consequently",
    "Fundamentally", "Unsurprisingly",
)  # fmt: skip
_WIDEST = 60  # characters by which the longest sentence may grow


def adverbs(size: int, draft: str) -> str | None:
    """Adverbs that a sentence may begin with, of just so many characters with a blank after each,
    none of which the draft has."""
    words = _adding(size, _free(draft))
    return " ".join([*words[:1], *(w.lower() for w in words[1:])]) if words else None


def padded(sentences: Sequence[str]) -> list[str] | None:
    """The sentences made equally long, or None where that cannot be done."""
    sentences = [_plain(sentence) for sentence in sentences]
    sizes = [characters(sentence) for sentence in sentences]
    text = " ".join(sentences)
    free = _free(text)
    for length in range(max(sizes), max(sizes) + _WIDEST):
        left = list(free)
        found: list[str] = []
        for sentence, size in zip(sentences, sizes, strict=True):
            words = _adding(length - size, left)
            if words is None:
                break
            left = [word for word in left if word not in words]
            found.append(led(sentence, " ".join([*words[:1], *(w.lower() for w in words[1:])])))
        else:
            if len({characters(sentence) for sentence in found}) == 1:
                return found
    return None


def _free(text: str) -> list[str]:
    """The adverbs that the text has not."""
    had = {text[a:b].strip('.,;:!?"*_()').lower() for a, b in read_text(text).kept.words}
    return [word for word in _ADVERBS if word.lower() not in had]


def _plain(sentence: str) -> str:
    """The sentence without adverbs that were put before it."""
    words = sentence.split(" ")
    while len(words) > 1 and len(words[0]) > 5 and words[0].capitalize() in _ADVERBS:
        words = [f"{words[1][:1].upper()}{words[1][1:]}", *words[2:]]
    return " ".join(words)


def _adding(size: int, words: Sequence[str]) -> list[str] | None:
    """Words that take just so many characters, a blank after each."""
    longest = sorted(range(len(words)), key=lambda i: -len(words[i]))
    failed: set[tuple[int, int]] = set()  # each size from each word on is tried once
    room = [sum(len(word) + 1 for word in words[i:]) for i in range(len(words) + 1)]

    def rest(size: int, start: int) -> list[str] | None:
        if size == 0:
            return []
        if size < 3 or size > room[start] or (size, start) in failed:
            return None
        for i in longest:
            if i >= start and (more := rest(size - len(words[i]) - 1, i + 1)) is not None:
                return [words[i], *more]
        failed.add((size, start))
        return None

    return rest(size, 0)
