"""One row → who is asked about and what came back, in every spelling that rows come in.

{"response": "…", "thinking": "…", "finish_reason": "stop", "model": "m", …the item's fields}
{"responses": ["…", "…"], …}                                       k samples
{"prompt": [{"role": "user", …}], "completion": [{"role": "assistant", …}], …}   TRL, verifiers
{"messages": [{"role": "user", …}, {"role": "assistant", …}], …}
What tools and batches write: `tools.py`, `bodies.py`. The names of the fields: `columns.py`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, cast

from bridle.benchmarks.fields import Unusable, shown
from bridle.calls import Reply
from bridle.scoring.formats.bodies import (
    failed,
    is_body,
    of_anthropic,
    of_body,
    of_response,
    reply_of,
)
from bridle.scoring.formats.columns import (
    REASON,
    RESPONSE,
    THINKING,
    decoded_chat,
    is_chat,
    item_fields,
    model_of,
    row_key,
)
from bridle.scoring.formats.given import Given, Row
from bridle.scoring.formats.tools import of_tool


def given_of(row: Row) -> Given:
    """The row understood.

    Raises:
        Unusable: why it cannot be.
    """
    if (given := of_tool(row)) is not None:
        return given
    fields = row.fields
    answered = _of_api(fields)
    if answered is not None:
        replies, named = answered
        listed = len(replies) > 1
        key = None if is_body(fields) and row_key(fields) == fields.get("id") else row_key(fields)
        model = model_of(fields) or named
        return Given(row.file, row.number, item_fields(fields), replies, key, model, listed)
    name, value = _response(fields)
    if name is None and fields.get("error") is not None:
        replies, listed = (failed(fields["error"]),), False
    elif name is None:
        found = ", ".join(list(fields)[:8]) or "none"
        expected = "response, output, responses, completion or messages"
        raise Unusable(f"no response: expected the field {expected}, found {found}")
    else:
        replies, listed = _samples(name, value, fields)
    return Given(
        row.file,
        row.number,
        item_fields(fields),
        replies,
        row_key(fields),
        model_of(fields),
        listed,
    )


def _of_api(fields: Mapping[str, Any]) -> tuple[tuple[Reply, ...], str | None] | None:
    """The replies of a row that a batch or an API wrote, None for every other row."""
    result = fields.get("result")
    if "custom_id" in fields and isinstance(result, Mapping):
        return of_anthropic(cast("Mapping[str, Any]", result))
    response = fields.get("response", fields.get("modelOutput"))
    if isinstance(response, Mapping):
        return of_response(cast("Mapping[str, Any]", response), fields.get("error"))
    return of_body(fields) if is_body(fields) else None


def _response(fields: Mapping[str, Any]) -> tuple[str | None, Any]:
    """The first of the response fields that holds something; one that is null is no answer."""
    there = [name for name in RESPONSE if name in fields]
    full = [name for name in there if fields[name] is not None]
    name = next(iter(full or there), None)
    if name is not None and fields[name] is None and fields.get("error") is not None:
        return None, None  # a call that failed: its error says why
    if name is None or fields[name] is None:
        for other in ("messages", "conversations"):
            chat = decoded_chat(fields.get(other))
            if is_chat(chat):
                return other, chat
    return name, None if name is None else fields[name]


def _samples(name: str, value: Any, fields: Mapping[str, Any]) -> tuple[tuple[Reply, ...], bool]:
    """The replies in a field, and whether it held a list of samples."""
    value = decoded_chat(value)
    listed = isinstance(value, list) and not _is_message(value)
    samples: Sequence[Any] = value if listed else [value]
    if not samples:
        raise Unusable(f"{name} is an empty list: there is no sample")
    thoughts = _beside(fields, THINKING, len(samples), listed)
    reasons = _beside(fields, REASON, len(samples), listed)
    if fields.get("is_truncated") is True or fields.get("truncated") is True:
        reasons = [reason or "length" for reason in reasons]
    replies = tuple(
        _reply(name, sample, thought, reason)
        for sample, thought, reason in zip(samples, thoughts, reasons, strict=True)
    )
    return replies, listed


def _is_message(value: list[Any]) -> bool:
    """Whether the list is one message (a chat, or the parts of a content) and no list of samples."""
    return is_chat(value) or (
        bool(value)
        and all(isinstance(part, Mapping) and isinstance(part.get("type"), str) for part in value)
    )


def _reply(name: str, sample: Any, thought: str | None, reason: str | None) -> Reply:
    if sample is None or isinstance(sample, str):
        return Reply(raw=sample or "", reasoning=thought, finish_reason=reason)
    if is_chat(sample):
        last = sample[-1]
        if (last.get("role") or last.get("from")) in ("user", "human", "system"):
            raise Unusable(f"{name} ends with a turn of the {last.get('role') or last.get('from')}")
    if not isinstance(sample, Mapping) and not (isinstance(sample, list) and _is_message(sample)):
        raise Unusable(
            f"{name} must be a text, a chat, a list of them, or null; this is {shown(sample)}"
        )
    reply = reply_of(sample, finish_reason=reason)
    return reply if thought is None else dataclasses.replace(reply, reasoning=thought)


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


def _text(name: str, value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise Unusable(f"{name} must be a text, or a list of texts; this is {shown(value)}")
