"""A probe under Inspect: a whole conversation is drawn and graded, its side questions too."""

from __future__ import annotations

import inspect_ai
import pytest

from bridle.inspect_bridge import PROBE_TASKS
from bridle.probes import PROBES


def test_every_probe_is_a_task():
    assert set(PROBE_TASKS) == set(PROBES)


@pytest.mark.parametrize(("name", "arm", "turns"), [("decay", None, 31), ("receipt", "receipt:tools=real", 2)])  # fmt: skip
def test_its_turns_are_graded(name, arm, turns, tmp_path):
    task = PROBE_TASKS[name](limit=1, arm=arm)
    (log,) = inspect_ai.eval(
        task, model="subject/disregarding", display="none", log_dir=str(tmp_path)
    )
    assert log.status == "success" and log.samples
    (score,) = log.samples[0].scores.values()
    assert len(score.metadata["turns"]) == turns
    own = "heard" if name == "decay" else "receipt_claimed"
    assert score.value[own] == 1
