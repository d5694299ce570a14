"""Files that commands write: whole, and never over a file that is not ours."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from bridle import outputs
from bridle.cli import bridle
from bridle.errors import BridleError, DataError

OURS = outputs.Ours(b"{ours", "one of ours")


def test_a_new_file_an_empty_one_and_an_older_one_are_written(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.json"
    outputs.write(path, "{ours 1 \ud800", OURS)
    assert path.read_text() == "{ours 1 \\ud800"
    outputs.write(path, "{ours 2", OURS)
    assert [p.name for p in path.parent.iterdir()] == ["a.json"]
    path.write_text("")
    outputs.write(path, "{ours 3", OURS)
    assert path.read_text() == "{ours 3"


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    theirs.write_text("{theirs")
    (tmp_path / "link").symlink_to(theirs)
    for path in (theirs, tmp_path / "link"):
        with pytest.raises(DataError, match="is not one of ours; nothing was overwritten"):
            outputs.write(path, "{ours", OURS)
    assert theirs.read_text() == "{theirs"
    with pytest.raises(DataError, match="is a folder"):
        outputs.write(tmp_path, "{ours", OURS)


def test_a_device_and_a_pipe_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (Path("/dev/null"), tmp_path / "pipe"):
        with pytest.raises(DataError, match="no regular file"):
            outputs.write(path, "{ours", OURS)
    assert Path("/dev/null").is_char_device()


def test_a_link_to_an_older_one_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("{ours 1")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    outputs.write(tmp_path / "link", "{ours 2", OURS)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_text() == "{ours 2"


def test_audit_and_manifest_keep_the_files_of_others(tmp_path: Path) -> None:
    from bridle import benchmarks
    from bridle.benchmarks.manifest import manifest

    def run(*args: str) -> None:
        CliRunner().invoke(bridle, args, catch_exceptions=False)

    row = manifest(benchmarks.load("crossed", limit=2), data=None, seed=0)
    (tmp_path / "manifest.json").write_text(json.dumps(row))
    mine = tmp_path / "mine.txt"
    for args in (
        ["audit", "crossed", "--limit", "2", "--out"],
        ["manifest", str(tmp_path / "manifest.json"), "--items"],
    ):
        mine.write_text("a thesis")
        with pytest.raises(BridleError, match="nothing was overwritten"):
            run(*args, str(mine))
        assert mine.read_text() == "a thesis"
        new = tmp_path / f"{args[0]}.out"
        run(*args, str(new))
        first = new.read_bytes()
        run(*args, str(new))  # its own file is replaced
        assert new.read_bytes() == first != b""
