"""The examples of docs/training.md run as they stand; those of packages that are not here are skipped."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from bridle import benchmarks
from bridle.organism.server.rewards import application
from bridle.reward import Reward, row_of

PAGE = (Path(__file__).parents[2] / "docs" / "training.md").read_text(encoding="utf-8")
ITEMS = benchmarks.load("crossed", limit=3).items


def block(kind: str, holds: str) -> str:
    found = [b for b in re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL) if holds in b]
    assert len(found) == 1, f"one block of {kind} with {holds!r}"
    return found[0]


def test_the_reward_as_shown(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block("python", "Reward("), "docs/training.md", "exec"), {})
    assert "complete" in capsys.readouterr().out


def test_openrlhf_as_shown() -> None:
    space: dict[str, Any] = {}
    exec(compile(block("py", "openrlhf"), "docs/training.md", "exec"), space)
    answer = space["reward_func"](["Q? It is 4."], ["Q?"], [row_of(ITEMS[0])])
    assert len(answer["rewards"]) == 1


@pytest.mark.skipif(importlib.util.find_spec("verifiers") is None, reason="needs verifiers 0.4")
def test_verifiers_as_shown() -> None:
    space: dict[str, Any] = {"items": ITEMS}
    exec(compile(block("py", "taskset"), "docs/training.md", "exec"), space)
    assert isinstance(space["MyTaskset"], type)


def test_the_server_as_shown() -> None:
    shown = block("text", "curl localhost:8077/reward")
    asked = json.loads(re.search(r"--json '(.*)'", shown)[1])  # type: ignore[index]
    promised = json.loads(shown.strip().splitlines()[-1])
    app = application(Reward.of("joint"))

    async def sent() -> Any:
        host = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=host, base_url="http://localhost") as client:
            return (await client.post("/reward", json=asked)).json()

    assert asyncio.run(sent()) == promised


def test_every_trainer_of_the_table_has_its_check() -> None:
    rows = re.findall(r"`(benchmarks/trainers/\w+\.py|tests/contracts/\w+\.py)`", PAGE)
    assert len(rows) >= 5
    for name in rows:
        assert (Path(__file__).parents[2] / name).is_file(), name
