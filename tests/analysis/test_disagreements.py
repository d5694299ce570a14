"""Given responses under both rules: which item a row answers, and where the rules part."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from bridle import benchmarks
from bridle.analysis.disagreements import Comparison, by_instruction, compare
from bridle.benchmarks.base import Benchmark
from bridle.errors import BridleError, DataError

ROWS = [
    {
        "key": 10,
        "prompt": "Say pi.",
        "instruction_id_list": ["punctuation:no_comma", "startend:end_checker"],
        "kwargs": [{}, {"end_phrase": "That is it."}],
    },
    {
        "key": 20,
        "prompt": "Say tau.",
        "instruction_id_list": ["keywords:existence"],
        "kwargs": [{"keywords": ["win"]}],
    },
]


def write(path: Path, rows: list[Any]) -> Path:
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    return path


@pytest.fixture
def ifeval(tmp_path: Path) -> Benchmark:
    return benchmarks.load("ifeval", data=write(tmp_path / "input_data.jsonl", ROWS))


def compared(benchmark: Benchmark, folder: Path, *rows: Any) -> Comparison:
    return compare(benchmark, [write(folder / "responses.jsonl", list(rows))])


def parted(found: Comparison) -> list[tuple[str, str, bool | None, bool]]:
    return [(p.item, p.instruction, p.ours, p.upstream) for p in found.parted]


def test_a_verdict_is_listed_where_the_rules_part(ifeval: Benchmark, tmp_path: Path) -> None:
    found = compared(
        ifeval,
        tmp_path,
        {"prompt": "Say pi.", "response": "$\\{3, 14\\}$ that is it."},
        {"prompt": "Say tau.", "response": "A window."},
        {"prompt": "Say tau.", "response": "A win."},
    )
    assert parted(found) == [
        ("10", "punctuation:no_comma", True, False),  # a comma in maths is no comma of prose
        ("10", "startend:end_checker", False, True),  # upstream does not look at the case
        ("20", "keywords:existence", False, True),  # "win" is a part of "window" there
    ]
    assert (found.responses, found.verdicts, found.without_upstream) == (3, 4, 0)
    one = found.parted[2]
    assert (one.file, one.row, one.constraint, one.params) == (
        "responses.jsonl",
        2,
        "keywords",
        {"keywords": ["win"]},
    )
    assert "win" in one.reason
    counts = {name: (c.verdicts, c.parted, c.only_ours) for name, c, _ in by_instruction(found)}
    assert counts == {
        "keywords:existence": (2, 1, 0),
        "punctuation:no_comma": (1, 1, 1),
        "startend:end_checker": (1, 1, 0),
    }


def test_what_was_cut_off_parts_from_a_pass_alone(ifeval: Benchmark, tmp_path: Path) -> None:
    row = {"prompt": "Say tau.", "response": "A win", "finish_reason": "length"}
    lost = {"prompt": "Say tau.", "response": "A los", "finish_reason": "length"}
    found = compared(ifeval, tmp_path, row, lost)
    assert parted(found) == [("20", "keywords:existence", None, True)]
    assert found.statuses == {"truncated": 2}
    (count,) = found.types.values()
    assert (count.only_upstream, count.undetermined) == (1, 1)


def test_the_item_is_found_by_prompt_before_key(ifeval: Benchmark, tmp_path: Path) -> None:
    found = compared(
        ifeval,
        tmp_path,
        {"key": 10, "prompt": "Say tau.", "response": "A window."},  # a key of its own counting
        {"key": 20, "response": "A window."},
        {"key": 20, "prompt": "<user>Say tau.</user>", "response": "A window."},  # a chat template
    )
    assert [p.item for p in found.parted] == ["20", "20", "20"]


def test_a_bare_prompt_may_be_that_of_two_items(tmp_path: Path) -> None:
    from bridle.scoring.formats import AskedItems, Given, Unusable

    made = benchmarks.load("crossed", limit=8, seed=1)
    one = made.items[0]
    two = dataclasses.replace(one, id="other", prompt=one.prompt + " Twice.")
    asked = AskedItems(dataclasses.replace(made, items=(one, two)))

    def found(prompt: str, key: str | None = None) -> str:
        fields = {"prompt": prompt, "condition": "without"}
        return asked.answered(Given("f", 1, fields, (), key), 0).id

    assert found(two.prompt) == "other"
    assert found(one.bare_prompt or "", "other") == "other"
    assert found(one.bare_prompt or "", one.id) == one.id
    with pytest.raises(Unusable, match="2 items of crossed have its prompt"):
        found(one.bare_prompt or "")


def test_rows_that_answer_nothing_of_it_are_named(ifeval: Benchmark, tmp_path: Path) -> None:
    found = compared(
        ifeval,
        tmp_path,
        {"prompt": "Say tau.", "response": "A win."},
        {"prompt": "Say e.", "response": "A win."},
        {"key": 20, "prompt": "Say e.", "response": "A win."},
        {"key": 21, "response": "A win."},
        {"response": "A win."},
        {"prompt": "Say tau."},
        "nonsense",
    )
    assert found.responses == 1
    said = [text.partition("row ")[2] for text in found.bad]
    assert [text[0] for text in said] == ["2", "3", "4", "5", "6", "7"]
    assert "no item of ifeval has its prompt" in said[0]
    assert "its key is that of 20, its prompt is another" in said[1]
    assert "no item of ifeval has the key '21'; the nearest is '20'" in said[2]
    assert "neither a prompt nor a key" in said[3]
    assert "no response" in said[4]
    assert "not JSON" in said[5]


def test_nothing_to_compare(ifeval: Benchmark, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No row could be scored"):
        compared(ifeval, tmp_path, {"prompt": "Say e.", "response": "A win."})
    with pytest.raises(DataError, match="cannot be read"):
        compare(ifeval, [tmp_path / "none.jsonl"])
    with pytest.raises(BridleError, match="no published rules"):
        compare(benchmarks.load("crossed", limit=1), [tmp_path / "none.jsonl"])


def test_mathifs_rows_have_no_prompt_of_their_own(tmp_path: Path) -> None:
    """Their fields make it; and their ids are not unique."""
    from bridle.benchmarks.files.hub import sha256

    def row(question: str) -> dict[str, Any]:
        return {
            "source": "gsm8k",
            "id": "gsm8k-single-0",
            "question": question,
            "answer": "4",
            "constraint_desc": ["Use the word win."],
            "constraint_name": ["keywords:existence"],
            "constraint_args": [{"keywords": ["win"]}],
        }

    file = write(tmp_path / "own_single.jsonl", [row("2+2?"), row("1+3?")])
    (tmp_path / "SHA256SUMS").write_text(f"{sha256(file)}  {file.name}\n")
    loaded = benchmarks.load("mathif", data=tmp_path)
    answers = [{**row("1+3?"), "output": "<think>m</think>A window: \\boxed{4}."}]
    found = compare(loaded, [write(tmp_path / "out.jsonl", answers)])
    assert parted(found) == [("own_single:2", "keywords:existence", False, True)]


def test_reasonifs_rules_read_the_thinking(tmp_path: Path) -> None:
    row = {
        "source": "own",
        "question": "2+2?",
        "answer": "4",
        "constraint_name": ["punctuation:no_comma"],
        "constraint_args": [None],
        "prompt": "Think. Format your reasoning according to the following rule: **No comma.**"
        "\n\nHere is the question:\n\n2+2?",
    }
    (tmp_path / "reasonIF_dataset.json").write_text(json.dumps([row]))
    loaded = benchmarks.load("reasonif", data=tmp_path)
    given = [
        {**row, "response": "<think>$(2, 2)$ is it</think>4"},  # maths again
        {**row, "response": "<answer>4, no thoughts</answer>"},
        {"prompt": row["prompt"], "response": "4, so", "thinking": "two and two"},
    ]
    found = compare(loaded, [write(tmp_path / "given.jsonl", given)])
    assert parted(found) == [("own:1", "punctuation:no_comma", True, False)]
    assert found.verdicts == 3


# -- the recorded responses ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "file", "responses", "verdicts"),
    [
        ("ifeval", "gpt4_responses_with_verdicts.jsonl", 270, 419),
        ("ifbench", "responses_with_verdicts.jsonl", 145, 163),
    ],
)
def test_the_recorded_responses(
    shared_data: Path, name: str, file: str, responses: int, verdicts: int
) -> None:
    for package in ("langdetect", "emoji", "syllapy"):
        pytest.importorskip(package)
    path = shared_data / name / file
    found = compare(benchmarks.load(name, data=shared_data / name), [path])
    assert (found.responses, found.verdicts, found.without_upstream) == (responses, verdicts, 0)
    assert found.bad == []
    # the published verdicts stand in the file: what is said of upstream is what it said
    rows = map(json.loads, path.read_text("utf-8").splitlines())
    recorded = {str(row["key"]): row["strict"] for row in rows}
    assert 0 < len(found.parted) < verdicts / 10
    assert all(recorded[p.item][p.place] is p.upstream for p in found.parted)
    assert all(p.reason and (p.ours is True) != p.upstream for p in found.parted)
