"""A real server process on loopback, and a study small enough to ask it."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


class ChatServer:
    """chat_server.py in a process of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        port_file = folder / "port"
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "chat_server.py"), str(port_file), *options]
        )
        deadline = time.monotonic() + 20
        while not port_file.exists():
            assert time.monotonic() < deadline and self.process.poll() is None
            time.sleep(0.02)
        self.root = f"http://127.0.0.1:{port_file.read_text()}"
        self.url = f"{self.root}/v1"

    def calls(self) -> dict[str, int]:
        """How often each [prompt, seed] was asked, by its JSON text."""
        with urllib.request.urlopen(f"{self.root}/calls") as reply:
            return json.load(reply)

    def heal(self) -> None:
        urllib.request.urlopen(urllib.request.Request(f"{self.root}/heal", data=b"{}")).close()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def chat_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., ChatServer]]:
    started: list[ChatServer] = []

    def start(*options: str) -> ChatServer:
        started.append(ChatServer(tmp_path_factory.mktemp("server"), *options))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="session")
def tiny() -> ModuleType:
    """tests/runs/tiny_study.py; its `__file__` runs as a script."""
    spec = importlib.util.spec_from_file_location("tiny_study", HERE / "tiny_study.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
