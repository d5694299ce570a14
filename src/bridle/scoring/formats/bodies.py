"""Bodies that APIs returned → replies: batch files of OpenAI, vLLM, Mistral, Anthropic, Gemini and
Bedrock, and bodies written down one a line (chat completions, Responses, messages, Ollama).

    {"custom_id": "1000", "response": {"status_code": 200, "body": {…}}, "error": null}
    {"custom_id": "1000", "result": {"type": "succeeded", "message": {…}}}
    {"key": "1000", "response": {"candidates": […]}}

What a message says is `responses/messages.py`'s to read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from bridle.benchmarks.fields import Unusable, shown
from bridle.calls import Reply
from bridle.responses.messages import NotAMessage, message_of
from bridle.scoring.formats.columns import model_of
from bridle.scoring.formats.usage import counted

Body = Mapping[str, Any]
Answered = tuple[tuple[Reply, ...], str | None]  # the samples, and the model that the body names


def is_body(fields: Body) -> bool:
    """Whether the row itself is what an API returned."""
    if isinstance(fields.get("choices"), list) or isinstance(fields.get("candidates"), list):
        return True
    if fields.get("object") == "response" and isinstance(fields.get("output"), list):
        return True
    if fields.get("type") == "message" and isinstance(fields.get("content"), list):
        return True
    return isinstance(fields.get("message"), Mapping) and "response" not in fields


def of_anthropic(result: Body) -> Answered:
    """The `result` of a line of Anthropic's batches: succeeded, errored, canceled or expired."""
    if result.get("type") == "succeeded" and isinstance(result.get("message"), Mapping):
        return of_body(cast(Body, result["message"]))
    error = result.get("error")
    if isinstance(error, Mapping) and isinstance(error.get("error"), Mapping):  # pyright: ignore[reportUnknownMemberType]
        error = cast(Body, error)["error"]
    return (failed(error or f"the request {result.get('type') or 'failed'}"),), None


def of_response(response: Body, error: Any) -> Answered:
    """The `response` of a batch line (status and body), or a body as it came."""
    body = response.get("body", response)
    status = response.get("status_code")
    if error is None and isinstance(body, Mapping):
        error = cast(Body, body).get("error")
    if error is not None or (isinstance(status, int) and status >= 400):
        return (failed(error or f"status {status}"),), None
    if not isinstance(body, Mapping):
        raise Unusable(f"the response's body must be an object, this is {shown(body)}")
    return of_body(cast(Body, body))


def of_body(body: Body) -> Answered:
    """The samples of a body: each choice of several is one."""
    model = model_of(body) or _text(body.get("modelVersion"))
    for name in ("choices", "candidates"):
        several = body.get(name)
        if isinstance(several, list) and len(cast("list[Any]", several)) > 1:
            # the usage counts all of them together
            return tuple(reply_of(choice) for choice in cast("list[Any]", several)), model
    feedback = body.get("promptFeedback")
    if isinstance(feedback, Mapping) and "blockReason" in feedback and not body.get("candidates"):
        return (Reply(raw="", finish_reason="content_filter"),), model  # Gemini refused the prompt
    if body.get("choices") == [] or body.get("candidates") == []:
        raise Unusable(f"the response holds no choices: {shown(body)}")
    return (counted(reply_of(body), body),), model


def reply_of(value: Any, *, finish_reason: str | None = None) -> Reply:
    """A message in any provider's words.

    Raises:
        Unusable: it is none.
    """
    try:
        said = message_of(value, finish_reason=finish_reason)
    except NotAMessage as error:
        raise Unusable(f"the response holds no message: {shown(value)}") from error
    return Reply(raw=said.text, reasoning=said.reasoning, finish_reason=said.finish_reason)


def failed(error: Any) -> Reply:
    if isinstance(error, Mapping):
        error = cast(Body, error).get("message") or json.dumps(dict(cast(Body, error)), default=str)
    return Reply(error=str(error)[:2000])


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
