"""What a provider can do, and what is said of an arm that needs more."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bridle.arms import Arm, Plain
from bridle.errors import BridleError
from bridle.inspect_bridge.abilities import abilities, nearest_arm, refuse_what_it_cannot
from bridle.inspect_bridge.endpoints import open_endpoint


@dataclass(frozen=True)
class Raw(Arm):
    name = "raw_one"
    meaning = "needs tokens"
    needs = frozenset({"raw"})
    instead = ("nothing_such", "plain")


@pytest.mark.parametrize(
    ("model", "able"),
    [
        ("organism", {"chat", "prefix", "raw", "trace"}),
        ("openai/gpt-5", {"chat", "logprobs"}),
        ("anthropic/claude-opus-5", {"chat"}),
        ("openai-api/local/m", {"chat", "prefix", "raw", "logprobs", "trace"}),
        ("vllm/m", {"chat", "prefix", "raw", "logprobs", "trace"}),
        ("openai-api-completions/local/m", {"chat", "raw", "logprobs", "trace"}),
        ("deepseek/deepseek-chat", {"chat", "prefix", "logprobs", "trace"}),
    ],
)
def test_abilities(model: str, able: set[str]) -> None:
    assert abilities(model) == able


def test_what_cannot_be_done_is_refused_with_what_can() -> None:
    with pytest.raises(BridleError, match="raw_one") as caught:
        refuse_what_it_cannot("openai/gpt-5", [Plain(), Raw()])
    assert "--arm plain" in str(caught.value)
    assert nearest_arm(Raw(), frozenset({"chat"})) == "plain"
    refuse_what_it_cannot("organism", [Plain(), Raw()])


def test_a_server_gets_its_completions_beside_its_chat() -> None:
    chat = open_endpoint("openai-api/local/m", base_url="http://127.0.0.1:9/v1", arms=[Plain()])
    assert chat.raw is None and chat.renderer is None
    both = open_endpoint(
        "openai-api/local/m", base_url="http://127.0.0.1:9/v1", arms=[Plain(), Raw()]
    )
    assert both.raw is not None and both.raw is not both.chat
    assert both.renderer is not None and both.renderer.model == "m"  # type: ignore[attr-defined]


async def _spoken(renderer_ids: dict[str, list[int]]):
    from bridle.calls import Piece, Request, user
    from bridle.inspect_bridge.templates import rendered

    class Book:
        async def head(self, messages, settings):
            return [1, 2]

        async def ids(self, text):
            return renderer_ids[text]

        async def text(self, ids):
            return texts["".join(f"{i} " for i in ids)]

        async def continued(self, messages, prefix, settings):
            raise AssertionError("nothing goes through chat here")

    texts = {"70 99 ": "4.</think>", "70 ": "4."}

    def asked(piece: Piece):
        own = (piece, Piece("\nWait"))
        return rendered(Request(messages=(user("x"),), own=own, level="raw"), {}, Book())

    return [
        await asked(Piece("4.", "model", (7, 8))),  # as sampled
        await asked(Piece("4.", "model", (7, 8, 99), cut=True)),  # and its stop token, which is cut
        await asked(
            Piece("4.", "model", (70,))
        ),  # sampled in another division than the tokenizer's
        await asked(Piece("4.", "model", (70, 99), cut=True)),  # that, with a stop token
        await asked(Piece("4.", "model", None)),  # not known
    ]


def test_ids_are_joined_and_never_texts() -> None:
    import asyncio

    got = asyncio.run(_spoken({"4.": [7, 8], "\nWait": [9], "4.\nWait": [666]}))
    assert [g.ids for g in got] == [[1, 2, 7, 8, 9], [1, 2, 7, 8, 9], [1, 2, 70, 9], [1, 2, 70, 9], [1, 2, 7, 8, 9]]  # fmt: skip
    assert [g.seam for g in got] == ["ids", "ids", "ids", "ids", "text"]
