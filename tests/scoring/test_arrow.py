"""score_batch: what every engine calls, and that it depends on its batch alone."""

from __future__ import annotations

import random

import polars as pl
import pytest

pa = pytest.importorskip("pyarrow", reason="the extra 'arrow' is not installed")

from bridle import records  # noqa: E402
from bridle.responses import Hints  # noqa: E402
from bridle.scoring.arrow import PLACE, hints_of, schema, score_batch, votes_of  # noqa: E402
from bridle.scoring.score import score  # noqa: E402


def rows(count):
    for i in range(count):
        row = {
            "key": f"k{i // 2}" if i % 3 else None,
            "question": f"What is {i // 2} + 1?",
            "answer": str(i // 2 + 1),
            "constraints": [{"type": "words", "at_most": 6}],
            "response": f"<think>hm</think>It is \\boxed{{{i // 2 + i % 2}}}.",
            "model": "m",
            "sample": i % 2,
            "_file": "rollouts.jsonl",
            "_row": i + 1,
        }
        if i % 7 == 5:
            row |= {"response": None, "constraints": [{"type": "no_such_type"}]}
        yield row


def batch(made):
    return pa.RecordBatch.from_pylist(list(made))


def frame(scored):
    return pl.DataFrame(pl.from_arrow(scored))


def test_the_records_are_those_of_score():
    made = list(rows(40))
    found = frame(score_batch(batch(made)))
    good = found.filter(pl.col("bad").is_null())
    wanted = score([r for i, r in enumerate(made) if i % 7 != 5])
    same = [c for c in records.schema() if c not in ("item", "problem", "sample")]
    assert good.select(same).equals(wanted.select(same))
    assert good["sample"].to_list() == [i % 2 for i in range(40) if i % 7 != 5]
    assert good.filter(pl.col("row") % 3 != 1)["item"].str.starts_with("k").all()
    # k samples on k rows are of one item and one problem, keyed or not
    assert good.group_by("prompt").agg(pl.col("problem").n_unique())["problem"].max() == 1
    bad = found.filter(pl.col("bad").is_not_null())
    assert bad["row"].to_list() == [6, 13, 20, 27, 34]
    assert bad["file"].unique().to_list() == ["rollouts.jsonl"]
    assert all("no_such_type" in reason for reason in bad["bad"])
    assert bad.select(list(records.schema())).null_count().row(0) == (5,) * len(records.schema())


def test_cut_and_shuffled_it_gives_the_same_rows():
    made = list(rows(30))
    whole = frame(score_batch(batch(made))).sort("row")
    random.Random(3).shuffle(made)
    parts = [score_batch(batch(made[i : i + 7])) for i in range(0, 30, 7)]
    assert frame(pa.Table.from_batches(parts)).sort("row").equals(whole)
    assert {part.schema for part in parts} == {schema()}


def test_nothing_and_only_bad_rows_have_the_same_schema():
    none = score_batch(batch([]))
    assert none.num_rows == 0 and none.schema == schema()
    bad = score_batch(batch([{"x": 1}, {"response": "r"}]))
    assert bad.schema == schema() and bad.column("bad").null_count == 0
    assert bad.column("file").to_pylist() == ["batch"] * 2 and bad.column("row").to_pylist() == [
        1,
        2,
    ]
    assert schema().names == [*records.schema(), *PLACE]


def test_what_rows_decide_together_is_counted_in_parts_and_passed_in():
    lone = {"question": "2+2?", "answer": "4", "model": "m"}
    made = [{**lone, "response": "so it is</think>4"}] * 6 + [{**lone, "response": "so it is"}] * 2
    told = [votes_of(batch(made[:3])), votes_of(batch(made[3:]))]
    hints = hints_of(told)
    assert isinstance(hints["m"], Hints) and hints["m"].lone_closes == 6
    statuses = frame(score_batch(batch(made), hints=hints))["status"].to_list()
    assert statuses == score(made)["status"].to_list() and statuses[-1] == "truncated"
    assert frame(score_batch(batch(made)))["status"].to_list()[-1] == "complete"
