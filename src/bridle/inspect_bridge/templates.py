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

# settings of a request that a chat template reads
TEMPLATE_SETTINGS = ("reasoning_effort", "chat_template_kwargs")


class Renderer(Protocol):
    """The tokenizer and chat template of one model."""

    async def head(self, messages: Sequence[Message], settings: Mapping[str, Any]) -> list[int]: ...

    async def ids(self, text: str) -> list[int]: ...


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
        body |= {k: settings[k] for k in TEMPLATE_SETTINGS if settings.get(k) is not None}
        return await self._tokens(body)

    async def ids(self, text: str) -> list[int]:
        if text not in self._texts:
            found = await self._tokens({"prompt": text, "add_special_tokens": False})
            if len(text) > 200:  # a thought: it does not come again
                return found
            self._texts[text] = found
        return self._texts[text]

    async def _tokens(self, body: dict[str, Any]) -> list[int]:
        import httpx

        root = self.base_url.rstrip("/").removesuffix("/v1")
        headers = {"Authorization": f"Bearer {self.api_key}"} if self.api_key else {}
        try:
            async with httpx.AsyncClient(timeout=60, headers=headers) as client:
                reply = await client.post(f"{root}/tokenize", json={"model": self.model, **body})
                reply.raise_for_status()
                return [int(t) for t in reply.json()["tokens"]]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
            raise BridleError(
                f"{root}/tokenize gave no tokens ({type(error).__name__}: {error}).",
                expected="a server with vLLM's /tokenize, which arms at the level of tokens need",
                hint="an arm at the level of chat, or vllm serve, or bridle serve",
            ) from error


class OrganismTokens:
    """The embedded model's tokenizer and template."""

    def __init__(self) -> None:
        from bridle.organism.model.engine import get_engine

        self.engine = get_engine()

    async def head(self, messages: Sequence[Message], settings: Mapping[str, Any]) -> list[int]:
        from bridle.organism.model.chat import read_effort, render

        thinking, effort = read_effort(settings.get("reasoning_effort"))
        said = [{"role": m["role"], "content": m["content"]} for m in messages]
        return self.engine.encode(render(said, enable_thinking=thinking, effort=effort))

    async def ids(self, text: str) -> list[int]:
        return self.engine.encode(text)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A raw request as token ids, and how its pieces were put together."""

    ids: list[int]
    seam: (
        str  # "ids": every sampled stretch by the ids that were sampled; "text": one was read anew
    )
    head_sha256: str  # of the ids of the rendered messages

    def about(self, request: Request) -> dict[str, Any]:
        """What a record keeps of it, beside the ids."""
        inserts = [p.text for p in request.own if p.author == "arm"]
        return {"seam": self.seam, "head_sha256": self.head_sha256, "injected": inserts}


async def rendered(request: Request, settings: Mapping[str, Any], renderer: Renderer) -> Rendered:
    """The ids that a raw request is sent as: template ids + sampled ids + ids of each insert."""
    head = await renderer.head(request.messages, settings) if request.messages else []
    ids = list(head)
    seam = "ids"
    for piece in request.own:
        found, exact = await _piece(piece, renderer)
        ids += found
        if not exact:
            seam = "text"
    digest = hashlib.sha256(",".join(map(str, head)).encode()).hexdigest()[:16]
    return Rendered(ids, seam, digest)


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
    # another division into tokens than the tokenizer's own: right as sampled, if they are all of it
    return (sampled, True) if not piece.cut else (found, False)
