"""Checkpoints are told from models: by a step in the records, or by a word before the number."""

from __future__ import annotations

import pytest

from bridle.analysis.checkpoints import numbered


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["ckpt-0", "ckpt-500", "ckpt-1000"], ("ckpt", [0, 500, 1000])),
        (["m/step_100", "m/step_200", "m/step_300"], ("m/step", [100, 200, 300])),
        (["Epoch 1 (rl)", "Epoch 2 (rl)", "Epoch 3 (rl)"], ("Epoch", [1, 2, 3])),
        (["llama-3-8b", "llama-3-70b", "llama-3-405b"], None),  # sizes of models
        (["ckpt-0", "ckpt-500"], None),  # two are a comparison
        (["a-step-1", "b-step-2", "a-step-3"], None),
        (["step-1", "step-01", "step-2"], None),  # one step twice
        (["step-" + "9" * 300, "step-1", "step-2"], None),
    ],
)
def test_numbered(names: list[str], found: tuple[str, list[int]] | None) -> None:
    got = numbered(names)
    assert (None if got is None else (got[0], list(got[1].values()))) == found
