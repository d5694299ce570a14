"""bridle run: ask models the items of a benchmark; run again, it makes what is missing."""

from __future__ import annotations

import functools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridle.cli.progress import Progress
from bridle.cli.run_options import factors_of, items_of, options_of, passed_on
from bridle.cli.study_words import plan_words, say_state
from bridle.cli.terminal import say

if TYPE_CHECKING:
    from bridle.studies.state import State
    from bridle.studies.study import Study

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
    "label": None,
    "top_k": None,
    "extra_body": None,
    "system": None,
    "model_args": None,
}
COUNT = click.IntRange(min=1)


@click.command("run")
@click.argument("file", required=False, metavar="[STUDY.yaml]", type=click.Path(path_type=Path))
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="NAME",
    help="organism (default, embedded), organism/FILE.onnx, or any Inspect model: openai/gpt-5, "
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
    help="The study's folder; one that exists is resumed. A study file may name it.",
)
@click.option("--label", metavar="NAME", help="What reports call the study, in place of its model.")
@click.option("--limit", type=COUNT, help="The first N items, spread evenly over the sources.")
@click.option(
    "--panel",
    type=click.Choice(["small", "standard", "large"]),
    help="150, 750 or 3,000 items; the smallest differences that they show: docs/benchmarks.md.",
)
@click.option(
    "--secret-seed",
    "secret",
    envvar="BRIDLE_SECRET_SEED",
    metavar="TEXT",
    help="Generated items that nobody else can make; only a hash of it is written down. Better in "
    "the variable BRIDLE_SECRET_SEED than on a command line, which others may read.",
)
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
@click.option("--top-k", type=COUNT, metavar="K", help="Passed on to models that know it.")
@click.option(
    "--max-tokens", type=COUNT, help="Most tokens a response. Default: the benchmark's own."
)
@click.option(
    "--reasoning-effort",
    type=click.Choice(["none", "minimal", "low", "medium", "high", "xhigh", "max"]),
    help="Passed on to models that know it; none turns the organism's thinking off.",
)
@click.option(
    "--system", metavar="TEXT|@FILE", help="A system message for every item that has none."
)
@click.option(
    "--extra-body",
    metavar="JSON|@FILE",
    help="Further fields of every request's body, as the server names them.",
)
@click.option(
    "-M",
    "model_args",
    multiple=True,
    metavar="NAME=VALUE",
    help="An argument of the model's client in Inspect. Repeatable.",
)
@click.option(
    "--model-config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Such arguments in a YAML or JSON file.",
)
@click.option(
    "--base-url",
    multiple=True,
    metavar="URL",
    help="The server of an openai-api/… (or other) model. Repeatable: each call goes to the one with "
    "the least to do, one that is gone is left out and tried again.",
)
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
@click.option(
    "--decide",
    metavar='"ARM vs ARM on OUTCOME"',
    help="Stop as soon as the data answer it: five looks, error 5 % over all of them.",
)
@click.option("--looks", type=COUNT, default=5, show_default=True, help="How often --decide looks.")
@click.option("--any-time", is_flag=True, help="--decide by bets, which may be looked at always.")
@click.option(
    "--budget",
    type=click.FloatRange(min=0),
    metavar="USD",
    help="Refuse a study that may cost more.",
)
@click.option("--shrink", is_flag=True, help="With --budget: ask fewer items instead.")
@click.option(
    "--shard",
    metavar="I/N",
    help="Ask only the I-th of N shares of the items, into a folder of its own; then bridle merge.",
)
@click.option("--dry-run", is_flag=True, help="Print the plan; ask and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(
    file: Path | None,
    out: Path | None,
    decide: str | None,
    looks: int,
    any_time: bool,
    budget: float | None,
    shrink: bool,
    conditions: str | None,
    without_constraints: bool,
    panel: str | None,
    secret: str | None,
    model_config: Path | None,
    base_url: tuple[str, ...],
    max_connections: int | None,
    timeout: int,
    batch: bool,
    shard: str | None,
    dry_run: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Ask models the items of a benchmark, with and without their constraints.

    Everything lands in one folder. Killed, broken off or full of errors, a run is started again
    with the same command (bridle run --out DIR is enough) and makes the missing calls. A study
    grows: named with the folder, a model, an arm, a larger --limit or --samples is added to it.

    \b
    bridle run --out demo --limit 20
    bridle run --out demo --limit 40 --arm reminder
    bridle run study.yaml
    bridle run --out mine --benchmark mathif --model openai/gpt-5
    bridle run --out two --arm plain --arm reminder --decide "reminder vs plain on joint"
    bridle run --out mine --model openai-api/local/qwen3 --base-url http://127.0.0.1:8000/v1
    """
    from bridle.cli.study_options import StudyOptions
    from bridle.errors import BridleError

    if without_constraints:
        if conditions not in (None, "without"):
            raise BridleError(
                f"--without-constraints and --conditions {conditions} exclude each other."
            )
        conditions = "without"
    asked = {None: None, "both": ("with", "without")}.get(conditions, (conditions,))
    if panel is not None:
        given["limit"] = items_of(panel, given["limit"])
    given |= {name: given[name] or None for name in ("models", "arms")}
    given["factors"] = factors_of(given["factors"])
    passed_on(given, model_config)
    given["conditions"] = asked
    from bridle.studies.shards import read_shard

    make = functools.partial(
        study_of, secret=secret, shard=None if shard is None else read_shard(shard)
    )
    said = StudyOptions.read(file, out, given)
    study = said.open(make)
    study = said.within(budget, study, shrink=shrink, make=make)
    question = said.question(decide, study)
    if study.plan.shard is not None and (decide is not None or any_time):
        raise BridleError(
            "A shard cannot decide a question alone.", expected="--decide for the whole study"
        )
    todo = len(study.missing())
    about = said.about(study, question)
    summary = study.plan.to_dict() | {"to_do": todo, "grown": study.grown(), **about.to_dict()}
    del summary["item_ids"], summary["shard_items"], summary["item_hashes"]
    if not as_json:
        say("\n".join([*plan_words(study.plan, todo, study.grown()), *about.lines()]))
    if dry_run:
        if as_json:
            click.echo(json.dumps(summary))
        return
    how: dict[str, Any] = {
        "base_url": base_url or None, "max_connections": max_connections, "timeout": timeout,
        "model_args": given["model_args"],
        "batch": batch or None,
    }  # fmt: skip
    if question is not None and (decide is not None or any_time):
        _decided(study, question, how, looks=looks, any_time=any_time, as_json=as_json)
        return
    with Progress(study, todo) as watch:
        state = study.run(**how, watch=watch)
    say_state(state, as_json)
    sys.exit(0 if state.complete else 1)


def _decided(
    study: Study, question: Any, how: dict[str, Any], *, looks: int, any_time: bool, as_json: bool
) -> None:
    """Draw until the question is answered; the code is 0 if it was, whatever the answer."""
    from bridle.studies.deciding import decide

    def run(items: set[str]) -> State:
        return study.run(**how, only=items)

    tell = (lambda text: click.echo(text, err=True)) if as_json else say
    found = decide(study, question, run=run, any_time=any_time, looks=looks, say=tell)
    if as_json:
        row = {k: getattr(found, k) for k in
               ("verdict", "value", "low", "high", "pairs", "planned", "looks")}  # fmt: skip
        click.echo(json.dumps(row | {"question": str(question), "folder": str(study.folder)}))
    else:
        say(found.line(question))
        for note in found.state.notes():
            say(f"Note: {note}")
        say(f"See it: bridle report {study.folder}")
    sys.exit(1 if found.verdict == "broken off" or found.state.errors else 0)


def study_of(
    out: Path,
    given: dict[str, Any],
    secret: str | None = None,
    shard: tuple[int, int] | None = None,
) -> Study:
    """The study that the options name, filled up from the folder's own plan, then from defaults."""
    from bridle import benchmarks
    from bridle.errors import BridleError
    from bridle.studies.folder import plan_of
    from bridle.studies.plan import make_plan
    from bridle.studies.shards import read_shard
    from bridle.studies.study import Study

    held = plan_of(out)
    known = DEFAULTS if held is None else DEFAULTS | options_of(held)
    chosen = {k: v if given.get(k) is None else given[k] for k, v in known.items()}
    if held is not None:  # what is named beside them is added
        chosen["arms"] = tuple(dict.fromkeys((*held.arms, *chosen["arms"])))
        for name, levels in held.factors.items():
            new = (chosen["factors"] or {}).get(name, ())
            chosen["factors"] = {**chosen["factors"], name: list(dict.fromkeys((*levels, *new)))}
    if chosen["label"] is not None:
        from bridle.analysis.labels import label

        chosen["label"] = label(chosen["label"])
    if chosen["data"] is not None:
        chosen["data"] = str(Path(chosen["data"]).resolve())
    loaded = {k: chosen.pop(k) for k in ("data", "limit")}
    if secret is None and held is not None and "seed_hash" in held.provenance:
        raise BridleError(
            f"The items of {out} were made from a secret seed.",
            expected="the same seed again",
            hint="--secret-seed TEXT, or the environment variable BRIDLE_SECRET_SEED",
        )
    name = chosen.pop("benchmark")
    if held is not None and name.partition(":")[0] != held.benchmark.partition(":")[0]:
        raise BridleError(  # before its items are loaded, perhaps from far away
            f"{out} holds another study. What differs: benchmark: {held.benchmark!r} there, {name!r} now.",
            expected="the benchmark that the study was started with",
            hint=f"bridle run --out {out} (goes on with it), or another --out",
        )
    secret = secret if name.partition(":")[0] in benchmarks.GENERATED else None
    items = benchmarks.load(name, seed=chosen["seed"], secret=secret, **loaded)
    if held is None and given.get("arms") is None:
        chosen["arms"] = items.arms
    if chosen["system"] is not None:
        items = benchmarks.with_system(items, chosen["system"])
    if shard is None and held is not None and held.shard is not None:
        shard = read_shard(held.shard)
    return Study(out, make_plan(items, loaded=loaded, shard=shard, **chosen), items)
