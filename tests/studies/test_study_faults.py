"""A server that fails in every way for a third of the calls: nothing is lost, nothing asked twice."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from bridle import records
from bridle.studies.journal import read_journal
from bridle.studies.study import GIVE_UP_AFTER, Outcome, run

FAULTS = ("429", "500", "cut", "garbled", "empty", "silence")
MODEL = "openai-api/local/m"


def ask(out: Path, tiny, server, count: int, **options) -> Outcome:
    return run(
        out,
        benchmark=tiny.sums(count),
        models=[MODEL],
        base_url=server.url,
        max_connections=32,
        **{"timeout": 4, **options},
    )


def test_faults_that_pass_are_outlived_and_those_that_stay_are_errors(
    tiny, chat_server, tmp_path: Path
) -> None:
    server = chat_server("--fault", *FAULTS, "--stuck", "What is 7 + 7")
    out = tmp_path / "study"
    outcome = ask(out, tiny, server, 24, retries=1)

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


def test_a_server_that_says_no_to_everything_is_given_up(tiny, chat_server, tmp_path: Path) -> None:
    server = chat_server("--refuse", "401")
    outcome = ask(tmp_path / "study", tiny, server, 200)
    assert outcome.interrupted and outcome.answered == 0
    # those that were on their way when the twentieth came back may still come back
    assert GIVE_UP_AFTER <= outcome.errors <= GIVE_UP_AFTER + 64 < outcome.planned
    assert "wrong key" in str(outcome.why)
    assert outcome.line().startswith("0 of 400 records; ")
    assert outcome.line().endswith(" not asked yet: run again to go on")
    assert max(server.calls().values()) == 1  # no is no: not retried
    assert all(reply.error for reply in read_journal(tmp_path / "study/responses.jsonl").values())


def test_calls_never_made_come_before_those_that_failed(tiny, tmp_path: Path) -> None:
    """Errors that stay (a prompt too long for the model) must not keep the rest from being asked."""
    out = tmp_path / "study"
    script = tmp_path / "script.jsonl"
    items = tiny.sums(GIVE_UP_AFTER * 2).items
    script.write_text(json.dumps({"prompt": items[-1].bare_prompt, "response": "78"}) + "\n")
    asked = {"conditions": ["without"], "models": [f"scripted/{script}"], "max_connections": 1}
    bench = tiny.sums(GIVE_UP_AFTER * 2)
    first = run(out, benchmark=bench, **asked)
    assert first.interrupted and (first.answered, first.made) == (0, GIVE_UP_AFTER)
    assert "the script has no answer to" in str(first.why)
    second = run(out, benchmark=bench, **asked)
    assert second.answered == 1 and second.missing == 0
