"""A reply of the journal, graded: the one way from raw text to a row of the table.

`bridle run` and the scorer under `inspect eval` both go through here, so they cannot differ.
"""

from __future__ import annotations

import dataclasses

from bridle.benchmarks.item import Item
from bridle.grading import grade, upstream_grade
from bridle.records import Record, record_of
from bridle.responses import read_response
from bridle.studies.journal import Reply
from bridle.studies.plan import Call


def record_of_reply(item: Item, call: Call, reply: Reply) -> Record:
    """Read, graded by our rules and by the benchmark's own; an error is a record too."""
    response = read_response(
        reply.raw, reasoning=reply.reasoning, finish_reason=reply.finish_reason
    )
    if reply.error is not None:
        response = dataclasses.replace(response, status="error")
    elif reply.tokens_thinking is not None and reply.tokens_out is not None:
        response = dataclasses.replace(
            response,
            tokens_thinking=reply.tokens_thinking,
            tokens_answer=max(0, reply.tokens_out - reply.tokens_thinking),
        )
    whole = reply.raw
    if (
        reply.reasoning
    ):  # published code saw the tags; a server with a reasoning field took them off
        whole = f"<think>\n{reply.reasoning}\n</think>\n\n{reply.raw}"
    return record_of(
        item,
        response,
        grade(item, response, condition=call.condition),
        model=call.model,
        sample=call.sample,
        condition=call.condition,
        arm=call.arm,
        upstream=None if reply.error is not None else upstream_grade(item, whole),
        error=reply.error,
        tokens_in=reply.tokens_in,
        tokens_out=reply.tokens_out,
        latency_s=reply.latency_s,
    )
