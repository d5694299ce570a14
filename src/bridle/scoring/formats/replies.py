"""One row → who is asked about and what came back, in every spelling that JSON lines come in.

{"response": "…", "thinking": "…", "finish_reason": "stop", "model": "m", …the item's fields}
{"responses": ["…", "…"], …}                                     k samples
{"doc": {…the item's fields}, "resps": [["…"]], …}               lm-evaluation-harness
{"custom_id": "1000", "response": {"status_code": 200, "body": {…}}}    OpenAI batch output
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from typing import Any

from bridle.benchmarks.fields import Unusable, key_of, shown
from bridle.scoring.formats.given import Given, Row
from bridle.scoring.formats.inspect_log import count_of
from bridle.studies.journal import Reply

RESPONSE = ("response", "output", "responses", "completion")
THINKING = ("thinking", "reasoning", "reasoning_content")


def given_of(row: Row) -> Given:
    """The row understood.

    Raises:
        Unusable: why it cannot be.
    """
    fields = row.fields
    if ("resps" in fields or "filtered_resps" in fields) and (
        "doc" in fields or "doc_id" in fields
    ):
        return _harness(row)
    name, answered = _response(fields)
    model = key_of(fields.get("model"))
    key = row_key(fields)
    if isinstance(answered, Mapping):
        replies, named = _openai(answered, fields.get("error"))
        return Given(row.file, row.number, fields, replies, key, model or named, len(replies) > 1)
    if name is None and fields.get("error") is not None:
        return Given(row.file, row.number, fields, (_failed(fields["error"]),), key, model)
    if name is None:
        found = ", ".join(list(fields)[:8]) or "none"
        raise Unusable(f"no response: expected the field {' or '.join(RESPONSE)}, found {found}")
    listed = isinstance(answered, list)
    texts: Sequence[Any] = answered if listed else [answered]
    if not texts:
        raise Unusable(f"{name} is an empty list: there is no sample")
    thoughts = _beside(fields, THINKING, len(texts), listed)
    reasons = _beside(fields, ("finish_reason",), len(texts), listed)
    replies = tuple(
        Reply(raw=_text(name, raw) or "", reasoning=thought, finish_reason=reason)
        for raw, thought, reason in zip(texts, thoughts, reasons, strict=True)
    )
    return Given(row.file, row.number, fields, replies, key, model, listed)


def row_key(fields: Mapping[str, Any]) -> str | None:
    """What the row is called: its key, else its id, else the id of its call."""
    for name in ("key", "id", "custom_id"):
        if (key := key_of(fields.get(name))) is not None:
            return key
    return None


def _response(fields: Mapping[str, Any]) -> tuple[str | None, Any]:
    """The first of the response fields that holds something; one that is null is no answer."""
    there = [name for name in RESPONSE if name in fields]
    full = [name for name in there if fields[name] is not None]
    name = next(iter(full or there), None)
    if "custom_id" in fields and name is not None and fields[name] is None:
        return None, None  # a batch line of a call that failed: its error says why
    return name, None if name is None else fields[name]


def _text(name: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise Unusable(f"{name} must be a text, a list of texts, or null; this is {shown(value)}")


def _beside(
    fields: Mapping[str, Any], names: Sequence[str], samples: int, listed: bool
) -> list[str | None]:
    """A field that goes with the samples: a text for all of them, or a list with one for each."""
    name = next((n for n in names if fields.get(n) is not None), None)
    if name is None:
        return [None] * samples
    value = fields[name]
    if isinstance(value, list):
        if len(value) != samples:
            raise Unusable(f"{name} has {len(value)} entries for {samples} responses")
        return [_text(name, v) for v in value]
    if listed and samples > 1 and name in THINKING:
        raise Unusable(f"{name} is one text for {samples} responses; a list is expected")
    return [_text(name, value)] * samples


# -- lm-evaluation-harness --------------------------------------------------------------------------


def _harness(row: Row) -> Given:
    """A line of `samples_*.jsonl`: the document is the item, `resps` are the samples."""
    fields = row.fields
    doc = fields.get("doc")
    # the filtered ones have often been cut down to the final answer: what came back goes first
    resps = fields.get("resps") or fields.get("filtered_resps")
    if isinstance(resps, list) and len(resps) == 1 and isinstance(resps[0], list):
        resps = resps[0]  # one request, k samples
    if not isinstance(resps, list) or not resps:
        raise Unusable(f"resps must be a list of texts, this is {shown(resps)}")
    if any(isinstance(r, list) for r in resps):
        raise Unusable("resps holds log-likelihoods, not responses")
    item = dict(doc) if isinstance(doc, Mapping) else {}
    if item.get("answer") is None and isinstance(fields.get("target"), str | int | float):
        item["answer"] = fields["target"]
    if item.get("question") is None and item.get("prompt") is None:
        item["question"] = _argument(fields.get("arguments"))
    return Given(
        file=row.file,
        number=row.number,
        fields=item,
        replies=tuple(Reply(raw=_text("resps", r) or "") for r in resps),
        key=row_key(item) or key_of(fields.get("doc_id")),
        model=key_of(fields.get("model")) or key_of(fields.get("model_name")),
        listed=len(resps) > 1,
        filter=key_of(fields.get("filter")),
    )


def _argument(arguments: Any) -> str | None:
    """The prompt that was sent: the first argument of the first request."""
    first = arguments
    for _ in range(2):
        if isinstance(first, Mapping) and first:
            first = next(iter(first.values()))
        elif isinstance(first, list) and first:
            first = first[0]
    return first if isinstance(first, str) else None


# -- OpenAI -----------------------------------------------------------------------------------------


def _openai(response: Mapping[str, Any], error: Any) -> tuple[tuple[Reply, ...], str | None]:
    """(samples, model) of a batch line's response, or of a chat completion as it came."""
    body = response.get("body", response)
    status = response.get("status_code")
    if error is None and isinstance(body, Mapping):
        error = body.get("error")
    if error is not None or (isinstance(status, int) and status >= 400):
        return (_failed(error or f"status {status}"),), None
    if not isinstance(body, Mapping):
        raise Unusable(f"the response's body must be an object, this is {shown(body)}")
    model = key_of(body.get("model"))
    choices, pieces = body.get("choices"), body.get("output")
    if isinstance(choices, list) and choices:
        alone = body.get("usage") if len(choices) == 1 else None  # it counts all of them together
        return tuple(_choice(c, alone) for c in choices), model
    if isinstance(pieces, list):
        return (_answer(body, pieces),), model
    raise Unusable(f"the response holds no choices: {shown(body)}")


def _choice(choice: Any, usage: Any) -> Reply:
    """One choice of /v1/chat/completions or /v1/completions."""
    if not isinstance(choice, Mapping):
        raise Unusable(f"a choice must be an object, this is {shown(choice)}")
    message = choice.get("message")
    message = message if isinstance(message, Mapping) else {"content": choice.get("text")}
    reasoning = next((message[n] for n in THINKING if isinstance(message.get(n), str)), None)
    reason = choice.get("finish_reason")
    if message.get("refusal"):
        reason = "content_filter"
    content = message.get("content")
    if isinstance(content, list):  # parts
        content = "".join(_part(p, "text") for p in content)
    reply = Reply(
        raw=_text("content", content) or "",
        reasoning=reasoning,
        finish_reason=reason if isinstance(reason, str) else None,
    )
    return _counted(reply, usage, "prompt_tokens", "completion_tokens")


def _answer(body: Mapping[str, Any], pieces: Sequence[Any]) -> Reply:
    """The body of /v1/responses: messages and, where it was asked for, a summary of the reasoning."""
    texts: list[str] = []
    thoughts: list[str] = []
    refused = False
    for piece in pieces:
        if not isinstance(piece, Mapping):
            continue
        parts = piece.get("content")
        parts = parts if isinstance(parts, list) else []
        if piece.get("type") == "message":
            texts += [_part(p, "text") for p in parts]
            refused = refused or any(
                isinstance(p, Mapping) and p.get("type") == "refusal" for p in parts
            )
        elif piece.get("type") == "reasoning":
            summary = piece.get("summary")
            said = parts or (summary if isinstance(summary, list) else [])
            thoughts += [_part(p, "text") for p in said]
    reason = body.get("status")
    details = body.get("incomplete_details")
    if reason == "incomplete" and isinstance(details, Mapping):
        reason = details.get("reason") or reason
    reply = Reply(
        raw="".join(texts),
        reasoning="\n".join(filter(None, thoughts)) or None,
        finish_reason="content_filter" if refused else reason if isinstance(reason, str) else None,
    )
    return _counted(reply, body.get("usage"), "input_tokens", "output_tokens")


def _part(part: Any, name: str) -> str:
    text = part.get(name) if isinstance(part, Mapping) else None
    return text if isinstance(text, str) else ""


def _counted(reply: Reply, usage: Any, sent: str, received: str) -> Reply:
    """The reply with the numbers of tokens that its usage names so."""
    if not isinstance(usage, Mapping):
        return reply
    details = usage.get(f"{received}_details")
    thought = details.get("reasoning_tokens") if isinstance(details, Mapping) else None
    return dataclasses.replace(
        reply,
        tokens_in=count_of(usage.get(sent)),
        tokens_out=count_of(usage.get(received)),
        tokens_thinking=count_of(thought),
    )


def _failed(error: Any) -> Reply:
    if isinstance(error, Mapping):
        error = error.get("message") or json.dumps(dict(error), default=str)
    return Reply(error=str(error)[:2000])
