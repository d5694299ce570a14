"""Tables of records made by hand, so that every figure of the report can be counted on fingers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import chrome

from bridle.records import Record, Table, outcome_rows, read, write

OUTCOMES = ("hard", "soft", "undetermined", "correct", "joint", "upstream_hard", "upstream_soft")

MakeRecord = Callable[..., Record]
MakeTable = Callable[..., Table]


def _record(number: int, condition: str = "with", **given: Any) -> Record:
    """A complete, correct response to an item of two constraints, both obeyed; `obeyed` says otherwise.

    hard, soft, undetermined, joint and the upstream columns follow from `obeyed`, `upstream`,
    `status` and `correct`, as grading has it.
    """
    status = given.pop("status", "complete")
    names = given.pop("names", ("words", "no_comma"))
    complete = status == "complete"
    obeyed = given.pop("obeyed", (True,) * len(names)) if complete else (None,) * len(names)
    upstream = given.pop("upstream", None)
    evidence = given.pop("evidence", [[0, 1]])
    reason = given.pop("reason", "said in a sentence")
    hard = None if status == "error" or not names else all(o is True for o in obeyed)
    soft = None if hard is None else sum(o is True for o in obeyed) / len(names)
    correct = given.pop("correct", True)
    correct = None if status == "error" else correct and complete
    fields: dict[str, Any] = {
        "benchmark": "crossed",
        "item": f"crossed:{number}",
        "problem": f"problem:{number}",
        "source": "gsm8k",
        "group": "double",
        "difficulty": 1.0,
        "condition": condition,
        "arm": "plain",
        "n_constraints": len(names),
        "prompt": "What is 3 times 4?",
        "reference": "12",
        "model": "organism",
        "sample": 0,
        "status": status,
        "finish_reason": "stop",
        "dialect": "think",
        "thinking": "3 and 3 and 3 and 3",
        "answer": "So it is \\boxed{12}." if complete else "",
        "error": "429 too many" if status == "error" else None,
        "tokens_in": 10,
        "tokens_out": 20,
        "tokens_thinking": 12,
        "tokens_answer": 8,
        "latency_s": 0.5,
        "verdicts": [
            {
                "constraint": name,
                "obeyed": o,
                "observed": 312,
                "wanted": "at most 300 words",
                "evidence": evidence if o is False else [],
                "reason": reason,
                "version": 1,
                "scope": "answer",
                "family": "length",
                "params": {"at_most": 300},
            }
            for name, o in zip(names, obeyed, strict=True)
        ],
        "hard": hard,
        "soft": soft,
        "undetermined": sum(o is None for o in obeyed) if complete else 0,
        "found": "12" if complete else None,
        "correct": correct,
        "equality": "exact",
        "joint": None if correct is None else (hard is not False and correct),
        "upstream_verdicts": upstream,
        "upstream_hard": None if upstream is None else all(upstream),
        "upstream_soft": None if upstream is None else sum(upstream) / len(upstream),
        "bridle_version": "0.1.0",
    }
    own = {k: fields.pop(k) for k in OUTCOMES if k in fields}
    own |= {k: given.pop(k) for k in OUTCOMES if k in given}
    return Record(**{**fields, **given, "outcomes": outcome_rows(**own)})


@pytest.fixture(scope="session")
def record() -> MakeRecord:
    return _record


@pytest.fixture
def table(tmp_path: Path) -> MakeTable:
    """Writes records as a study's table and reads them back."""

    def make(
        records: list[Record], *, missing: int = 0, name: str = "study", **about: Any
    ) -> Table:
        write(
            records,
            tmp_path / name / "records.parquet",
            planned=len(records) + missing,
            about={"command": "score", **about},
        )
        return read(tmp_path / name)

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    driven = chrome()
    yield driven
    driven.quit()
