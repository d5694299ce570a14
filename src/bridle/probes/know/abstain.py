"""Does an answer abstain: does it say that the question has no single answer, and give none?

    abstains("We need to know the price of one yogurt. Could you provide it?")      -> "… need to know"
    abstains("The price is not given. Assuming $1, the total is 60.")               -> None
    detects("Hm, the price is not given. Let me assume $1.")                        -> "not given"

A lexicon (`abstention.toml`) finds what is said to be missing. A final value that stands after the last such
words, in a sentence that is no example and holds no variable, takes it back: the answer commits itself. A line
"ANSWER: …" decides by itself. `benchmarks/abstention.py` compares this with labels given by hand.
"""

from __future__ import annotations

import functools
import re
import tomllib
from importlib.resources import files

LONGEST = 60_000  # characters from the end that are read
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "−": "-", "*": " ", "_": " "}
)
# an end of sentence is no decimal point; formulas may run over lines
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n\s*\n|\n(?=\s*(?:[-•#]|\d{1,2}[.)]))")
_NUMBER = re.compile(r"(?<![\w.])\$?\d[\d,]*(?:\.\d+)?(?![\w(]|\.\d| times\b)")
# a letter that stands for a number; a and i are words
_VARIABLE = re.compile(r"(?<![A-Za-z'\\])(?:\d+)?[b-hj-zB-HJ-Z](?![A-Za-z'])")
_LINE = re.compile(
    r"^[^\w\n]{0,6}answer[^\w\n]{0,6}:[^\w\n-]{0,6}(\S.{0,200})$", re.IGNORECASE | re.MULTILINE
)
UNDETERMINED = re.compile(
    r"\b(?:undetermined|cannot be determined|can't be determined|indeterminate|unknown|not enough information|"
    r"insufficient information|no single answer|none)\b",
    re.IGNORECASE,
)


@functools.cache
def lexicon() -> dict[str, re.Pattern[str]]:
    """The patterns of all languages, by what they show."""
    read = tomllib.loads((files("bridle.probes.know") / "abstention.toml").read_text("utf-8"))
    kinds = ("missing", "asks", "supposes", "commits")
    return {
        kind: re.compile(
            "|".join(f"(?:{p})" for said in read.values() for p in said[kind]), re.IGNORECASE
        )
        for kind in kinds
    }


def final(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    """The last match, or None."""
    found = None
    for match in pattern.finditer(text):
        found = match
    return found


def detects(text: str) -> str | None:
    """The first words that say that something is missing, or None."""
    found = lexicon()["missing"].search(text[-LONGEST:].translate(_PLAIN))
    return found[0] if found else None


def abstains(answer: str) -> str | None:
    """The words by which the answer abstains, or None where it gives a value or never abstains."""
    text = answer[-LONGEST:].translate(_PLAIN)
    missing, asks = lexicon()["missing"], lexicon()["asks"]
    line = final(_LINE, text)
    if line is not None:
        said = UNDETERMINED.search(line[1]) or missing.search(line[1])
        if said:
            return said[0]
        if _NUMBER.search(line[1]) and not _VARIABLE.search(line[1]):
            return None
    last = final(missing, text)
    if last is None:
        return None
    end = last.end()
    for asked in asks.finditer(text, end):  # what follows in a sentence that asks is no answer
        if asked.end() <= end:
            continue
        stop = _SENTENCE.search(text, asked.end())
        end = stop.end() if stop else len(text)
    return None if _commits(text[end:]) else last[0]


def _commits(text: str) -> bool:
    """Whether a final value is stated: by a cue outside of an example, or in the last sentence that supposes nothing."""
    supposes, commits = lexicon()["supposes"], lexicon()["commits"]
    sentences = [s.strip() for s in _SENTENCE.split(text) if s and s.strip()]
    example, last = False, False
    for sentence in sentences:
        if supposes.search(sentence):
            example = True
            continue
        last = bool(_NUMBER.search(sentence)) and not _VARIABLE.search(sentence)
        boxed = "\\boxed" in sentence
        if last and commits.search(sentence) and (boxed or not example):
            return True
    return last
