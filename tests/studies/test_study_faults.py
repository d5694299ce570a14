"""A server that fails in every way for a third of the calls: nothing is lost, nothing asked twice."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from bridle import records
from bridle.errors import BridleError
from bridle.inspect_bridge import calls, generated
from bridle.studies import grades
from bridle.studies.journal import read_journal
from bridle.studies.state import State
from bridle.studies.study import run

FAULTS = ("429", "500", "cut", "garbled", "empty", "silence")
MODEL = "openai-api/local/m"


def ask(out: Path, tiny, server, count: int, **options) -> State:
    return run(
        out,
        benchmark=tiny.sums(count),
        models=[MODEL],
        base_url=server.url,
        **{"timeout": 4, "max_connections": 32, **options},
    )


def test_faults_that_pass_are_outlived_and_those_that_stay_are_errors(
    tiny, chat_server, tmp_path: Path
) -> None:
    server = chat_server("--fault", *FAULTS, "--stuck", "What is 7 + 7")
    out = tmp_path / "study"
    outcome = ask(out, tiny, server, 24, retries=2)

    # 48 calls, a third of them hurt at first; those about 7 + 7 on every attempt
    assert (outcome.planned, outcome.answered, outcome.errors) == (48, 46, 2)
    assert outcome.line() == "46 of 48 records; 2 errors: run again to retry"
    assert not outcome.complete and not outcome.interrupted and outcome.why
    asked = server.calls()
    assert len(asked) == 48 and sum(count > 1 for count in asked.values()) >= 12

    table = records.read(out)
    assert (table.frame.height, table.planned, table.missing) == (48, 48, 0)
    failed = table.frame.filter(table.frame["status"] == "error")
    assert set(failed["item"]) == {"sum:7"} and set(failed["condition"]) == {"with", "without"}
    assert all(failed["error"]) and failed["hard"].is_null().all()
    assert failed["joint"].is_null().all() and failed["correct"].is_null().all()

    # the server mends; the next run makes those two calls and no other
    server.heal()
    before = sum(server.calls().values())
    outcome = ask(out, tiny, server, 24)
    assert outcome.line() == "48 of 48 records." and outcome.complete and outcome.made == 2
    assert sum(server.calls().values()) == before + 2
    frame = records.read(out).frame
    assert frame.height == 48 and set(frame["status"]) == {"complete"}
    right = frame.filter(frame["item"] == "sum:21")  # 21 + 21 is what the server always says
    assert right["correct"].to_list() == [True, True]
    assert frame["correct"].sum() == 2
    lines = (out / "responses.jsonl").read_text().splitlines()
    statuses = Counter(json.loads(line)["status"] for line in lines)
    assert statuses == {"ok": 48, "error": 2}  # the journal forgets nothing


@pytest.mark.parametrize("status", ["401", "403"])
def test_a_wrong_key_costs_one_request(status, tiny, chat_server, tmp_path: Path) -> None:
    server = chat_server("--refuse", status)
    state = ask(tmp_path / "study", tiny, server, 200)
    assert state.interrupted and (state.answered, state.errors) == (0, 1)
    assert "refused the key" in str(state.why) and "wrong key" in str(state.why)
    assert state.line() == "0 of 400 records; 1 error, 399 not asked yet: run again to go on"
    assert server.calls() and sum(server.calls().values()) == 1
    assert all(reply.error for reply in read_journal(tmp_path / "study/responses.jsonl").values())


def test_nobody_listens_is_said_at_once(tiny, tmp_path: Path) -> None:
    started = time.monotonic()
    state = run(
        tmp_path / "study",
        benchmark=tiny.sums(50),
        models=[MODEL],
        base_url="http://127.0.0.1:9/v1",  # the discard port, where nobody listens
    )
    assert time.monotonic() - started < 10
    assert (state.errors, state.missing) == (1, 99) and "cannot be reached" in str(state.why)


def test_after_twenty_failures_in_a_row_all_wait_and_then_give_up(
    tiny, chat_server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "PAUSES", (0.1, 0.1))
    server = chat_server("--refuse", "400", "--said", '{"error": {"message": "no such setting"}}')
    state = ask(tmp_path / "study", tiny, server, 200, max_connections=4)
    assert state.interrupted and state.answered == 0
    assert calls.BREAK_AFTER <= state.errors <= calls.BREAK_AFTER + 8
    assert "no such setting" in str(state.why) and "in a row" in str(state.why)
    assert sum(server.calls().values()) <= calls.BREAK_AFTER + 8 + 2


def test_a_server_that_comes_back_is_gone_on_with(
    tiny, chat_server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls, "PAUSES", (0.1, 0.1))
    server = chat_server("--fault", "500", "--stuck", "What is", "--heal-after", "0")
    failures = 0

    def watch(call, reply) -> None:
        nonlocal failures
        failures += reply.error is not None
        if failures == calls.BREAK_AFTER:
            server.heal()

    out = tmp_path / "study"
    state = ask(out, tiny, server, 40, retries=0, max_connections=4, watch=watch)
    assert not state.interrupted and state.missing == 0
    assert calls.BREAK_AFTER - 1 <= state.errors <= calls.BREAK_AFTER + 8
    assert ask(out, tiny, server, 40).complete


def test_what_a_200_says_in_place_of_an_answer(tiny, chat_server, tmp_path: Path) -> None:
    server = chat_server("--refuse", "200", "--said", '{"error": {"message": "out of credit"}}')
    state = ask(tmp_path / "study", tiny, server, 1, conditions=["with"], retries=0)
    assert state.errors == 1 and "out of credit" in str(state.why)


def test_a_text_beside_an_odd_usage_is_kept(tiny, chat_server, tmp_path: Path) -> None:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "4"}}
    for usage in ("many", {"prompt_tokens": "seven"}, {"prompt_tokens": None}, []):
        body = {"id": "x", "object": "chat.completion", "created": 0, "model": "m"}
        said = json.dumps({**body, "choices": [choice], "usage": usage})
        out = tmp_path / str(usage)[:6]
        state = ask(out, tiny, chat_server("--refuse", "200", "--said", said), 1, retries=0)
        assert state.complete, (usage, state.why)
        assert {r.raw for r in read_journal(out / "responses.jsonl").values()} == {"4"}


@pytest.mark.parametrize("reason", ["abort", "error", "insufficient_system_resource"])
def test_a_generation_that_was_given_up_is_an_error(
    reason, tiny, chat_server, tmp_path: Path
) -> None:
    choice = json.dumps({"finish_reason": reason})
    server = chat_server("--choice", choice)
    state = ask(tmp_path / "study", tiny, server, 1, conditions=["with"], retries=0)
    assert (state.answered, state.errors) == (0, 1) and reason in str(state.why)
    assert max(server.calls().values()) > 1  # it was asked again before it was given up


def test_no_call_is_sent_after_a_failed_write(tiny, chat_server, tmp_path: Path) -> None:
    server = chat_server("--delay", "0.05")
    written = 0

    def full(call, reply) -> None:
        nonlocal written
        written += 1
        if written == 5:
            raise OSError(28, "No space left on device")

    with pytest.raises(BridleError, match="could not be written"):
        ask(tmp_path / "study", tiny, server, 100, max_connections=3, watch=full)
    assert sum(server.calls().values()) <= 5 + 3


def test_calls_never_made_come_before_those_that_failed(
    tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Errors that stay (a prompt too long for the model) must not keep the rest from being asked."""
    monkeypatch.setattr(calls, "PAUSES", (0.0,))
    out = tmp_path / "study"
    script = tmp_path / "script.jsonl"
    bench = tiny.sums(calls.BREAK_AFTER * 2)
    script.write_text(json.dumps({"prompt": bench.items[-1].bare_prompt, "response": "78"}) + "\n")
    asked = {"conditions": ["without"], "models": [f"scripted/{script}"], "max_connections": 1}
    first = run(out, benchmark=bench, **asked)
    assert first.interrupted and (first.answered, first.made) == (0, calls.BREAK_AFTER)
    assert "the script has no answer to" in str(first.why)
    second = run(out, benchmark=bench, **asked)
    assert second.answered == 1 and second.missing == 0


def test_parts_of_a_killed_runs_table_are_swept(tiny, tmp_path: Path) -> None:
    out = tmp_path / "study"
    (out / ".records-abc").mkdir(parents=True)
    (out / ".records-abc" / "000000.parquet").write_bytes(b"half")
    state = run(out, benchmark=tiny.sums(1), models=["scripted/say:4"])
    assert state.complete and not list(out.glob(".records-*"))


def test_a_record_that_cannot_be_graded_says_so(
    tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = grades.grade_turn

    def faulty(item, turn, **more):
        if item.id == "sum:1":
            raise ZeroDivisionError("a fault")
        return real(item, turn, **more)

    monkeypatch.setattr(grades, "grade_turn", faulty)
    state = run(tmp_path / "study", benchmark=tiny.sums(3), models=["scripted/say:4"])
    frame = records.read(tmp_path / "study").frame
    assert (state.answered, state.errors, frame.height) == (4, 2, 6)
    odd = frame.filter(frame["item"] == "sum:1")
    assert set(odd["error"]) == {"could not be graded (ZeroDivisionError: a fault)"}
    assert set(odd["answer"]) == {"4"} and odd["hard"].is_null().all()


def test_a_setting_that_a_provider_does_not_send_is_said(
    tiny, chat_server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider of Inspect's that leaves the seed out of its requests, as Anthropic's and others do."""
    from inspect_ai.model import GenerateConfig

    real = generated.config_of

    def without_seed(settings) -> GenerateConfig:
        return real({k: v for k, v in settings.items() if k != "seed"})

    monkeypatch.setattr(generated, "config_of", without_seed)
    out = tmp_path / "study"
    state = ask(out, tiny, chat_server(), 2)
    assert state.dropped == {MODEL: {"seed": 4}}
    (note,) = state.notes()
    assert "seed in 4 calls" in note
    table = records.read(out)
    assert records.notes_of(table.about) == [note]
    assert json.loads(table.frame["sent"][0])["dropped"] == ["seed"]
