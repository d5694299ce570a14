"""Replies of the journal, graded: the one way from raw text to rows of the table.

`bridle run`, `bridle score` and the scorer under `inspect eval` all go through here, so they cannot
differ.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from bridle.benchmarks.item import Item
from bridle.calls import Reply, Request, Turn, user
from bridle.grading import (
    Grade,
    grade_turn,
    item_of,
    not_graded,
    published_text,
    read_turn,
    upstream_grade,
)
from bridle.records import Record, record_of
from bridle.responses import Ballot, Hints
from bridle.studies.drawing import Drawing
from bridle.studies.plan import Call


def votes(replies: Iterable[tuple[str, Reply]]) -> dict[str, Hints]:
    """What the replies of each model show together that one of them cannot: (model, reply) in."""
    ballots: defaultdict[str, Ballot] = defaultdict(Ballot)
    for model, reply in replies:
        if reply.error is None:
            ballots[model].add(
                reply.raw, reasoning=reply.reasoning, finish_reason=reply.finish_reason
            )
    return {model: ballot.hints() for model, ballot in ballots.items()}


def said(hints: Mapping[str, Hints]) -> list[str]:
    """What was decided by votes, a line each, for people."""
    return [f"{model}: {line}" for model, one in hints.items() for line in one.said()]


def record_of_reply(item: Item, call: Call, reply: Reply, hints: Hints | None = None) -> Record:
    """One reply to an item of one turn, read and graded; an error is a record too.

    `hints` is what the model's other replies show, from `votes`.
    """
    asked = reply.request or Request(messages=(user(item.prompt_for(call.condition)),))
    turn = Turn(0, "", (dataclasses.replace(reply, request=asked),))
    return record_of_turn(item, call, turn, hints=hints)


def graded(
    drawing: Drawing, levels: Mapping[str, Any] | None = None, hints: Hints | None = None
) -> list[tuple[Turn, Record]]:
    """The turns and side questions that a drawing has come to, each with its row."""
    return [
        (turn, record_of_turn(drawing.item, drawing.call, turn, levels=levels, hints=hints))
        for turn in drawing.turns()
    ]


def record_of_turn(
    item: Item,
    call: Call,
    turn: Turn,
    *,
    levels: Mapping[str, Any] | None = None,
    hints: Hints | None = None,
) -> Record:
    """One turn, judged by our rules and by the benchmark's own.

    What fails in grading gives a row with the status "error" that says so: a row without a judgement
    is in no rate, and the other rows keep theirs.
    """
    asked = item_of(item, turn)
    read = read_turn(turn, hints)
    response = read[0]
    error = turn.error
    upstream = None
    try:
        judged: Grade = grade_turn(item, turn, condition=call.condition, read=read)
        if error is None:
            upstream = upstream_grade(asked, published_text(turn, response))
    except Exception as failure:
        if error is None:
            error = f"could not be graded ({type(failure).__name__}: {failure})"
        response = dataclasses.replace(response, status="error")
        judged = not_graded(asked, response, error, condition=call.condition)
    return record_of(
        asked,
        response,
        judged,
        model=call.model,
        sample=call.sample,
        condition=call.condition,
        arm=call.arm,
        factors=dict(call.factors) if levels is None else levels,
        turn=turn,
        upstream=upstream,
        error=error,
    )
