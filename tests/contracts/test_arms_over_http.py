"""Arms of several steps and an item of several turns, through the organism's real server over HTTP.

What is sent is looked at in the bodies, what is judged is what the model wrote, and a run that is
killed goes on from the step it had come to.
"""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import polars as pl
import pytest

from bridle import records
from bridle.errors import BridleError
from bridle.organism.model.chat import render
from bridle.studies.journal import read_journal

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def study() -> ModuleType:
    spec = importlib.util.spec_from_file_location("arms_study", HERE / "arms_study.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["arms_study"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    command = [sys.executable, "-m", "bridle", "serve", "--port", "0", "--threads", "1"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process.stdout.readline().split()[-1]
    process.terminate()
    process.wait(30)


@pytest.fixture(scope="module")
def done(study: ModuleType, server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("arms") / "study"
    state = study.run(out, server)
    # two items of one turn and one of three, under three arms and two conditions
    assert (state.planned, state.complete, state.why) == ((2 + 3) * 3 * 2, True, None)
    return out


def rows(folder: Path, **wanted: Any) -> pl.DataFrame:
    frame = records.read(folder).frame
    return frame.filter(*(pl.col(k) == v for k, v in wanted.items()))


def test_every_turn_is_a_record_and_the_standing_constraint_is_judged_in_each(done: Path) -> None:
    talk = rows(done, item="talk:0", arm="plain", condition="with").sort("turn")
    assert talk["turn"].to_list() == [0, 1, 2]
    assert talk["reference"].to_list() == ["19", "34", "13"]
    verdicts = [[(v["constraint"], v["stated"]) for v in row] for row in talk["verdicts"]]
    assert verdicts == [[("no_comma", 0)], [("words", 1), ("no_comma", 0)], [("no_comma", 0)]]
    sent = [json.loads(text) for text in talk["sent"]]
    assert [len(s["messages"]) for s in sent] == [1, 3, 5]
    # an earlier answer is sent on without its thinking
    assert sent[1]["messages"][1]["content"] == talk["answer"][0]
    assert "<think>" not in str(sent[2]["messages"])


def test_the_second_call_of_an_arm_is_what_is_graded(done: Path) -> None:
    frame = rows(done, arm="two_calls")
    assert set(frame["steps"]) == {2}
    for row in frame.iter_rows(named=True):
        messages = json.loads(row["sent"])["messages"]
        assert messages[-1]["content"] == "Now rewrite your answer so that it obeys."
        assert row["finish_reasons"] == ["stop"] * 2 or row["status"] == "truncated"
    one = rows(done, arm="two_calls", item="talk:0", condition="with", turn=0).row(0, named=True)
    replies = [
        r
        for call, r in read_journal(done / "responses.jsonl").items()
        if (call.arm, call.item, call.condition, call.turn) == ("two_calls", "talk:0", "with", 0)
    ]
    assert one["tokens_out"] == sum(r.tokens_out or 0 for r in replies)  # both are paid
    assert one["answer"] in replies[-1].raw


def test_wait_is_sent_as_ids_and_neither_judged_nor_thought(done: Path) -> None:
    from bridle.organism.model.engine import get_engine

    engine = get_engine()
    frame = rows(done, arm="wait_here", item="talk:0", condition="with", turn=0)
    row = frame.row(0, named=True)
    assert row["steps"] == 4 and row["factor.times"] == 2
    sent = json.loads(row["sent"])
    assert (sent["seam"], sent["injected"]) == ("ids", ["\nWait", "\nWait", "</think>\n\n"])
    # the ids: the server's template, what was sampled, the inserts; each insert once in its place
    head = render([{"role": "user", "content": row_prompt()}])
    replies = [
        r
        for call, r in sorted(
            read_journal(done / "responses.jsonl").items(), key=lambda p: p[0].step
        )
        if (call.arm, call.item, call.condition, call.turn) == ("wait_here", "talk:0", "with", 0)
    ]
    assert all(r.ids for r in replies)
    text = head + "\nWait".join(r.raw for r in replies[:3]) + "</think>\n\n"
    assert engine.decode(sent["prompt"]) == text
    assert sent["prompt"][: len(engine.encode(head))] == engine.encode(head)
    # each step was charged for the ids that were sent
    assert replies[-1].tokens_in == len(sent["prompt"])
    assert "Wait" not in row["thinking"] and "Wait" in row["raw"]
    assert row["answer"] == replies[-1].raw.strip()
    who = [part[2] for part in json.loads(row["authors"])]
    assert who.count("arm") == 3 and who[-1] == "model"


def row_prompt() -> str:
    import arms_study  # type: ignore[import-not-found]

    return arms_study.benchmark().items[-1].prompt


def test_what_the_server_was_sent_stands_in_the_record(done: Path) -> None:
    for row in rows(done, arm="plain").iter_rows(named=True):
        settings = json.loads(row["sent"])["settings"]
        assert settings["temperature"] == 1.0 and settings["max_tokens"] == 400
        assert isinstance(settings["seed"], int)
        assert (
            row["prompt"] in str(json.loads(row["sent"])["messages"][-1]["content"]) or row["turn"]
        )


def test_killed_between_two_steps_it_goes_on_with_the_next(
    study: ModuleType, server: str, done: Path, tmp_path: Path
) -> None:
    out = tmp_path / "killed"
    script = [sys.executable, str(HERE / "arms_study.py"), str(out), server]
    process = subprocess.Popen(script, stdout=subprocess.DEVNULL)
    journal = out / "responses.jsonl"
    deadline = time.monotonic() + 120
    while not journal.exists() or journal.read_bytes().count(b"\n") < 9:
        assert process.poll() is None and time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    kept = read_journal(journal)
    state = study.run(out, server)
    assert state.complete
    after = read_journal(journal)
    whole = read_journal(done / "responses.jsonl")
    assert all(after[call] == kept[call] for call in kept)  # nothing is asked twice
    assert state.made == len(after) - len(kept) and after.keys() == whole.keys()
    # the same seeds: the killed study has the texts of the one that ran through
    assert {c: r.raw for c, r in after.items()} == {c: r.raw for c, r in whole.items()}


def test_a_model_that_cannot_is_refused_before_the_first_call(
    study: ModuleType, tmp_path: Path
) -> None:
    from bridle.studies.study import run

    with pytest.raises(BridleError) as caught:
        run(
            tmp_path / "no", benchmark=study.benchmark(), models=["scripted/say:4"], arms=study.ARMS
        )
    assert "raw tokens" in caught.value.what and "two_calls" in str(caught.value)
    assert not (tmp_path / "no").exists()
