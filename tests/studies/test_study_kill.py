"""kill -9 half-way: what came back is kept, and just the rest is asked.

Ctrl-C is in tests/cli/test_run.py, as it is typed.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bridle import records
from bridle.studies.journal import read_journal
from bridle.studies.plan import load_plan
from bridle.studies.study import run

ITEMS, CONNECTIONS = 30, 4
PLANNED = ITEMS * 2


def half_way(tiny, server, out: Path) -> subprocess.Popen[bytes]:
    """A run in its own process, watched until a third of its calls are in the journal."""
    process = subprocess.Popen(
        [sys.executable, tiny.__file__, str(out), server.url, str(ITEMS), str(CONNECTIONS)],
        stdout=subprocess.DEVNULL,
    )
    journal = out / "responses.jsonl"
    deadline = time.monotonic() + 150
    while not journal.exists() or journal.read_bytes().count(b"\n") < PLANNED // 3:
        assert process.poll() is None, "the run ended before it could be stopped"
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


def finish(tiny, server, out: Path):
    return run(
        out,
        benchmark=tiny.sums(ITEMS),
        models=["openai-api/local/m"],
        base_url=server.url,
        max_connections=CONNECTIONS * 4,
    )


def asked(server) -> int:
    return sum(server.calls().values())


def settled(server) -> int:
    """How often the server was asked, once all that the dead run had sent off has arrived."""
    count = -1
    while count != asked(server):
        count = asked(server)
        time.sleep(0.5)
    return count


def test_after_sigkill_just_the_missing_calls_are_made(tiny, chat_server, tmp_path: Path) -> None:
    server = chat_server("--delay", "0.15")
    out = tmp_path / "study"
    process = half_way(tiny, server, out)
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not (out / "records.parquet").exists()
    with (out / "responses.jsonl").open("a") as journal:
        journal.write('{"model": "openai-api/local/m", "item": "sum:29", "raw": "torn')

    kept = read_journal(out / "responses.jsonl")
    assert PLANNED // 3 <= len(kept) < PLANNED
    before = settled(server)
    assert len(kept) <= before <= len(kept) + 2 * CONNECTIONS

    outcome = finish(tiny, server, out)
    assert outcome.complete and outcome.made == PLANNED - len(kept)
    assert asked(server) == before + PLANNED - len(kept)

    # no call whose response was in the journal was made again
    seeds = {json.loads(key)[1] for key, count in server.calls().items() if count > 1}
    replies = read_journal(out / "responses.jsonl")
    assert len(replies) == PLANNED and all(replies[call] == kept[call] for call in kept)
    plan = load_plan(out / "study.json")
    assert seeds.isdisjoint({plan.seed_of(call) for call in kept})
    table = records.read(out)
    assert (table.frame.height, table.planned) == (PLANNED, PLANNED)
