"""Messages and texts → the token ids of a model: what an arm at the level of raw text is sent as.

    renderer = ServerTokens("http://127.0.0.1:8000/v1", "qwen3")
    await renderer.head([user("2+2?")], {})      -> ids of the rendered chat, the assistant's turn begun
    await renderer.ids("\\nWait")                 -> ids of the insert

Ids are joined, never texts: a tokenizer that reads ".\\n" as one piece would make other tokens of
"4." + "\\nWait" than the model wrote. The chat template is the server's own (POST /tokenize with
messages, as vLLM has it); its hash is recorded by what it renders.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from bridle.calls import Message, Piece, Request
from bridle.errors import BridleError

# route → the field of its body that is read; llama.cpp's Python server has its own
WANTED = {
    "tokenize": "tokens",
    "detokenize": "prompt",
    "extras/tokenize": "tokens",
    "extras/detokenize": "text",
}
LONGEST_STOP = 12  # tokens of a stop string, at most
# settings of a request that a chat template reads
TEMPLATE_SETTINGS = ("reasoning_effort", "chat_template_kwargs")


class Renderer(Protocol):
    """The tokenizer and chat template of one model."""

    async def head(self, messages: Sequence[Message], settings: Mapping[str, Any]) -> list[int]: ...

    async def ids(self, text: str) -> list[int]: ...

    async def text(self, ids: Sequence[int]) -> str: ...

    async def continued(
        self, messages: Sequence[Message], prefix: str, settings: Mapping[str, Any]
    ) -> list[int]:
        """What the server makes of a chat whose last message, the assistant's, is gone on with."""
        ...


@dataclass
class ServerTokens:
    """The tokenizer of a server, by its /tokenize (vLLM, SGLang's router, bridle serve)."""

    base_url: str
    model: str
    api_key: str | None = None
    _texts: dict[str, list[int]] = field(default_factory=dict[str, list[int]])

    async def head(self, messages: Sequence[Message], settings: Mapping[str, Any]) -> list[int]:
        body: dict[str, Any] = {
            "messages": [{"role": m["role"], "content": m["content"]} for m in messages],
            "add_generation_prompt": True,
        }
        return await self._tokens(body | _for_template(settings))

    async def continued(
        self, messages: Sequence[Message], prefix: str, settings: Mapping[str, Any]
    ) -> list[int]:
        said = [{"role": m["role"], "content": m["content"]} for m in messages]
        body: dict[str, Any] = {
            "messages": [*said, {"role": "assistant", "content": prefix}],
            "add_generation_prompt": False,
            "continue_final_message": True,
        }
        return await self._tokens(body | _for_template(settings))

    async def text(self, ids: Sequence[int]) -> str:
        found = await self._post("detokenize", {"tokens": list(ids)})
        return str(found["prompt"])

    async def ids(self, text: str) -> list[int]:
        if text not in self._texts:
            found = await self._tokens({"prompt": text, "add_special_tokens": False})
            if len(text) > 200:  # a thought: it does not come again
                return found
            self._texts[text] = found
        return self._texts[text]

    async def _tokens(self, body: dict[str, Any]) -> list[int]:
        return [int(t) for t in (await self._post("tokenize", body))["tokens"]]

    async def _post(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        import httpx

        wanted = WANTED[route]
        root = self.base_url.rstrip("/").removesuffix("/v1")
        headers = {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}
        try:
            async with httpx.AsyncClient(timeout=60, headers=headers) as client:
                reply = await client.post(f"{root}/{route}", json={"model": self.model, **body})
                reply.raise_for_status()
                found = reply.json()
                if wanted not in found:
                    raise KeyError(wanted)
                return found
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise BridleError(
                f"{root}/{route} gave no {wanted} ({type(error).__name__}: {error}).",
                expected="a server with vLLM's /tokenize and /detokenize, which arms at the level of "
                "tokens need",
                hint="an arm at the level of chat, or vllm serve, or bridle serve",
            ) from error


def _for_template(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that the template reads, those of `extra_body` among them."""
    known = {**(settings.get("extra_body") or {}), **settings}
    return {k: known[k] for k in TEMPLATE_SETTINGS if known.get(k) is not None}


class OrganismTokens:
    """The embedded model's tokenizer and template."""

    def __init__(self, model: str = "default") -> None:
        from bridle.organism.model.engine import get_engine

        self.engine = get_engine(model)

    async def head(self, messages: Sequence[Message], settings: Mapping[str, Any]) -> list[int]:
        return self._rendered(messages, None, settings)

    async def continued(
        self, messages: Sequence[Message], prefix: str, settings: Mapping[str, Any]
    ) -> list[int]:
        return self._rendered(messages, prefix, settings)

    def _rendered(
        self, messages: Sequence[Message], prefix: str | None, settings: Mapping[str, Any]
    ) -> list[int]:
        from bridle.organism.model.chat import read_effort, render

        thinking, effort = read_effort(settings.get("reasoning_effort"))
        said = [{"role": m["role"], "content": m["content"]} for m in messages]
        if prefix is not None:
            said.append({"role": "assistant", "content": prefix})
        return self.engine.encode(
            render(said, enable_thinking=thinking, effort=effort, continue_final=prefix is not None)
        )

    async def ids(self, text: str) -> list[int]:
        return self.engine.encode(text)

    async def text(self, ids: Sequence[int]) -> str:
        return self.engine.decode(list(ids))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A raw request as token ids, and how its pieces were put together."""

    ids: list[int]
    seam: (
        str  # "ids": every sampled stretch by the ids that were sampled; "text": one was read anew
    )
    head_sha256: str  # of the ids of the rendered messages
    head: int = 0  # how many of the ids are those of the messages
    written: int = 0  # how many the model wrote in earlier steps of the turn

    def about(self, request: Request) -> dict[str, Any]:
        """What a record keeps of it, beside the ids."""
        inserts = [p.text for p in request.own if p.author == "arm"]
        return {"seam": self.seam, "head_sha256": self.head_sha256, "injected": inserts}


async def rendered(request: Request, settings: Mapping[str, Any], renderer: Renderer) -> Rendered:
    """The ids that a raw request is sent as: template ids + sampled ids + ids of each insert."""
    head = await renderer.head(request.messages, settings) if request.messages else []
    ids = list(head)
    seam = "ids"
    written = 0
    for piece in request.own:
        found, exact = await _piece(piece, renderer)
        ids += found
        written += len(found) if piece.author == "model" else 0
        if not exact:
            seam = "text"
    digest = hashlib.sha256(",".join(map(str, head)).encode()).hexdigest()[:16]
    return Rendered(ids, seam, digest, len(head), written)


async def _piece(piece: Piece, renderer: Renderer) -> tuple[list[int], bool]:
    """The ids of a stretch, and whether they are those that were sampled.

    A stop string is cut off the text but stands among the sampled ids: the ids of the text are taken
    where they are the first of those.
    """
    if not piece.text:
        return [], True
    found = await renderer.ids(piece.text)
    if piece.author != "model":
        return found, True
    if piece.ids is None:
        return found, False
    sampled = list(piece.ids)
    if sampled[: len(found)] == found:
        return found, True
    if not piece.cut:  # another division into tokens than the tokenizer's own: right as sampled
        return sampled, True
    # the model divided the text in another way, and a stop string ended it: the ids that make it
    for size in range(len(sampled), max(0, len(sampled) - LONGEST_STOP), -1):
        if await renderer.text(sampled[:size]) == piece.text:
            return sampled[:size], True
    return found, False
