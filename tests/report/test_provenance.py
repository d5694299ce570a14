"""How a study was made: each fact once, what was really sent, and a command that makes it again."""

from __future__ import annotations

import json
from typing import Any

from bridle.report.provenance import provenance


def sent(seed: int, **settings: Any) -> dict[str, Any]:
    return {
        "messages": [],
        "settings": {**settings, "seed": seed},
        "head_sha256": f"{seed % 2}" * 64,
    }


def test_plan_and_table_are_one_list_and_a_command(record: Any, table: Any) -> None:
    rows = [record(i, sent=sent(i, max_tokens=100 + i // 3, temperature=0.7)) for i in range(4)]
    rows += [record(4, status="error")]
    made = table(rows, missing=2, seed=3, benchmark="crossed")
    plan = {
        "models": ["a/b c"],
        "benchmark": "crossed",
        "item_ids": ["x"] * 30,
        "arms": ["plain", "wait:times=2"],
        "factors": {"top_k": [1, 20]},
        "conditions": ["with"],
        "samples": 2,
        "seed": 3,
        "decoding": {"temperature": 0.7, "max_tokens": None},
        "loaded": {"limit": 30, "data": None},
        "of a plugin": {"deep": [1, None]},
    }
    (made.path.parent / "study.json").write_text(json.dumps(plan))
    made.about["command"] = "run"
    found = provenance(made)
    assert found.command == (
        "bridle run --model 'a/b c' --benchmark crossed --limit 30 --arm plain --arm wait:times=2 "
        "--factor top_k=1,20 --conditions with --samples 2 --seed 3 --temperature 0.7 --out study"
    )
    facts = dict(found.facts)
    assert len(facts) == len(found.facts)  # each once
    assert facts["items"] == "30"
    assert facts["of a plugin"] == "deep 1, –"
    assert (facts["records planned"], facts["records missing"], facts["errors"]) == ("7", "2", "1")
    assert facts["settings sent, beside a seed"] == (
        "max_tokens 100 (in 3), 101 (in 1); temperature 0.7"
    )
    assert facts["SHA-256 of the rendered template's head"] == f"{'0' * 16}, {'1' * 16}"
    assert facts["checkers, with versions"] == "no_comma 1, words 1"


def test_scored_files_have_a_command_too(record: Any, table: Any) -> None:
    made = table([record(0)], files=["my answers.jsonl"], items=None, model="m", rules="upstream")
    assert provenance(made).command == (
        "bridle score 'my answers.jsonl' --model m --rules upstream --out study"
    )


def test_a_plan_that_cannot_be_read_is_no_plan(record: Any, table: Any) -> None:
    made = table([record(0)])
    for text in ("[1]", "{", '{"models": 3, "decoding": []}', '{"models": ["m"], "decoding": 1}'):
        (made.path.parent / "study.json").write_text(text)
        made.about.pop("command", None)
        assert dict(provenance(made).facts)["records there"] == "1"
