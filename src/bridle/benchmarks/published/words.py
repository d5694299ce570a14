"""Words as nltk's `word_tokenize` cuts them: Penn Treebank's conventions, sentence by sentence.

    words('"I CANNOT," he said. It\\'s OK.')
    -> ("``", "I", "CAN", "NOT", ",", "''", "he", "said", ".", "It", "'s", "OK", ".")

As nltk cut up to 3.9.2, when the published figures were made: a dash `—` stays in its word, which
3.9.3 sets apart.

The order of the steps is the rule: quotes that open, punctuation, the last full stop, brackets,
quotes that close, clitics, contractions. Every step takes time linear in the text.
"""

from __future__ import annotations

import functools
import re

from bridle.benchmarks.published.punkt import sentences

# Each step: what a sentence must hold for it to matter, what it looks for, what it puts there.
_Step = tuple[str, re.Pattern[str], str]


def _steps(*steps: tuple[str, str, str]) -> tuple[_Step, ...]:
    return tuple((needs, re.compile(pattern), with_this) for needs, pattern, with_this in steps)


_OPENING = _steps(
    ("«“‘„`", r"[«“‘„]|`+", r" \g<0> "),
    ('"', r'\A"', "``"),
    ('`"', r"``", r" \g<0> "),
    ("\"'", r"(?<=[ (\[{<])(?:\"|'')", " `` "),
    ("'", r"(?i:'(?!re|ve|ll|[mtsdn])(?=\w\b))", "' "),
)
_BEFORE_LAST_STOP = _steps(
    (":,", r"([:,])(\D)", r" \1 \2"),
    (":,", r"[:,]\Z", r" \g<0> "),
    (".", r"\.{2,}", r" \g<0> "),
    (";@#$%&", r"[;@#$%&]", r" \g<0> "),
)
_AFTER_LAST_STOP = _steps(
    ("?!", r"[?!]", r" \g<0> "),
    ("'", r"(?<=[^'])' ", " ' "),
    ("*", r"\*", r" \g<0> "),
    ("[](){}<>", r"[][(){}<>]", r" \g<0> "),
    ("-", r"--", r" \g<0> "),
)
_CLOSING = _steps(
    ("»”’", r"[»”’]", r" \g<0> "),
    ("\"'", r"''|\"", " '' "),
)
_CLITICS = _steps(
    ("'", r"([^' ])('[sS]|'[mM]|'[dD]|') ", r"\1 \2 "),
    ("'", r"([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) ", r"\1 \2 "),
)
_SPACES = re.compile(r"\s+")
# Pairs that speech has run together; the last two need a space before them.
_JOINED = (
    *(
        re.compile(rf"\b({first})({second})\b", re.IGNORECASE)
        for first, second in (
            ("can", "not"),
            ("d", "'ye"),
            ("gim", "me"),
            ("gon", "na"),
            ("got", "ta"),
            ("lem", "me"),
            ("more", "'n"),
        )
    ),
    re.compile(r"\b(wan)(na)(?=\s)", re.IGNORECASE),
    re.compile(r" ('t)(is)\b", re.IGNORECASE),
    re.compile(r" ('t)(was)\b", re.IGNORECASE),
)
_ANY_JOINED = re.compile(
    "cannot|d'ye|gimme|gonna|gotta|lemme|more'n|wanna|'tis|'twas", re.IGNORECASE
)


@functools.lru_cache(maxsize=2)
def words(text: str) -> tuple[str, ...]:
    """The tokens of a text; punctuation marks are tokens of their own."""
    return tuple(token for sentence in sentences(text) for token in words_of_sentence(sentence))


def words_of_sentence(sentence: str) -> list[str]:
    """The tokens of a text that is taken as one sentence: only its last full stop stands apart."""
    # No step brings in a character that a later one needs, but for quotes: those are in both.
    holds = set(sentence)
    sentence = _apply(_OPENING, sentence, holds)
    if "." in holds:
        sentence = _set_apart_last_stop(sentence)
    sentence = _apply(_BEFORE_LAST_STOP, sentence, holds)
    if "." in holds:
        sentence = _set_apart_last_stop(sentence)
    sentence = _apply(_AFTER_LAST_STOP, sentence, holds)
    sentence = _SPACES.sub(" ", _apply(_CLOSING, f" {sentence} ", holds))
    if '"' in holds:
        holds.add("'")  # a closing quote is now written as two
    sentence = _apply(_CLITICS, sentence, holds)
    if _ANY_JOINED.search(sentence):
        for pattern in _JOINED:
            sentence = pattern.sub(r" \1 \2 ", sentence)
    return sentence.split()


def _apply(steps: tuple[_Step, ...], sentence: str, holds: set[str]) -> str:
    for needs, pattern, with_this in steps:
        if not holds.isdisjoint(needs):
            sentence = pattern.sub(with_this, sentence)
    return sentence


def _set_apart_last_stop(sentence: str) -> str:
    """A space around the full stop at the end; brackets and quotes may follow it."""
    bare = sentence.rstrip()
    end = len(bare)
    while end > 0 and bare[end - 1] in "])}>\"'»”’ ":
        end -= 1
    stop = end - 1
    if stop < 1 or bare[stop] != "." or bare[stop - 1] == ".":
        return sentence
    return f"{bare[:stop]} . {bare[end:]} "
