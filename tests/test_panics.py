"""A panic of a Rust library is an exception, and no text on the terminal."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from click.testing import CliRunner

from bridle.cli import bridle
from bridle.panics import unprinted


def test_only_a_panic_is_dropped(capfd: pytest.CaptureFixture[str]) -> None:
    with unprinted():
        os.write(2, b"a warning\n")
    assert capfd.readouterr().err == "a warning\n"
    with pytest.raises(ValueError, match="why"), unprinted():
        os.write(2, b"\nthread 'x' (1) panicked at a.rs:1:1:\nwhy\n")
        raise ValueError("why")
    assert capfd.readouterr().err == ""
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_without_a_stderr_nothing_is_raised() -> None:
    kept = os.dup(2)
    os.close(2)
    try:
        with unprinted():
            pass
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def test_damaged_tables_print_no_panic(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pl = pytest.importorskip("polars")
    row = {"response": "It is 4.", "question": "What is 2+2?", "answer": "4"}
    pl.DataFrame([row] * 1000).write_parquet(tmp_path / "whole.parquet")
    whole = (tmp_path / "whole.parquet").read_bytes()
    rng = random.Random(1)
    path = tmp_path / "damaged.parquet"
    refused = 0
    for _ in range(100):  # with the seed above, one of them panics in polars 1.x
        damaged = bytearray(whole)
        for _ in range(rng.choice((1, 3, 10))):
            damaged[rng.randrange(4, len(damaged) - 8)] = rng.randrange(256)
        path.write_bytes(bytes(damaged))
        got = CliRunner().invoke(bridle, ["score", str(path)])
        refused += got.exception is not None
    assert refused > 50
    assert "panicked" not in capfd.readouterr().err
