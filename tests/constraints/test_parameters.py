"""No value of a parameter, however absurd, crashes or is taken silently: a `ConstraintError` or a rule."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from bridle.constraints import REGISTRY, from_peer, from_spec, get
from bridle.errors import ConstraintError

ODD: tuple[Any, ...] = (
    None, True, -1, 0, 10**30, 3.0, float("nan"), float("inf"), "", " ", "3", "\ud800", "x" * 2_000,
    [], [""], ["a", None], [1], [[]], {}, {"a": 1}, {"type": "nope"}, b"x", {"a"}, object(), 1j,
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_odd_values(name: str) -> None:
    cls = REGISTRY[name]
    params = dict(cls.examples[0].params)
    for field in dataclasses.fields(cls):
        for odd in ODD:
            try:
                rule = get(name, **{**params, field.name: odd})
            except ConstraintError as error:
                assert (name in str(error) or "nope" in str(error)) and error.expected
                assert len(str(error)) < 800, (field.name, str(error)[:200])
                continue
            assert from_spec(json.loads(json.dumps(rule.spec()))) == rule
            assert rule.describe() and rule.check("We add. It is 4.").reason


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_unknown_and_missing_names(name: str) -> None:
    cls = REGISTRY[name]
    params = dict(cls.examples[0].params)
    with pytest.raises(ConstraintError, match="has no parameter 'at_leats'"):
        get(name, **params, at_leats=3)
    absent = dataclasses.MISSING
    for field in dataclasses.fields(cls):
        if field.default is absent and field.default_factory is absent:
            with pytest.raises(ConstraintError, match=f"needs {field.name}"):
                get(name, **{k: v for k, v in params.items() if k != field.name})


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("words", {"at_most": "300"}, "at_most='300' is not possible.\nExpected: a whole number"),
        ("words", {"at_most": 3.0}, "at_most=3.0"),
        ("words", {"at_most": True}, "at_most=True"),
        ("words", {"at_least": 5, "at_most": 3}, "no contradiction"),
        ("words", {}, "words needs a number."),
        ("keywords", {"keywords": 3}, "one or more texts"),
        ("keywords", {"keywords": {"a": 1}}, "one or more texts"),
        ("keyword_at", {"keyword": "a", "sentence": None, "word": 1}, "a whole number"),
        ("one_of", {"options": ["a"], "anywhere": "yes"}, "true or false"),
        ("csv_shape", {"columns": ["a"], "delimiter": []}, "delimiter=()"),
        ("sections", {"number": 10**4}, "at most 1000"),
        ("language", {"language": "klingon"}, "a code or English name"),
    ],
)
def test_what_is_said(name: str, params: dict[str, Any], said: str) -> None:
    with pytest.raises(ConstraintError) as caught:
        get(name, **params)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("peer", "kwargs", "said"),
    [
        ("keywords:existence", ["a"], "has ['a'] for arguments"),
        ("keywords:existence", {}, "lacks the argument 'keywords'"),
        ("keywords:existence", {"keywords": None}, "lacks the argument 'keywords'"),
        ("keywords:existence", {"keywords": ["a"], "relation": "at least"}, "only: keywords"),
        ("punctuation:no_comma", {"num_words": 3}, "no argument 'num_words'"),
        ("keywords:frequency", {"keyword": "a", "relation": "around", "frequency": 1}, "'around'"),
        ("detectable_format:number_bullet_lists", {"num_bullets": 2.5}, "exactly=2.5"),
        ("detectable_format:number_bullet_lists", {"num_bullets": "2"}, "exactly='2'"),
        (
            "detectable_format:multiple_sections",
            {"num_sections": 2, "section_spliter": 3},
            "wrong type",
        ),
        ("format:options", {"options": ["yes", "no"]}, "wrong type"),
        (None, {}, "no counterpart"),
        ("keywords:existance", {}, "did you mean 'keywords:existence'?"),
    ],
)
def test_peers_arguments(peer: Any, kwargs: Any, said: str) -> None:
    with pytest.raises(ConstraintError) as caught:
        from_peer(peer, kwargs)
    assert said in str(caught.value)


def test_peers_numbers_may_be_floats_and_unused_arguments_null() -> None:
    given = {"num_bullets": 3.0, "keywords": None, "relation": None}
    assert from_peer("detectable_format:number_bullet_lists", given).spec() == {
        "type": "bullets",
        "exactly": 3,
    }


def test_only_reasonif_leaves_the_relation_out() -> None:
    peer = "length_constraint_checkers:number_words"
    assert from_peer(peer, {"num_words": 300}).scope == "thinking"
    assert from_peer(peer, {"num_words": 300}, benchmark="reasonif").spec()["less_than"] == 300
    with pytest.raises(ConstraintError, match="lacks the argument 'relation'"):
        from_peer(peer, {"num_words": 300}, benchmark="mathif")


@pytest.mark.parametrize(
    ("name", "parameter", "value", "bound"),
    [
        ("keywords", "keywords", ["ab c" * 100_000], "2,000 characters a text"),
        ("keywords", "keywords", [f"w{n}" * 10 for n in range(5_000)], "50,000 characters in all"),
        ("forbidden_words", "words", ["x" * 2_001], "2,000 characters a text"),
        ("end_phrase", "phrase", "x" * 2_001, "2,000 characters"),
    ],
)
def test_a_phrase_that_would_take_seconds_to_look_for_is_refused_with_the_bound(
    name, parameter, value, bound
):
    with pytest.raises(ConstraintError) as caught:
        get(name, **{parameter: value})
    assert bound in str(caught.value) and len(str(caught.value)) < 1_000


def test_a_document_to_be_repeated_may_be_long():
    prompt = "Say it again. " * 5_000
    assert get("repeat_prompt", prompt=prompt).check(prompt + "\n4").obeyed
