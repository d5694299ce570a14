"""Arms on thoughts, token by token, against servers that would double, drop or move a thought."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from spiteful import ANALYSIS, FINAL, Spiteful

from bridle import benchmarks, records
from bridle.benchmarks.base import Benchmark
from bridle.studies import study
from bridle.studies.journal import read_journal

MODEL = "openai-api/local/spite"
ITEMS = Benchmark("crossed", benchmarks.load("crossed", limit=3, seed=3).items[1:])
CLOSE = {"gpt-oss": FINAL}


def run(server: Spiteful, out: Path, *arms: str, **more: Any) -> list[dict[str, Any]]:
    study.run(
        out, benchmark=ITEMS, models=[MODEL], arms=arms, conditions=["with"], base_url=server.url,
        temperature=1.0, max_tokens=300, seed=5, max_connections=2, timeout=60, **more,
    )  # fmt: skip
    return list(records.read(out).frame.iter_rows(named=True))


@pytest.mark.parametrize("name", ["qwen3", "r1", "glm", "gpt-oss"])
def test_what_is_sent_is_template_sampled_and_insert_token_by_token(
    name: str, tmp_path: Path
) -> None:
    dialect = "harmony" if name == "gpt-oss" else "think"
    arms = [f"{arm},dialect={dialect}" for arm in ("wait:times=2", "cap:tokens=12")]
    arms += [f"remind_thinking:dialect={dialect}", f"neutral_thinking:dialect={dialect}"]
    with Spiteful(name) as server:
        rows = run(server, tmp_path / "s", *arms)
        encode, decode = server.tokens.encode, server.tokens.decode
        replies = read_journal(tmp_path / "s" / "responses.jsonl")
        close = CLOSE.get(name, "</think>\n\n")
        merges = 0
        for row in rows:
            assert row["error"] is None, row["error"]
            assert json.loads(row["sent"])["seam"] == "ids"
            steps = sorted(
                (c.step, r) for c, r in replies.items() if (c.item, c.arm) == (row["item"], row["arm"])
            )  # fmt: skip
            head = encode(server.render({"messages": [{"role": "user", "content": row["prompt"]}]}))
            wanted, whole = list(head), decode(head)
            for step, reply in steps:
                assert reply.sent is not None and reply.sent["prompt"] == wanted, (row["arm"], step)
                assert reply.tokens_in == len(wanted)  # no BOS more, nothing dropped
                if step == len(steps) - 1:
                    break
                insert = _insert(row, step, close)
                sampled = encode(reply.raw)  # what the model wrote, without its stop string
                wanted += sampled + encode(insert)
                whole += reply.raw + insert
            merges += wanted != encode(whole)
            assert decode(wanted) == whole
            said = decode(wanted)
            opening = ANALYSIS if name == "gpt-oss" else "<think>"
            assert said.count(opening) == 1 and said.count(close) <= 1
            bos = server.convention.bos
            assert not bos or said.count(bos) == 1
            answer = row["answer"]
            for mark in ("<think>", "</think>", "<|end|>", "<|channel|>", "also told", "Wait"):
                assert mark not in answer
            assert row["answer"] == replies_last(steps).raw.strip() or row["status"] == "truncated"
        # a text joined and read anew would have been other tokens
        assert merges


def _insert(row: dict[str, Any], step: int, close: str) -> str:
    injected = json.loads(row["sent"])["injected"]
    return injected[step]


def replies_last(steps: list[Any]) -> Any:
    return steps[-1][1]


@pytest.mark.parametrize("name", ["qwen3", "r1", "glm", "gpt-oss"])
def test_chat_and_continue_is_refused_where_the_template_changes_the_thought(
    name: str, tmp_path: Path
) -> None:
    dialect = "harmony" if name == "gpt-oss" else "think"
    with Spiteful(name) as server:
        rows = run(server, tmp_path / "s", f"remind_thinking:seam=template,dialect={dialect}")
        went_on = [a for a in server.asked if "told" in a["text"]]
    assert {row["status"] for row in rows} == {"error"}
    assert all("does not go on from the prefix" in row["error"] for row in rows)
    assert went_on == []  # refused before it was sent, so nothing is paid or judged


def test_chat_and_continue_is_taken_where_the_probe_agrees(tmp_path: Path) -> None:
    """The embedded model's own template keeps the prefix: the seam is named, and so is the probe."""
    study.run(
        tmp_path / "s", benchmark=ITEMS, models=["organism"], conditions=["with"], seed=5,
        arms=["remind_thinking:seam=template", "remind_thinking"], temperature=1.0, max_tokens=300,
    )  # fmt: skip
    rows = list(records.read(tmp_path / "s").frame.iter_rows(named=True))
    seams = {(json.loads(r["sent"])["seam"], json.loads(r["sent"]).get("probe")) for r in rows}
    assert seams == {("template", "agrees"), ("ids", None)}
    texts = {}
    for row in rows:
        texts.setdefault(row["item"], set()).add(row["raw"])
    assert all(len(raws) == 1 for raws in texts.values())  # either way the same is said


@pytest.mark.parametrize(
    ("fault", "arm", "said"),
    [
        ("bos", "close_thinking", "The server read"),
        ("head", "close_thinking", "twice"),
        ("parser", "close_thinking:seam=template", "field of its own"),
    ],
)
def test_a_fault_of_the_server_is_an_error_and_never_a_verdict(
    fault: str, arm: str, said: str, tmp_path: Path
) -> None:
    with Spiteful("r1", faults=[fault]) as server:
        rows = run(server, tmp_path / "s", arm)
    assert {row["status"] for row in rows} == {"error"}
    assert all(said in row["error"] for row in rows)
    assert all(row["hard"] is None for row in rows)


@pytest.mark.parametrize(
    ("name", "arm", "said"),
    [
        ("gpt-oss", "wait", "channels"),
        ("qwen3", "wait:dialect=harmony", "none"),
        ("r1", "cap:tokens=9,opened=true", "open another"),
    ],
)
def test_an_arm_of_another_convention_is_refused(
    name: str, arm: str, said: str, tmp_path: Path
) -> None:
    with Spiteful(name) as server:
        rows = run(server, tmp_path / "s", arm)
        assert server.asked == []
    assert all(said in row["error"] for row in rows)
