"""What Inspect's model is given for a request: messages, or the ids of rendered text; and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
    GenerateConfig,
)

from bridle.calls import Message, Request
from bridle.errors import BridleError
from bridle.inspect_bridge.endpoints import Endpoint
from bridle.inspect_bridge.llama_cpp import LlamaCppTokens
from bridle.inspect_bridge.probe import check_head, check_prefix
from bridle.inspect_bridge.templates import rendered


async def prepared(
    endpoint: Endpoint, request: Request, settings: dict[str, Any]
) -> tuple[Any, list[ChatMessage], dict[str, Any], list[int] | None]:
    """Which model gets what, and as which ids where they are known.

    Settings that the kind of request needs are added to them.
    """
    if request.level == "chat":
        messages = [chat_message(m) for m in request.messages]
        if not request.own:
            return endpoint.chat, messages, {}, None
        about = await _probed(endpoint, request, settings)
        messages.append(ChatMessageAssistant(content=request.prefix))
        body = {**endpoint.prefix_body, **settings.get("extra_body", {})}
        if body:
            settings["extra_body"] = body
        return endpoint.chat, messages, about, None
    if endpoint.raw is None or endpoint.renderer is None:
        raise BridleError(f"{endpoint.name} does not take raw text.", hint="another arm")
    whole = await rendered(request, settings, endpoint.renderer)
    if request.messages and whole.head_sha256 not in endpoint.probed:
        head = whole.ids[: whole.head]
        if isinstance(endpoint.renderer, LlamaCppTokens):
            text = endpoint.renderer.render(request.messages, settings)
        else:
            text = await endpoint.renderer.text(head)
        check_head(head, text, request)
        endpoint.probed[whole.head_sha256] = text.rstrip().endswith("<think>")
    if settings.get("max_tokens") and request.cap is None:
        # what earlier steps of the turn wrote counts against its limit, as it does in one step
        settings["max_tokens"] = max(1, settings["max_tokens"] - whole.written)
    for name in ("reasoning_effort", "chat_template_kwargs"):
        settings.pop(name, None)  # they are in the rendered ids
    if endpoint.ids_in_body:
        settings["extra_body"] = {"return_token_ids": True, **settings.get("extra_body", {})}
    about = whole.about(request)
    message = ChatMessageUser(content="", metadata={"prompt_token_ids": whole.ids})
    if isinstance(endpoint.renderer, LlamaCppTokens):
        # not the text of the ids: the server's detokenizer leaves the marks of chat out
        text = endpoint.renderer.render(request.messages, settings) + request.prefix
        about |= {"seam": "text", "rejoined": await endpoint.renderer.ids(text) == whole.ids}
        settings.pop("extra_body", None)
        return (
            endpoint.raw,
            [ChatMessageUser(content=text, metadata={"raw_text": True})],
            about,
            None,
        )
    if endpoint.probed.get(whole.head_sha256):
        about["thought_opened"] = True  # by the template: the reply has no opening tag
    return endpoint.raw, [message], about, whole.ids


async def _probed(
    endpoint: Endpoint, request: Request, settings: Mapping[str, Any]
) -> dict[str, Any]:
    """What a record says of a prefix that goes through chat, once the template was seen to keep it."""
    about = {"seam": "template", "injected": [p.text for p in request.own if p.author == "arm"]}
    if endpoint.renderer is None:
        return about | {"probe": "not possible"}
    whole = await rendered(request, settings, endpoint.renderer)
    theirs = await endpoint.renderer.continued(request.messages, request.prefix, settings)
    await check_prefix(whole.ids, theirs, endpoint.renderer)
    return about | {"probe": "agrees", "head_sha256": whole.head_sha256}


def config_of(settings: Mapping[str, Any]) -> GenerateConfig:
    known = GenerateConfig.model_fields
    if strange := [name for name in settings if name not in known]:
        raise BridleError(
            f"A request asks for the setting {strange[0]!r}, which there is not.",
            expected="a name of Inspect's GenerateConfig; what else the body shall hold: extra_body",
        )
    return GenerateConfig(**settings)


def chat_message(message: Message) -> ChatMessage:
    kinds = {
        "system": ChatMessageSystem,
        "user": ChatMessageUser,
        "assistant": ChatMessageAssistant,
    }
    return kinds[message["role"]](content=message["content"])
