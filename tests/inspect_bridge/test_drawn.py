"""An arm under `inspect eval`: the numbers of `bridle run` with that arm, also where it goes on from tokens."""

from __future__ import annotations

from pathlib import Path

import inspect_ai
import pytest

from bridle import records
from bridle.errors import BridleError
from bridle.inspect_bridge import crossed
from bridle.studies.study import run

LIMIT = 4
ARMS = ("question_again", "wait:times=1")


@pytest.fixture(scope="module")
def frame(tmp_path_factory: pytest.TempPathFactory):
    out = tmp_path_factory.mktemp("study") / "st"
    run(
        out, benchmark="crossed", models=["organism"], limit=LIMIT, temperature=0.0,
        arms=list(ARMS), conditions=("with",),
    )  # fmt: skip
    return records.read(out).frame


@pytest.mark.parametrize("arm", ARMS)
def test_an_arm_gives_what_a_run_with_it_gives(frame, tmp_path: Path, arm: str) -> None:
    (log,) = inspect_ai.eval(
        "bridle/crossed", model="organism/default", task_args={"limit": LIMIT, "arm": arm},
        temperature=0.0, log_dir=str(tmp_path), display="none", ctl_server=False,
    )  # fmt: skip
    assert log.status == "success" and log.samples
    part = frame.filter(frame["arm"] == arm.partition(":")[0])
    assert part.height == len(log.samples) == LIMIT
    expected = {row["item"]: row for row in part.to_dicts()}
    for sample in log.samples:
        (score,) = (sample.scores or {}).values()
        row = expected[str(sample.id)]
        assert isinstance(score.value, dict)
        for name in ("hard", "soft", "correct", "joint", "truncated"):
            assert score.value[name] == float(row[name]), (sample.id, name)
        assert (score.metadata or {})["turns"][0]["status"] == row["status"]


def test_an_arm_that_the_model_cannot_do_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BridleError, match="no arm 'wiat'"):
        crossed(limit=1, arm="wiat")
    (log,) = inspect_ai.eval(
        crossed(limit=1, arm="wait"), model="scripted/echo", log_dir=str(tmp_path),
        display="none", ctl_server=False,
    )  # fmt: skip
    assert log.status == "error" and log.error is not None
    assert "needs raw tokens through completions" in log.error.message
