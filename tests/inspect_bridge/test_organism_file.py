"""`--model organism/FILE.onnx`: weights that somebody trained, under the same name as the embedded ones."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bridle import records
from bridle.errors import BridleError
from bridle.organism.model import engine
from bridle.studies.study import run


def test_a_file_answers_as_the_packaged_model_with_the_same_weights(tmp_path: Path) -> None:
    file = tmp_path / "mine.onnx"
    shutil.copyfile(engine.MODEL, file)
    models = ["organism", f"organism/{file}"]
    state = run(tmp_path / "study", models=models, limit=3, temperature=0, conditions=["with"])
    assert state.complete
    frame = records.read(tmp_path / "study").frame.sort("item")
    own, packaged = (frame.filter(frame["model"] == m) for m in reversed(models))
    assert own["answer"].to_list() == packaged["answer"].to_list()

    held = engine.get_engine(str(file))
    assert engine.get_engine(str(file)) is held
    engine.close_engine(str(file))
    engine.close_engine(str(file))  # nothing to close is no fault
    assert engine.get_engine(str(file)) is not held
    engine.close_engine(str(file))


@pytest.mark.parametrize(
    ("name", "said"),
    [("organism/nowhere.onnx", "no model at nowhere.onnx"), ("organism/mine", "FILE.onnx")],
)
def test_a_file_that_is_not_there_is_said_before_the_first_call(
    tmp_path: Path, name: str, said: str
) -> None:
    with pytest.raises(BridleError, match=said):
        run(tmp_path / "study", models=[name], limit=1)
