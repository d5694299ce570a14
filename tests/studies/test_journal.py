"""The journal: what came back is kept whatever happens to the process or the disk."""

from __future__ import annotations

import errno
import json
import resource
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import BridleError, DataError
from bridle.studies.journal import Journal, Reply, read_journal
from bridle.studies.plan import Call


def call(n: int) -> Call:
    return Call("m", f"item:{n}", "with", "plain", 0)


def filled(path: Path, replies: list[Reply]) -> Path:
    with Journal(path) as journal:
        for n, reply in enumerate(replies):
            journal.append(call(n), reply)
    return path


def test_every_field_comes_back_as_it_went_in(tmp_path: Path) -> None:
    whole = Reply(
        raw="<think>a\n\u2028b\r\n\0</think>π",
        reasoning="r",
        finish_reason="stop",
        tokens_in=1,
        tokens_out=0,
        tokens_thinking=0,
        latency_s=0.5,
    )
    failed = Reply(error="APIError: slow down", latency_s=3.0)
    path = filled(tmp_path / "j", [whole, failed])
    assert read_journal(path) == {call(0): whole, call(1): failed}
    statuses = [json.loads(line)["status"] for line in path.read_bytes().splitlines()]
    assert statuses == ["ok", "error"]


@settings(derandomize=True, deadline=None, max_examples=60)
@given(raw=st.text(st.characters(exclude_categories=())), finish=st.none() | st.text())
def test_any_text_survives(raw: str, finish: str | None, tmp_path_factory) -> None:
    path = tmp_path_factory.mktemp("j") / "j"
    assert read_journal(filled(path, [Reply(raw=raw, finish_reason=finish)])) == {
        call(0): Reply(raw=raw, finish_reason=finish)
    }


def test_cut_anywhere_it_keeps_the_whole_lines_and_goes_on(tmp_path: Path) -> None:
    replies = [Reply(raw=f"answer {n} – \U0001d7d9") for n in range(3)]
    whole = filled(tmp_path / "whole", replies).read_bytes()
    ends = [n + d for n, byte in enumerate(whole) if byte == ord("\n") for d in (-1, 0, 1, 2)]
    for cut in sorted({*range(0, len(whole), 23), *ends, len(whole)} & {*range(len(whole) + 1)}):
        path = tmp_path / "cut"
        path.write_bytes(whole[:cut])
        kept = whole[:cut].count(b"\n")
        assert len(read_journal(path)) == kept
        with Journal(path) as journal:
            assert len(journal.replies) == kept
            journal.append(call(9), Reply(raw="next"))
        assert list(read_journal(path).values()) == [*replies[:kept], Reply(raw="next")]


def test_the_latest_line_of_a_call_wins(tmp_path: Path) -> None:
    path = tmp_path / "j"
    for reply in (Reply(error="first"), Reply(raw="second")):
        with Journal(path) as journal:
            journal.append(call(0), reply)
    assert read_journal(path) == {call(0): Reply(raw="second")}
    assert len(path.read_text().splitlines()) == 2


def test_a_line_that_is_not_ours_is_named(tmp_path: Path) -> None:
    path = filled(tmp_path / "j", [Reply(raw="a"), Reply(raw="b"), Reply(raw="c")])
    lines = path.read_text().splitlines(keepends=True)
    for broken in ("{not json}\n", "[]\n", '{"model": "m"}\n'):
        path.write_text("".join([lines[0], broken, lines[2]]))
        before = path.read_bytes()
        with pytest.raises(DataError, match=r"line 2"):
            Journal(path).__enter__()
        assert path.read_bytes() == before


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with Journal(tmp_path / "j"), pytest.raises(BridleError, match="Another run"):
        Journal(tmp_path / "j").__enter__()
    with Journal(tmp_path / "j") as journal:
        journal.append(call(0), Reply(raw="free again"))


def test_a_full_disk_leaves_whole_lines(tmp_path: Path) -> None:
    path = filled(tmp_path / "j", [Reply(raw="before")])
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Journal(path) as journal:
        try:  # the kernel takes 100 bytes of the line, then no more
            resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 100, limits[1]))
            with pytest.raises(OSError) as met:
                journal.append(call(1), Reply(raw="x" * 1000))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        assert met.value.errno == errno.EFBIG
        assert path.read_bytes() == before
        journal.append(call(2), Reply(raw="room again"))
    assert list(read_journal(path)) == [call(0), call(2)]
