"""Compact maps hold what a dict and a list would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bridle.scoring.compact import Digests, Texts

KEYS = st.one_of(st.integers(-(2**63), 2**64 - 1), st.integers(0, 40).map(lambda i: i * 2**40))


@given(st.lists(st.tuples(st.sampled_from("gs="), KEYS, st.integers(0, 2**32 - 1))))
def test_digests_are_a_dict(steps):
    made, plain = Digests(slots=4), {}
    for verb, key, value in steps:
        same = key & (2**64 - 1) or 1
        if verb == "g":
            assert made.get(key) == plain.get(same)
        elif verb == "s":
            assert made.setdefault(key, value) == plain.setdefault(same, value)
        else:
            made.set(key, value)
            plain[same] = value
        assert (key in made) == (same in plain) and len(made) == len(plain)
    assert all(made.get(key) == value for key, value in plain.items())


def test_many_keys_take_few_bytes():
    made = Digests()
    for i in range(50_000):
        made.set(hash(str(i)), i)
    assert all(made.get(hash(str(i))) == i for i in range(50_000))
    held = made._keys.buffer_info()[1] * 8 + made._values.buffer_info()[1] * 4
    assert held / 50_000 < 35


@given(st.lists(st.text(st.characters(), max_size=5)))
def test_texts_are_a_list(texts):
    made = Texts()
    numbers = [made.add(text) for text in texts]
    assert [made.get(number) for number in numbers] == texts


def test_lone_surrogates_and_nothing_are_texts():
    made = Texts()
    numbers = [made.add(text) for text in ("", "\ud800", "", "a", "a")]
    assert [made.get(n) for n in numbers] == ["", "\ud800", "", "a", "a"]
    assert numbers[-1] == numbers[-2]
