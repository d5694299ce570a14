"""A file of the user's own rules: what it may say, and where it is said what is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bridle import benchmarks
from bridle.cli.init import EXAMPLE
from bridle.errors import BridleError, DataError


def file_of(folder: Path, text: str, name: str = "mine.yaml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_example_of_init(tmp_path: Path) -> None:
    text = EXAMPLE.format(name="x.yaml").replace("\\\\boxed", "\\boxed")
    shells, apples, turns = benchmarks.load(file_of(tmp_path, text)).items
    assert "\\boxed{}" in shells.prompt and shells.prompt.endswith('"That is all."')
    assert [c.name for c in shells.constraints] == ["no_comma", "words", "end_phrase"]
    assert apples.bare_prompt is not None and "{constraints}" not in apples.prompt
    assert apples.constraints[0].describe() in apples.prompt.split("\n")[0]
    assert apples.constraints[0].describe() not in apples.bare_prompt
    assert len(turns.asks) == 2 and turns.asks[1].answer == "23"
    assert [len(ask.constraints) for ask in turns.asks] == [1, 1]


def test_json_and_what_is_shared(tmp_path: Path) -> None:
    row = {
        "system": "Be brief.",
        "constraints": ["no_comma"],
        "items": [
            {"prompt": "Say hi 🙂", "constraints": [{"type": "words", "at_most": 3}]},
            {"prompt": "Say ho", "system": "Be long.", "answer": 0.50},
        ],
    }
    text = json.dumps(row, indent="\t")
    one, two = benchmarks.load(file_of(tmp_path, text, "mine.json")).items
    assert one.system == "Be brief." and two.system == "Be long."
    assert one.bare_prompt == "Say hi 🙂" and one.prompt.startswith("Say hi 🙂\n")
    assert [c.name for c in one.constraints] == ["no_comma", "words"]
    assert (one.id, two.id, two.problem.answer) == ("1", "2", "0.5")


def test_texts_are_taken_as_they_are_spelled(tmp_path: Path) -> None:
    text = "items:\n  - {prompt: no, answer: 0.50}\n  - {prompt: 1:30, answer: 2026-12-01}\n"
    one, two = benchmarks.load(file_of(tmp_path, text)).items
    assert (one.bare_prompt, one.problem.answer) == ("no", "0.50")
    assert (two.bare_prompt, two.problem.answer) == ("1:30", "2026-12-01")


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("items:\n- prompt: a\n  constrains: []", "line 3, items[0]", "did you mean 'constraints'"),
        ("items:\n- prompt: a\n  constraints:\n  - wrods", "line 4, items[0].constraints[0]", "wrods"),
        ("items:\n- prompt: a\n  constraints:\n  - words:\n      at_most: -3", "line 5", "at_most"),
        ("items:\n- prompt: a\n  constraints: no_comma", "line 3", "no list"),
        ("items:\n- prompt: a\n  question: b", "line 2, items[0]", "what is asked"),
        ("items:\n- prompt: a\n  prompt: b", "line 3", "given twice"),
        ("items:\n- prompt: [a]", "line 2, items[0].prompt", "no text"),
        ("items:\n- prompt:", "line 2, items[0].prompt", "no text"),
        ("items:\n- {id: x, prompt: a}\n- {id: x, prompt: b}", "line 3", "line 2"),
        ("items:\n- messages:\n  - {role: assistant, content: a}", "line 3", "assistant"),
        ("items:\n- messages:\n  - {role: user}", "line 3", "content"),
        ("items: []", "line 1", "no items"),
        ("item: []", "line 1", "did you mean 'items'"),
        ("items:\n- prompt: 'a", "line", "not YAML"),
        ("items: &a [*a]", "line 1", "aliases"),
        ("items:\n- prompt: !!python/name:os.system x\n  difficulty: hard", "line 3", "no number"),
        ("", "mine.yaml", "empty"),
        ("[" * 3000, "mine.yaml", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_line_and_key(
    tmp_path: Path, text: str, place: str, said: str
) -> None:
    with pytest.raises(DataError) as caught:
        benchmarks.load(file_of(tmp_path, text))
    assert "mine.yaml" in str(caught.value) and place in str(caught.value)
    assert said in str(caught.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        benchmarks.load(str(tmp_path / "no.yaml"))
    with pytest.raises(BridleError, match="leave --data out"):
        benchmarks.load(file_of(tmp_path, "items: []"), data=tmp_path)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="items:-[]{}, \n\"'&*!|>ab01~#%@`\t", max_size=60))
def test_any_text_is_items_or_one_error(tmp_path: Path, text: str) -> None:
    try:
        benchmarks.load(file_of(tmp_path, text))
    except BridleError as error:
        assert str(error)
