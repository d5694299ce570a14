"""What `bridle run` says of a plan before it, and of a study after it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from bridle.cli.progress import many
from bridle.cli.terminal import say
from bridle.report.untrusted import line

if TYPE_CHECKING:
    from bridle.studies.plan import Plan
    from bridle.studies.state import State


def plan_words(plan: Plan, todo: int, grown: Sequence[str] = ()) -> list[str]:
    sizes = [
        many(len(plan.models), "model"),
        many(len(plan.asked), "item"),
        *([many(len(plan.cells()), "arm")] if len(plan.cells()) > 1 else []),
        many(len(plan.conditions), "condition"),
        many(plan.samples, "sample"),
    ]
    made = len(plan.calls()) - todo
    noun = "calls" if plan.planned == len(plan.calls()) and plan.arms == ("plain",) else "records"
    calls = f"{plan.planned:,} {noun}" + (
        f", {made:,} made before, {todo:,} to make" if made else ""
    )
    arms = [",".join([c.arm, *(f"{k}={v}" for k, v in c.factors)]) for c in plan.cells()]
    drawn = ", ".join(
        f"{k} {json.dumps(v) if isinstance(v, dict) else v}"
        for k, v in plan.decoding.items()
        if v is not None
    )
    note = plan.provenance.get("note")
    return [
        f"plan      {plan.benchmark}: {' × '.join(sizes)} = {calls}",
        *([f"grows     by {', '.join(grown)}"] if grown else []),
        *(
            [f"shard     {plan.shard}: {len(plan.asked):,} of {many(len(plan.item_ids), 'item')}"]
            if plan.shard
            else []
        ),
        *([f"note      {note}"] if note else []),
        f"models    {', '.join(plan.models)}",
        *([f"arms      {'; '.join(arms)}"] if arms != ["plain"] else []),
        f"asked     {' and '.join(f'{c} constraints' for c in plan.conditions)}, seed {plan.seed}",
        f"decoding  {drawn or 'the default of each model'}",
        *([f"system    {line(plan.system, most=60)}"] if plan.system is not None else []),
        *([f"client    {json.dumps(plan.model_args, default=str)}"] if plan.model_args else []),
    ]


def say_state(state: State, as_json: bool, **more: Any) -> None:
    if as_json:
        row = {
            "folder": str(state.folder),
            "planned": state.planned,
            "answered": state.answered,
            "errors": state.errors,
            "missing": state.missing,
            "made": state.made,
            "interrupted": state.interrupted,
            "complete": state.complete,
            "why": state.why,
            "dropped": state.dropped,
            "served": dict(state.served),
            "voted": list(state.voted),
        }
        click.echo(json.dumps(row | more))
        return
    say(state.line())
    if state.interrupted:
        say(f"Broken off. Go on with: bridle run --out {state.folder}")
    if state.why is not None:
        said = "The commonest error" if not state.interrupted else "Why"
        say(f"{said}: {state.why}")
    for note in state.notes():
        say(f"Note: {note}")
    for name, words in state.served.items():
        say(f"Calls by server, {name}: {words}.")
    if state.answered:
        say(f"See it: bridle report {state.folder}")
