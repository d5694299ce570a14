"""Words as nltk's `word_tokenize` cuts them: Penn Treebank's conventions, sentence by sentence.

    words('"I CANNOT," he said. It\\'s OK.')
    -> ["``", "I", "CAN", "NOT", ",", "''", "he", "said", ".", "It", "'s", "OK", "."]

The order of the steps is the rule: quotes that open, punctuation, the last full stop, brackets,
quotes that close, clitics, contractions. Every step takes time linear in the text.
"""

from __future__ import annotations

import re

from bridle.upstream.punkt import sentences

_OPENING = (
    (re.compile(r"[«“‘„]|`+"), r" \g<0> "),
    (re.compile(r'\A"'), "``"),
    (re.compile(r"``"), r" \g<0> "),
    (re.compile(r"(?<=[ (\[{<])(?:\"|'')"), " `` "),
    (re.compile(r"'(?!re|ve|ll|[mtsdn])(?=\w\b)", re.IGNORECASE), "' "),
)
_LAST_STOP = re.compile(r"[])}>\"'»”’ ]*\Z")
_PUNCTUATION_BEFORE = (
    (re.compile(r"([:,])(\D)"), r" \1 \2"),
    (re.compile(r"[:,]\Z"), r" \g<0> "),
    (re.compile(r"\.{2,}"), r" \g<0> "),
    (re.compile(r"[;@#$%&]"), r" \g<0> "),
    (re.compile(r"[\u2012-\u2015]"), r" \g<0> "),
)
_PUNCTUATION_AFTER = (
    (re.compile(r"[?!]"), r" \g<0> "),
    (re.compile(r"(?<=[^'])' "), " ' "),
    (re.compile(r"\*"), r" \g<0> "),
    (re.compile(r"[][(){}<>]"), r" \g<0> "),
    (re.compile(r"--"), r" \g<0> "),
)
_CLOSING = (
    (re.compile(r"[»”’]"), r" \g<0> "),
    (re.compile(r"''|\""), " '' "),
    (re.compile(r"\s+"), " "),
    (re.compile(r"([^' ])('[sS]|'[mM]|'[dD]|') "), r"\1 \2 "),
    (re.compile(r"([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) "), r"\1 \2 "),
)
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


def words(text: str) -> list[str]:
    """The tokens of a text; punctuation marks are tokens of their own."""
    return [token for sentence in sentences(text) for token in words_of_sentence(sentence)]


def words_of_sentence(sentence: str) -> list[str]:
    """The tokens of a text that is taken as one sentence: only its last full stop stands apart."""
    for pattern, with_this in _OPENING:
        sentence = pattern.sub(with_this, sentence)
    sentence = _set_apart_last_stop(sentence)
    for pattern, with_this in _PUNCTUATION_BEFORE:
        sentence = pattern.sub(with_this, sentence)
    sentence = _set_apart_last_stop(sentence)
    for pattern, with_this in _PUNCTUATION_AFTER:
        sentence = pattern.sub(with_this, sentence)
    sentence = f" {sentence} "
    for pattern, with_this in _CLOSING:
        sentence = pattern.sub(with_this, sentence)
    for pattern in _JOINED:
        sentence = pattern.sub(r" \1 \2 ", sentence)
    return sentence.split()


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
