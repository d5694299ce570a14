"""Math-Verify is started before the first test, so that no verdict here depends on its start."""

from __future__ import annotations

import pytest

from bridle.maths.math_verify.worker import pool


@pytest.fixture(scope="session", autouse=True)
def started() -> None:
    assert pool().ask("1", "1", 20) == "yes"
