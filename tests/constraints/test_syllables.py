"""Syllables of English words, as dictionaries divide them."""

from __future__ import annotations

import pytest

from bridle.constraints.families.word_shape.syllables import syllables

WORDS = {
    1: "the cat make whole stopped walked jumps caused strength thought world queue rhyme clothes "
    "breathe scale squared solved says true blue size least which great road cheese noise point"
    " called filled pulled tongue vague plague curled",
    2: "problem answer adding into table little middle boxes changes lonely careful being going "
    "create rhythm prism fluid ruin poem science giant lion people doctor ocean social nation "
    "equal wanted ended contains degree therefore angles handled settled values student minus"
    " nineteen ninety hundred million brilliant playing buying player beyond hadn't homework notebook timeline pavement naked",
    3: "addition division example important beautiful equation algebra different another computer "
    "average multiply radius area idea period linear serious obvious triangle decimal general "
    "several family company library factory reaction continue quadratic religion quantity"
    " whoever radii museum element implement settlement champion companion amusement cereal curious medium",
    4: "mathematics information education geometry usually actually society variety experience "
    "arithmetic operation calculation january situation evaluate associate ability identity"
    " coefficient ingredient coordinate",
    5: "university opportunity possibility imagination electricity refrigerator polynomial"
    " curiosity generosity",
}


@pytest.mark.parametrize(("number", "words"), WORDS.items())
def test_counted_as_spoken(number: int, words: str) -> None:
    assert {word: syllables(word.replace("'", "")) for word in words.split()} == dict.fromkeys(
        words.split(), number
    )


def test_every_word_has_one() -> None:
    assert syllables("zzz") == 1 and syllables("ü") == 1 and syllables("b" * 50_000) == 1
