"""bridle run: ask models the items of a benchmark; run again, it makes what is missing."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridle.cli.terminal import say

if TYPE_CHECKING:
    from bridle.studies.plan import Plan
    from bridle.studies.study import State, Study, Watch

# What a study is: taken from the folder where it holds one and the option is not given.
DEFAULTS: dict[str, Any] = {
    "benchmark": "crossed",
    "models": ("organism",),
    "conditions": None,  # those that the benchmark has prompts for
    "data": None,
    "limit": None,
    "samples": 1,
    "seed": 0,
    "temperature": None,
    "top_p": None,
    "max_tokens": None,
    "reasoning_effort": None,
    "arms": ("plain",),
    "factors": None,
}
COUNT = click.IntRange(min=1)


@click.command("run")
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="NAME",
    help="organism (default, embedded) or any Inspect model: openai/gpt-5, "
    "anthropic/claude-…, vllm/…, openai-api/SERVICE/MODEL. Repeatable.",
)
@click.option(
    "--benchmark", metavar="NAME", help="crossed (default), mathif, …: bridle list benchmarks."
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="A folder with the benchmark's files, instead of the hub; ifeval, ifbench and reasonif "
    "need one.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The study's folder; one that exists is resumed.",
)
@click.option("--limit", type=COUNT, help="The first N items, spread evenly over the sources.")
@click.option(
    "--conditions",
    type=click.Choice(["both", "with", "without"]),
    help="Ask with the constraints in the prompt, without, or both (default, where both exist).",
)
@click.option("--without-constraints", is_flag=True, help="The same as --conditions without.")
@click.option(
    "--arm",
    "arms",
    multiple=True,
    metavar="NAME",
    help="How responses are drawn out (default plain), with factors: wait:times=4. Repeatable; "
    "bridle list arms.",
)
@click.option(
    "--factor",
    "factors",
    multiple=True,
    metavar="NAME=A,B",
    help="A factor of the arms or of decoding, crossed with everything else: "
    "reasoning_effort=low,high. Repeatable.",
)
@click.option("--samples", type=COUNT, metavar="K", help="Responses a prompt (default 1).")
@click.option("--seed", type=int, help="For generated items and for sampling (default 0).")
@click.option("--temperature", type=click.FloatRange(min=0), help="Default: the benchmark's own.")
@click.option(
    "--top-p",
    type=click.FloatRange(min=0, max=1, min_open=True),
    help="Default: the benchmark's own.",
)
@click.option(
    "--max-tokens", type=COUNT, help="Most tokens a response. Default: the benchmark's own."
)
@click.option(
    "--reasoning-effort",
    type=click.Choice(["none", "minimal", "low", "medium", "high", "xhigh", "max"]),
    help="Passed on to models that know it; none turns the organism's thinking off.",
)
@click.option("--base-url", metavar="URL", help="The server of an openai-api/… (or other) model.")
@click.option("--max-connections", type=COUNT, help="Most calls at a time. Default: adaptive.")
@click.option(
    "--timeout",
    type=COUNT,
    default=1200,
    show_default=True,
    metavar="SECONDS",
    help="For one attempt at one call.",
)
@click.option("--batch", is_flag=True, help="Use the provider's batches, where it has them.")
@click.option("--dry-run", is_flag=True, help="Print the plan; ask and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(
    out: Path,
    conditions: str | None,
    without_constraints: bool,
    base_url: str | None,
    max_connections: int | None,
    timeout: int,
    batch: bool,
    dry_run: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Ask models the items of a benchmark, with and without their constraints.

    Everything lands in one folder. Killed, broken off or full of errors, a run is started again
    with the same command (bridle run --out DIR is enough) and makes the missing calls.

    \b
    bridle run --out demo --limit 20
    bridle run --out mine --benchmark mathif --model openai/gpt-5
    bridle run --out mine --model openai-api/local/qwen3 --base-url http://127.0.0.1:8000/v1
    """
    from bridle.errors import BridleError

    if without_constraints:
        if conditions not in (None, "without"):
            raise BridleError(
                f"--without-constraints and --conditions {conditions} exclude each other."
            )
        conditions = "without"
    asked = {None: None, "both": ("with", "without")}.get(conditions, (conditions,))
    given |= {name: given[name] or None for name in ("models", "arms")}
    given["factors"] = _factors(given["factors"])
    study = _study(out, {**given, "conditions": asked})
    todo = len(study.missing())
    summary = study.plan.to_dict() | {"to_do": todo, "price": _price(study.plan)}
    del summary["item_ids"]
    if not as_json:
        say("\n".join(_words(study.plan, todo)))
    if dry_run:
        if as_json:
            click.echo(json.dumps(summary))
        return
    with _Progress(study, todo) as watch:
        state = study.run(
            base_url=base_url,
            max_connections=max_connections,
            timeout=timeout,
            batch=batch or None,
            watch=watch,
        )
    _say(state, as_json)
    sys.exit(0 if state.complete else 1)


def _study(out: Path, given: dict[str, Any]) -> Study:
    """The study that the options name, filled up from the folder's own plan, then from defaults."""
    from bridle import benchmarks
    from bridle.studies.plan import make_plan
    from bridle.studies.study import Study, plan_of

    held = plan_of(out)
    known = DEFAULTS
    if held is not None:
        known = DEFAULTS | {
            "benchmark": held.benchmark,
            "models": held.models,
            "conditions": held.conditions,
            "samples": held.samples,
            "seed": held.seed,
            "arms": held.arms,
            "factors": held.factors,
            **held.loaded,
            **held.decoding,
        }
    chosen = {k: v if given.get(k) is None else given[k] for k, v in known.items()}
    if chosen["data"] is not None:
        chosen["data"] = str(Path(chosen["data"]).resolve())
    loaded = {k: chosen.pop(k) for k in ("data", "limit")}
    items = benchmarks.load(chosen.pop("benchmark"), seed=chosen["seed"], **loaded)
    return Study(out, make_plan(items, loaded=loaded, **chosen), items)


def _factors(given: tuple[str, ...]) -> dict[str, list[Any]] | None:
    """Factors as they were typed: "times=2,4" -> {"times": [2, 4]}.

    Raises:
        BridleError: no "=" in one.
    """
    from bridle.arms import level
    from bridle.errors import BridleError

    found: dict[str, list[Any]] = {}
    for text in given:
        name, sign, levels = text.partition("=")
        if not sign or not levels:
            raise BridleError(f"--factor {text} names no levels.", expected="--factor NAME=A,B")
        found[name] = [level(one) for one in levels.split(",")]
    return found or None


def _words(plan: Plan, todo: int) -> list[str]:
    into, most = plan.tokens()
    out = "no limit set" if most is None else f"at most {most:,}"
    sizes = [
        _many(len(plan.models), "model"),
        _many(len(plan.item_ids), "item"),
        *([_many(len(plan.cells()), "arm")] if len(plan.cells()) > 1 else []),
        _many(len(plan.conditions), "condition"),
        _many(plan.samples, "sample"),
    ]
    made = len(plan.calls()) - todo
    noun = "calls" if plan.planned == len(plan.calls()) and plan.arms == ("plain",) else "records"
    calls = f"{plan.planned:,} {noun}" + (
        f", {made:,} made before, {todo:,} to make" if made else ""
    )
    arms = [",".join([c.arm, *(f"{k}={v}" for k, v in c.factors)]) for c in plan.cells()]
    drawn = ", ".join(f"{k} {v}" for k, v in plan.decoding.items() if v is not None)
    note = plan.provenance.get("note")
    return [
        f"plan      {plan.benchmark}: {' × '.join(sizes)} = {calls}",
        *([f"note      {note}"] if note else []),
        f"models    {', '.join(plan.models)}",
        *([f"arms      {'; '.join(arms)}"] if arms != ["plain"] else []),
        f"asked     {' and '.join(f'{c} constraints' for c in plan.conditions)}, seed {plan.seed}",
        f"decoding  {drawn or 'the default of each model'}",
        f"tokens    about {into:,} in, {out} out",
        f"price     {_price(plan)}",
    ]


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _price(plan: Plan) -> str:
    remote = [m for m in plan.models if m.split("/")[0] not in ("organism", "scripted")]
    return f"not known for {', '.join(remote)}" if remote else "none: nothing leaves this machine"


def _say(state: State, as_json: bool) -> None:
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
        }
        click.echo(json.dumps(row))
        return
    say(state.line())
    if state.interrupted:
        say(f"Broken off. Go on with: bridle run --out {state.folder}")
    if state.why is not None:
        said = "The commonest error" if not state.interrupted else "Why"
        say(f"{said}: {state.why}")
    for note in state.notes():
        say(f"Note: {note}")
    if state.answered:
        say(f"See it: bridle report {state.folder}")


class _Progress:
    """A bar on stderr where that is a terminal, else a line a minute."""

    MINUTE = 60.0  # seconds

    def __init__(self, study: Study, todo: int) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        console = Console(stderr=True)
        self.errors = 0
        self.made = 0
        self.todo = todo
        self.told = time.monotonic()
        self.piped = not console.is_terminal
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[errors]}"),
            TimeRemainingColumn(),
            console=console,
            disable=self.piped,
        )
        self.task = self.bar.add_task("asking", total=todo, errors="")

    def __enter__(self) -> Watch:
        self.bar.start()

        def watch(call: Any, reply: Any) -> None:
            self.made += 1
            if reply.error is not None:
                self.errors += 1
            failed = _many(self.errors, "error") if self.errors else ""
            if self.piped:
                now = time.monotonic()
                if now - self.told >= self.MINUTE:
                    self.told = now
                    said = f", {failed}" if failed else ""
                    click.echo(f"{self.made:,} calls of {self.todo:,} drawings{said}", err=True)
                return
            self.bar.update(self.task, advance=1, errors=failed)
            if self.bar.finished:  # what is left is for this machine to do
                self.bar.update(self.task, description="grading")

        return watch

    def __exit__(self, *_: object) -> None:
        self.bar.stop()
