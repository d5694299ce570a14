"""Scoring on a real Ray cluster of two nodes, one of which is killed in the middle.

Minutes long, so no part of the usual suite: `make ray`.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os

import polars as pl
import pytest

ray = pytest.importorskip("ray", reason="the extra 'ray' is not installed: make ray")
if not os.environ.get("BRIDLE_TEST_RAY"):
    pytest.skip("minutes long: make ray", allow_module_level=True)

import pyarrow as pa  # noqa: E402
import ray.data  # noqa: E402, F811
from ray.cluster_utils import Cluster  # noqa: E402

from bridle import records  # noqa: E402
from bridle.errors import BridleError  # noqa: E402
from bridle.scoring.arrow import score_batch  # noqa: E402
from bridle.scoring.bulk import score_into  # noqa: E402
from bridle.scoring.ray import score, split, votes  # noqa: E402
from bridle.scoring.score import Scored, Scoring  # noqa: E402


def rows(count):
    for i in range(count):
        row = {
            "key": f"k{i // 2}",
            "question": f"What is {i // 2} + 1?",
            "answer": str(i // 2 + 1),
            "constraints": [{"type": "words", "at_most": 6}],
            "response": f"so</think>It is \\boxed{{{i // 2 + i % 2}}}." if i % 3 else "It is 4",
            "sample": i % 2,
            "_file": "rollouts.jsonl",
            "_row": i + 1,
        }
        if i % 17 == 5:
            row["constraints"] = [{"type": "no_such_type"}]
        yield row


def started():
    """The head of a cluster; on a busy machine one may not be up within Ray's half minute."""
    head = {"num_cpus": 1, "include_dashboard": False}
    for _ in range(3):
        with contextlib.suppress(Exception):
            return Cluster(initialize_head=True, head_node_args=head)
    return Cluster(initialize_head=True, head_node_args=head)


@pytest.fixture(scope="module")
def cluster():
    made = started()
    made.add_node(num_cpus=1)
    made.wait_for_nodes()
    ray.init(address=made.address, log_to_driver=False, logging_level=logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield made
    ray.shutdown()
    made.shutdown()


def second_node(cluster):
    """The node beside the head, a new one if it was killed."""
    if not cluster.worker_nodes:
        cluster.add_node(num_cpus=1)
        cluster.wait_for_nodes()
    return next(iter(cluster.worker_nodes))


def table(found):
    frame = pl.DataFrame(pl.from_arrow(found))
    return frame.sort("row", "sample", nulls_last=True)


def as_bytes(frame, path):
    frame.write_parquet(path)
    return path.read_bytes()


def test_a_dataset_with_a_node_killed_in_the_middle(cluster, tmp_path):
    node = second_node(cluster)
    made = list(rows(400))
    dataset = ray.data.from_items(made, override_num_blocks=20)
    hints = votes(dataset)
    assert hints["unknown"].lone_closes > 200
    scored = score(dataset, hints=hints, concurrency=2, batch_size=20)
    parts = []
    for batch in scored.iter_batches(batch_size=20, batch_format="pyarrow"):
        if len(parts) == 3:
            cluster.remove_node(node, allow_graceful=False)
        parts.append(batch)
    alone = score_batch(pa.RecordBatch.from_pylist(made), hints=hints)
    want, found = table(alone), table(pa.concat_tables(parts).cast(alone.schema))
    assert as_bytes(found, tmp_path / "a") == as_bytes(want, tmp_path / "b")


def test_records_and_bad_rows_part(cluster):
    second_node(cluster)
    good, bad = split(score(ray.data.from_items(list(rows(40)), override_num_blocks=4)))
    assert good.count() == 37
    told = sorted(bad.take_all(), key=lambda row: row["row"])
    assert [row["row"] for row in told] == [6, 23, 40]
    assert all("no_such_type" in row["bad"] and row["file"] == "rollouts.jsonl" for row in told)


def test_files_with_a_node_killed_in_the_middle(cluster, tmp_path):
    node = second_node(cluster)
    file = tmp_path / "r.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows(300)) + "{broken\n")
    killed = []

    def watch(doing, *_):
        if doing == "scoring" and not killed:
            killed.append(node)
            cluster.remove_node(node, allow_graceful=False)

    done = score_into([file], tmp_path / "out", on="ray", workers=2, rows=25, watch=watch)
    assert killed and done.shards == 13
    results = [r for r in Scoring().file(file) if isinstance(r, Scored)]
    want = records.widen(records.frame_of(r.record for r in results))
    found = records.read(tmp_path / "out")
    assert as_bytes(found.frame, tmp_path / "a") == as_bytes(want, tmp_path / "b")
    assert done.bad.count == 19 == found.about["bad_rows"]


def test_a_worker_of_another_version_is_refused(cluster, tmp_path, monkeypatch):
    from bridle.scoring.bulk import cluster as module

    file = tmp_path / "r.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows(5)))
    monkeypatch.setattr(module, "__version__", "9.9")
    with pytest.raises(BridleError, match=r"the driver has 9\.9"):
        score_into([file], tmp_path / "out", on="ray", workers=1)
    assert not list((tmp_path / "out" / "records").iterdir())


@pytest.mark.parametrize("address", ["127.0.0.1:9", "ray://127.0.0.1:9"])
def test_a_cluster_that_is_not_there(tmp_path, address, monkeypatch):
    file = tmp_path / "r.jsonl"
    file.write_text(json.dumps(next(rows(1))) + "\n")
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    with pytest.raises(BridleError, match=f"There is no Ray cluster at {address}"):
        score_into([file], tmp_path / "out", on="ray", address=address)
