"""Words of letters: split at once, they are those that a search finds one by one."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bridle.text import MASK, Text, View
from bridle.text.lettered import (
    LetterWords,
    by_sentence,
    hyphens_joined,
    initials,
    letter_words,
    pattern,
    plain_word,
    spans_of,
    where,
)

PARTS = [
    "We", "it's", "’tis", "they’re", "O'B'C", "a''b", "'", "_x_", "1st", "½", "²", "x²", "½'½", "É",
    "café", "İ", "ß", "中文", "a\u0301", "$x$", "`c'd`", ".", "! ", " ", "\n", "\n\n", "\x1c", MASK, "٣", "-",
]  # fmt: skip
TEXTS = st.one_of(
    st.lists(st.sampled_from(PARTS), max_size=12).map("".join),
    st.text(alphabet="ab'_1 .\n", max_size=20),
)


def one_by_one(view: View) -> list[tuple[tuple[int, int], str, str]]:
    """Place, plain form and letters of every word that has a letter."""
    found: list[tuple[tuple[int, int], str, str]] = []
    for match in pattern(view.text).finditer(view.text):
        plain = plain_word(match.group())
        if plain.strip("'"):
            found.append((match.span(), plain, plain.replace("'", "")))
    return found


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
@example("½ it's")
@example("a''b 'tis _dogs'_")
def test_words_split_at_once_are_those_found_one_by_one(raw: str) -> None:
    view = Text(raw).masked
    words, slow = LetterWords(view), one_by_one(view)
    assert words.plain == [plain for _, plain, _ in slow]
    assert words.letters == [letters for _, _, letters in slow]
    assert words.written == [view.text[a:b] for (a, b), _, _ in slow]
    assert words.spans(range(len(slow))) == [span for span, _, _ in slow]
    assert words.spans(range(1, len(slow), 2)) == [span for span, _, _ in slow[1::2]]
    assert letter_words(view) == [(span, letters) for span, _, letters in slow]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(TEXTS)
def test_words_by_sentence_are_the_words_of_each(raw: str) -> None:
    view = Text(raw).masked
    inside = [pattern(view.text).findall(view.text, a, b) for a, b in view.sentences]
    flat = [word for words in inside for word in [*words, "_"]][:-1]
    assert by_sentence(view) == flat
    joined = hyphens_joined(view.text)
    inside = [pattern(joined).findall(joined, a, b) for a, b in view.sentences]
    first = ["".join(plain_word(w).replace("'", "")[:1] for w in words) for words in inside]
    assert initials(view) == "_".join(first)


def test_hyphens_inside_words_join_them() -> None:
    view = Text("up-to-date été‑ne\u0301-a 3-d x-3 - $y$-z _-a").masked
    words = LetterWords(view, joined=True)
    assert words.letters == ["uptodate", "etenea", "d", "x", "z", "a"]
    assert view.slice(words.spans([1])[0]) == "été‑ne\u0301-a"


def test_what_is_chosen_by_number() -> None:
    assert where([0, 1, "", "a", None]) == [1, 3]
    assert spans_of(re.finditer("a", "aabaa"), [0, 2, 3]) == [(0, 1), (3, 4), (4, 5)]
    with pytest.raises(StopIteration):
        spans_of(re.finditer("a", "aa"), [2])
