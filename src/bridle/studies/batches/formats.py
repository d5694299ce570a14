"""How a request looks in the file of a provider's batch.

    openai-batch      {"custom_id", "method", "url", "body"}: OpenAI, and who takes its files
    anthropic-batch   {"custom_id", "params"}: an entry of `requests` of Anthropic's Message Batches
    vllm              openai-batch as `vllm run-batch` reads it, which can also go on from a prefix

Limits are the providers' documented ones: 50,000 requests and 200 MB a file of OpenAI, 100,000 and
256 MB a batch of Anthropic.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bridle.calls import Request
from bridle.errors import BridleError
from bridle.studies.batches.open import Asked

Settings = Mapping[str, Any]
# Inspect's name of a setting → that of a chat completion
COMPLETION = {
    "temperature": "temperature",
    "top_p": "top_p",
    "top_k": "top_k",
    "seed": "seed",
    "stop_seqs": "stop",
    "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty",
    "reasoning_effort": "reasoning_effort",
    "logprobs": "logprobs",
    "top_logprobs": "top_logprobs",
}
ANTHROPIC = {
    "temperature": "temperature",
    "top_p": "top_p",
    "top_k": "top_k",
    "stop_seqs": "stop_sequences",
    "max_tokens": "max_tokens",
}
NOT_OPENAI = ("top_k",)  # vLLM takes it


@dataclass(frozen=True)
class BatchFormat:
    """A kind of file: how a line is made, how many go into one file, what a request may need."""

    name: str
    line: Callable[[Asked, str, Settings], tuple[dict[str, Any], list[str]]]
    requests: int
    size: int  # bytes
    able: frozenset[str]
    short_ids: bool = False
    next: str = ""  # what to do with the files


def text_of(line: Mapping[str, Any]) -> bytes:
    try:
        return json.dumps(line, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps(line).encode() + b"\n"


def served_name(model: str) -> str:
    """What the server calls the model: "openai/gpt-5" -> "gpt-5", "openai-api/local/m" -> "m"."""
    provider, _, rest = model.partition("/")
    return rest.partition("/")[2] if provider.startswith("openai-api") else rest or model


def _openai(asked: Asked, model: str, settings: Settings) -> tuple[dict[str, Any], list[str]]:
    body, dropped = _completion(asked.request, model, settings, left_out=NOT_OPENAI)
    if "max_tokens" in settings:
        body["max_completion_tokens"] = settings["max_tokens"]
    return _request(asked.id, body), dropped


def _vllm(asked: Asked, model: str, settings: Settings) -> tuple[dict[str, Any], list[str]]:
    body, dropped = _completion(asked.request, model, settings)
    if "max_tokens" in settings:
        body["max_tokens"] = settings["max_tokens"]
    if asked.request.own:
        body["messages"].append({"role": "assistant", "content": asked.request.prefix})
        body |= {"add_generation_prompt": False, "continue_final_message": True}
    return _request(asked.id, body), dropped


def _request(name: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": body}


def _completion(
    request: Request, model: str, settings: Settings, left_out: tuple[str, ...] = ()
) -> tuple[dict[str, Any], list[str]]:
    body: dict[str, Any] = {"model": served_name(model), "messages": _messages(request)}
    dropped: list[str] = []
    for name, value in settings.items():
        if name == "extra_body":
            body |= dict(value)
        elif name in COMPLETION and name not in left_out:
            body[COMPLETION[name]] = value
        elif name != "max_tokens":
            dropped.append(name)
    return body, dropped


def _anthropic(asked: Asked, model: str, settings: Settings) -> tuple[dict[str, Any], list[str]]:
    if settings.get("max_tokens") is None:
        raise BridleError(
            "Anthropic's batches want a limit of tokens, and the study has none.",
            expected="a study with --max-tokens N",
        )
    messages = _messages(asked.request)
    params: dict[str, Any] = {
        "model": served_name(model),
        "messages": [m for m in messages if m["role"] != "system"],
    }
    said = [m["content"] for m in messages if m["role"] == "system"]
    if said:
        params["system"] = "\n\n".join(said)
    dropped: list[str] = []
    for name, value in settings.items():
        if name == "extra_body":
            params |= dict(value)
        elif name in ANTHROPIC:
            params[ANTHROPIC[name]] = value
        else:
            dropped.append(name)
    return {"custom_id": asked.short, "params": params}, dropped


def _messages(request: Request) -> list[dict[str, str]]:
    return [{"role": m["role"], "content": m["content"]} for m in request.messages]


FORMATS = {
    one.name: one
    for one in (
        BatchFormat(
            "openai-batch", _openai, 50_000, 200 * 10**6, frozenset({"chat", "logprobs"}),
            next="upload each with purpose=batch and start a batch of /v1/chat/completions",
        ),
        BatchFormat(
            "anthropic-batch", _anthropic, 100_000, 256 * 10**6, frozenset({"chat"}), short_ids=True,
            next="send the lines of each as `requests` of POST /v1/messages/batches",
        ),
        BatchFormat(
            "vllm", _vllm, 50_000, 200 * 10**6, frozenset({"chat", "prefix", "logprobs"}),
            next="vllm run-batch -i FILE -o results.jsonl --model MODEL",
        ),
    )
}  # fmt: skip
