"""`bridle serve --reward`: a batch in, rewards out; what trainers send; a queue that is bounded."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from bridle import benchmarks
from bridle.cli.serve import command
from bridle.errors import BridleError
from bridle.organism.server.rewards import application
from bridle.reward import Reward, row_of
from bridle.reward.core import read_spec

ITEM = benchmarks.load("crossed", limit=1).items[0]
RIGHT = {"question": "What is 2+2?", "answer": "4", "constraints": [{"type": "no_comma"}]}


def ask(path: str, body: Any, *, reward: str = "joint", **settings: Any) -> httpx.Response:
    app = application(Reward.of(read_spec(reward)), **settings)

    async def sent() -> httpx.Response:
        host = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=host, base_url="http://localhost") as client:
            return await client.post(
                path, content=json.dumps(body), headers={"Content-Type": "application/json"}
            )

    return asyncio.run(sent())


def test_a_batch_is_scored_in_its_order() -> None:
    body = {
        "items": [RIGHT, row_of(ITEM), RIGHT, RIGHT, RIGHT],
        "completions": ["It is 4.", "It is a, b.", "It is 4, yes.", "<think>2+2", None],
        "tokens": [3, 4, 5, 6, None],
    }
    said = ask("/reward", body).json()
    assert said["rewards"] == [1.0, 0.0, 0.0, 0.0, 0.0]
    assert [r["status"] for r in said["results"]][3:] == ["truncated", "unreadable"]
    assert said["results"][0]["parts"] == {"joint": 1.0}
    weighed = ask("/reward", body, reward="correct=1,joint=0.5").json()
    assert weighed["rewards"][:3] == [1.5, 0.0, 1.0]
    nothing_known = {"items": [{"question": "?", "constraints": []}], "completions": ["4"]}
    assert ask("/reward", nothing_known, reward="correct").json()["rewards"] == [None]


def test_the_prompt_may_have_opened_the_thinking() -> None:
    body = {"items": [RIGHT], "completions": ["2+2</think>It is 4."], "prompts": ["…<think>\n"]}
    assert ask("/reward", body).json()["rewards"] == [1.0]
    cut = {"items": [RIGHT], "completions": ["It is 4."], "finish_reasons": ["length"]}
    assert ask("/reward", cut).json()["results"][0]["status"] == "truncated"


def test_what_openrlhf_and_nemo_gym_send() -> None:
    body = {"query": ["Q? It is 4."], "prompts": ["Q?"], "labels": [json.dumps(RIGHT)]}
    said = ask("/get_reward", body).json()
    assert said["rewards"] == said["scores"] == [1.0] and said["extra_logs"]["complete"] == [1.0]
    message = {"type": "message", "content": [{"type": "output_text", "text": "It is 4."}]}
    asked = {"response": {"output": [message]}, "item": json.dumps(RIGHT)}
    assert ask("/verify", asked).json()["reward"] == 1.0
    assert ask("/verify", {"item": "x"}).status_code == 400
    asked["response"] = {
        "output": [{**message, "content": [{**message["content"][0], "text": "\ud83d It is 4."}]}]
    }
    assert (
        ask("/verify", asked).json()["reward"] == 1.0
    )  # half a character comes back as it was sent


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"items": [RIGHT]}, 400, "'completions' must be a list"),
        ({"items": [RIGHT], "completions": ["a", "b"]}, 400, "equally long"),
        ({"items": [RIGHT], "completions": ["a"], "tokens": [1, 2]}, 400, "equally long"),
        ({"items": [RIGHT] * 9, "completions": ["a"] * 9}, 400, "never fits"),
        ([], 400, "JSON object"),
    ],
)
def test_bad_batches_are_refused(body: Any, status: int, said: str) -> None:
    answer = ask("/reward", body, max_queue=8)
    assert answer.status_code == status and said in answer.text


def test_a_broken_item_or_text_never_fails_the_batch() -> None:
    items = [RIGHT, "no item", {"nothing": 1}, 7, RIGHT]
    said = ask("/reward", {"items": items, "completions": ["It is 4."] * 4 + [["\ud83d"]]})
    assert said.status_code == 200
    assert [r["status"] for r in said.json()["results"]][:4] == ["complete"] + ["no_item"] * 3


def test_a_full_queue_refuses_at_once() -> None:
    app = application(Reward.of("joint"), max_queue=8)

    async def both() -> list[int]:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost"
        ) as client:
            body = {"items": [RIGHT] * 6, "completions": ["It is 4. " * 400] * 6}
            done = await asyncio.gather(*(client.post("/reward", json=body) for _ in range(3)))
            again = await client.post("/reward", json=body)
        return [*sorted(d.status_code for d in done), again.status_code]

    assert asyncio.run(both()) == [200, 429, 429, 200]


def test_the_key_and_pages_of_others() -> None:
    body = {"items": [RIGHT], "completions": ["It is 4."]}
    assert ask("/reward", body, api_key="k").status_code == 401


def test_what_is_typed() -> None:
    assert read_spec("joint") == "joint"
    assert read_spec("joint=1, format=0.1") == {"joint": 1.0, "format": 0.1}
    for wrong in ("joint=x", "joint=1,joint=2", "joint=nan", "joint="):
        with pytest.raises(BridleError):
            read_spec(wrong)
    alone = CliRunner().invoke(command, ["--reward-cap", "5"])
    assert alone.exit_code == 2 and "--reward" in alone.output
    unknown = CliRunner().invoke(command, ["--reward", "jiont", "--port", "0"])
    assert isinstance(unknown.exception, BridleError) and "'joint'" in str(unknown.exception)
