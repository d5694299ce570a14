"""Names, specs, peers' names; wrong ones are told apart and helped."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bridle.constraints import (
    REGISTRY,
    Constraint,
    check,
    from_peer,
    from_spec,
    get,
    register,
)
from bridle.constraints.peers import peers, peers_of
from bridle.errors import ConstraintError


@pytest.mark.parametrize(
    ("peer", "kwargs", "want"),
    [
        ("keywords:existence", {"keywords": ["a", "b"]}, get("keywords", keywords=["a", "b"])),
        (
            "keywords:frequency",
            {"keyword": "a", "frequency": 2, "relation": "less than"},
            get("keyword_count", keyword="a", less_than=2),
        ),
        ("keywords:forbidden_words", {"forbidden_words": ["a"]}, get("forbidden_words", words="a")),
        (
            "length_constraint_checkers:number_words",
            {"num_words": 5, "relation": "at least"},
            get("words", at_least=5),
        ),
        (
            "length_constraint_checkers:number_words",
            {"num_words": 5},
            get("words", less_than=5, scope="thinking"),
        ),
        ("language:reasoning_language", {"language": "ar"}, get("language", language="ar", scope="thinking")),
        ("language:response_language", {"language": "th"}, get("language", language="th")),
        ("punctuation:no_comma", None, get("no_comma")),
        ("startend:quotation", {}, get("quoted")),
        ("change_case:english_capital", None, get("uppercase", language="en")),
        (
            "detectable_format:multiple_sections",
            {"section_spliter": "Section", "num_sections": 1},
            get("sections", number=1, label="Section"),
        ),
        # files that hold every argument of every type give None for those of others
        (
            "detectable_format:number_bullet_lists",
            {"num_bullets": 0, "language": None},
            get("bullets", exactly=0),
        ),
    ],
)  # fmt: skip
def test_peers(peer: str, kwargs: dict[str, Any] | None, want: Constraint) -> None:
    assert from_peer(peer, kwargs) == want
    assert peer in peers_of(want.name)


def test_reasonif_is_about_the_thinking() -> None:
    assert from_peer("punctuation:no_comma", benchmark="reasonif").scope == "thinking"
    assert from_peer("punctuation:no_comma", benchmark="mathif").scope == "answer"


@pytest.mark.parametrize(
    ("peer", "kwargs", "said"),
    [
        ("keywords:existance", {}, "did you mean 'keywords:existence'"),
        ("count:no_such_rule", {}, "'count:no_such_rule' has no counterpart"),
        ("keywords:existence", {}, "lacks the argument 'keywords'"),
        ("keywords:frequency", {"keyword": "a", "frequency": 1, "relation": "about"}, "'about'"),
        ("language:response_language", {"language": "Klingon"}, "'Klingon'"),
    ],
)
def test_peers_that_make_no_sense(peer: str, kwargs: dict[str, Any], said: str) -> None:
    with pytest.raises(ConstraintError) as error:
        from_peer(peer, kwargs)
    assert said in str(error.value)


@pytest.mark.parametrize("file", ["ifeval/prompts.jsonl"])
def test_ifeval_resolves_as_far_as_ids_are_known(shared_data: Path, file: str) -> None:
    known = 0
    for line in (shared_data / file).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for peer, kwargs in zip(row["instruction_id_list"], row["kwargs"], strict=True):
            if peer in peers():
                from_peer(peer, kwargs)
                known += 1
    assert known > 500


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("wordz", {}, "did you mean 'words'"),
        ("words", {}, "words needs a number"),
        ("words", {"at_mots": 3}, "did you mean 'at_most'"),
        ("words", {"at_most": -1}, "at_most=-1"),
        ("words", {"at_most": True}, "at_most=True"),
        ("words", {"at_most": 3.5}, "at_most=3.5"),
        ("words", {"less_than": 0}, "less_than=0"),
        ("words", {"at_least": 5, "at_most": 3}, "no contradiction"),
        ("words", {"exactly": 5, "at_most": 5}, "no other bound"),
        ("words", {"at_least": 5, "more_than": 5}, "not together"),
        ("words", {"at_most": 3, "scope": "title"}, "scope='title'"),
        ("words", {"at_most": 3, "maths": "gone"}, "maths='gone'"),
        ("keywords", {}, "keywords needs keywords"),
        ("keywords", {"keywords": []}, "keywords=()"),
        ("keywords", {"keywords": ["a", " "]}, "not empty"),
        ("keyword_count", {"keyword": 3, "at_least": 1}, "keyword=3"),
        ("sections", {"number": 0}, "number=0"),
        ("end_phrase", {"phrase": ""}, "phrase=''"),
        ("language", {"language": "xx"}, "language='xx'"),
        ("language", {"language": "es", "share": 0}, "share=0"),
        ("uppercase", {"language": "tlh"}, "language='tlh'"),
    ],
)
def test_wrong_parameters_are_told_at_once(name: str, params: dict[str, Any], said: str) -> None:
    with pytest.raises(ConstraintError) as error:
        get(name, **params)
    assert said in str(error.value)
    assert "Try: bridle list constraints" in str(error.value)


def test_zero_is_a_value() -> None:
    assert get("words", exactly=0).spec() == {"type": "words", "exactly": 0}
    assert get("words", at_most=0).check("").obeyed is True
    assert get("bullets", exactly=0).check("- a").obeyed is False


@pytest.mark.parametrize("spec", [{}, {"kind": "words"}, {"type": 3}, "words"])
def test_specs_that_are_none(spec: Any) -> None:
    with pytest.raises(ConstraintError, match="is not a constraint"):
        from_spec(spec)


def test_check_takes_objects_specs_and_keywords() -> None:
    verdicts = check(
        "One, two.",
        get("no_comma"),
        {"type": "words", "at_most": 2},
        words={"at_least": 3},
        quoted=True,
    )
    assert [v.obeyed for v in verdicts] == [False, True, False, False]
    assert [v.constraint for v in verdicts] == ["no_comma", "words", "words", "quoted"]
    assert verdicts[0].evidence == ((3, 4),)
    assert json.dumps(verdicts[0].to_dict())
    with pytest.raises(ConstraintError, match="does not say the parameters"):
        check("x", words=300)


def test_the_family_is_the_folder() -> None:
    families = Path(importlib.import_module("bridle.constraints.families").__path__[0])
    folders = {p.name for p in families.iterdir() if (p / "__init__.py").exists()}
    found: set[str] = set()
    for cls in REGISTRY.values():
        if cls.__module__.startswith(
            "bridle.constraints.families."
        ):  # not those that tests register
            assert cls.family == cls.__module__.split(".")[3]
            found.add(cls.family)
    assert found == folders


def test_a_name_is_found_without_an_import_of_its_file() -> None:
    seen = subprocess.run(
        [sys.executable, "-c", "import bridle.constraints as c; print(c.get('words', at_most=3))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert seen.startswith("WordCount(")


def test_two_types_cannot_have_one_name() -> None:
    class Words(get("no_comma").__class__):
        name = "words"

    with pytest.raises(ConstraintError, match="Two constraint types are called 'words'"):
        register(Words)
    assert REGISTRY["words"].__module__ == "bridle.constraints.families.length.words"
