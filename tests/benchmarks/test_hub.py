"""Downloads: whole and right, or an error that says what to do; never half a file under its name."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from bridle.benchmarks.files import hub as downloads
from bridle.benchmarks.files.hub import Pinned, cache_folder, fetch
from bridle.errors import DataError

NAME = "gsm8k_single.jsonl"
BODY = b'{"question": "2+2"}\n' * 20_000


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "PAUSE_S", 0.01)
    for name in ("HF_HUB_OFFLINE", "HF_ENDPOINT", "http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def get(hub: Any, cache: Path) -> Path:
    return fetch(hub.pinned(), NAME, endpoint=hub.endpoint, cache=cache)


def test_a_file_is_fetched_once(hub: Any, tmp_path: Path) -> None:
    hub.files[NAME] = BODY
    path = get(hub, tmp_path)
    assert path.read_bytes() == BODY
    assert get(hub, tmp_path) == path
    assert hub.asked == [(NAME, None)]


def test_the_endpoint_and_the_cache_are_named_by_the_environment(
    hub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.files[NAME] = BODY
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint + "/")
    monkeypatch.setenv("BRIDLE_CACHE", str(tmp_path / "own"))
    assert fetch(hub.pinned(), NAME).is_relative_to(tmp_path / "own")
    monkeypatch.delenv("BRIDLE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "bridle"


def test_a_download_that_breaks_off_goes_on_where_it_broke(hub: Any, tmp_path: Path) -> None:
    hub.files[NAME] = BODY
    hub.faults[NAME] = ["break off", "break off"]
    assert get(hub, tmp_path).read_bytes() == BODY
    starts = [asked for _, asked in hub.asked]
    assert starts == [None, f"bytes={len(BODY) // 2}-", f"bytes={len(BODY) * 3 // 4}-"]


def test_a_partial_file_of_an_earlier_process_is_completed(hub: Any, tmp_path: Path) -> None:
    hub.files[NAME] = BODY
    hub.faults[NAME] = ["break off"] * downloads.ATTEMPTS
    with pytest.raises(DataError, match="broke off"):
        get(hub, tmp_path)
    assert not list(tmp_path.rglob(NAME))  # never under its own name
    assert get(hub, tmp_path).read_bytes() == BODY
    assert hub.asked[-1][1] is not None


@pytest.mark.parametrize("left", [b"of another file", b"x" * len(BODY), b"x" * (len(BODY) + 5)])
def test_leftovers_of_another_file_are_replaced(hub: Any, tmp_path: Path, left: bytes) -> None:
    hub.files[NAME] = BODY
    path = get(hub, tmp_path)
    path.unlink()
    path.with_name(NAME + ".part").write_bytes(left)
    assert get(hub, tmp_path).read_bytes() == BODY


def test_a_server_without_ranges_sends_the_whole_again(hub: Any, tmp_path: Path) -> None:
    hub.files[NAME] = BODY
    hub.ranges = False
    hub.faults[NAME] = ["break off"]
    assert get(hub, tmp_path).read_bytes() == BODY


def test_busy_servers_are_asked_again(hub: Any, tmp_path: Path) -> None:
    hub.files[NAME] = BODY
    hub.faults[NAME] = ["503", "429"]
    assert get(hub, tmp_path).read_bytes() == BODY


def test_a_damaged_file_in_the_cache_is_fetched_again(hub: Any, tmp_path: Path) -> None:
    hub.files[NAME] = BODY
    path = get(hub, tmp_path)
    path.write_bytes(BODY[:100])
    assert get(hub, tmp_path).read_bytes() == BODY


def test_other_content_is_refused_with_both_checksums(hub: Any, tmp_path: Path) -> None:
    hub.files[NAME] = BODY
    pinned = hub.pinned()
    hub.files[NAME] = BODY + b"{}\n"
    with pytest.raises(DataError) as caught:
        fetch(pinned, NAME, endpoint=hub.endpoint, cache=tmp_path)
    assert pinned.files[NAME] in str(caught.value)
    assert hub.pinned().files[NAME] in str(caught.value)
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and p.suffix != ".lock"]


def test_a_missing_file_is_said_at_once(hub: Any, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="HTTP 404") as caught:
        fetch(
            Pinned("TingchenFu/MathIF", "main", {NAME: "0"}),
            NAME,
            endpoint=hub.endpoint,
            cache=tmp_path,
        )
    assert "--data" in str(caught.value)
    assert len(hub.asked) == 1


def test_no_network_names_the_ways_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{unused.getsockname()[1]}"
        with pytest.raises(DataError) as caught:
            fetch(Pinned("a/b", "main", {NAME: "0"}), NAME, endpoint=endpoint, cache=tmp_path)
    assert "--data DIR" in str(caught.value)
    assert "HF_ENDPOINT" in str(caught.value)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(DataError, match="HF_HUB_OFFLINE"):
        fetch(Pinned("a/b", "main", {NAME: "0"}), NAME, cache=tmp_path)


def test_a_cache_that_cannot_be_written_is_said(hub: Any, tmp_path: Path) -> None:
    hub.files[NAME] = BODY
    (tmp_path / "hub").write_text("a file where the folder should be")
    with pytest.raises(DataError, match="cache cannot be written"):
        get(hub, tmp_path)


def test_two_at_once_do_not_mix_their_bytes(hub: Any, tmp_path: Path) -> None:
    hub.files[NAME] = BODY
    hub.faults[NAME] = ["break off"]
    found: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: found.append(get(hub, tmp_path).read_bytes()))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [BODY] * 4
