"""What all tests share: where the real inputs are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real inputs (MathIF, IFEval, IFBench, ReasonIF), or a skip that says why."""
    folder = Path(os.environ.get("BRIDLE_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not (folder / "mathif").is_dir():
        pytest.skip(f"no real inputs at {folder}: set BRIDLE_TEST_DATA")
    return folder
