"""A study over several servers of one model, one of which is gone or dies."""

from __future__ import annotations

import socket

import pytest

from bridle.errors import BridleError
from bridle.studies.study import run

MODEL = "openai-api/local/m"


def closed_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}/v1"


def test_calls_are_spread_and_a_dead_server_costs_none(tmp_path, tiny, chat_server):
    servers = [chat_server("--delay", "0.02") for _ in range(2)]
    urls = [closed_port(), *(s.url for s in servers)]
    state = run(
        tmp_path / "s", benchmark=tiny.sums(20), models=[MODEL], base_url=urls, max_connections=8
    )
    assert state.complete and state.made == 40
    asked = [sum(s.calls().values()) for s in servers]
    assert sum(asked) == 40 and min(asked) >= 12
    words = state.served[MODEL]
    assert f"{urls[0]} 0 (" in words and "left out" in words
    assert all(f"{s.url} {n}" in words for s, n in zip(servers, asked, strict=True))


def test_a_server_that_dies_in_the_middle(tmp_path, tiny, chat_server):
    first, second = chat_server("--delay", "0.02"), chat_server("--delay", "0.02")
    seen = []

    def watch(call, reply):
        seen.append(reply)
        if len(seen) == 10:
            first.stop()

    state = run(
        tmp_path / "s", benchmark=tiny.sums(20), models=[MODEL], max_connections=4,
        base_url=[first.url, second.url], watch=watch,
    )  # fmt: skip
    assert state.complete, state
    assert all(reply.error is None for reply in seen)


def test_a_server_twice_is_refused(tmp_path, tiny):
    url = "http://me:secret@127.0.0.1:9/v1"
    with pytest.raises(BridleError, match=r"The server http://127.0.0.1:9/v1 is named twice"):
        run(tmp_path / "s", benchmark=tiny.sums(1), models=[MODEL], base_url=[url, url])
    assert not (tmp_path / "s").exists()
