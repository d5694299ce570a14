"""bridle probe: run a probe into a folder, and say what it found."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridle.cli.terminal import console, say

if TYPE_CHECKING:
    from bridle.analysis.probes import Reading


@click.command("probe")
@click.argument("name", metavar="NAME|all")
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="NAME",
    help="organism (default), subject/perfect, … or any Inspect model. Repeatable.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The study's folder (one a probe with all); one that exists is resumed.",
)
@click.option(
    "--size",
    type=click.Choice(["smoke", "standard", "full"]),
    default="standard",
    show_default=True,
    help="How many items.",
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Of the items and of sampling."
)
@click.option(
    "--arm", "arms", multiple=True, metavar="NAME", help="Instead of the probe's own arms."
)
@click.option("--factor", "factors", multiple=True, metavar="NAME=A,B", help="As in bridle run.")
@click.option("--samples", type=click.IntRange(min=1), help="Responses a prompt (default 1).")
@click.option("--temperature", type=click.FloatRange(min=0))
@click.option("--max-tokens", type=click.IntRange(min=1), help="Most tokens a response.")
@click.option("--reasoning-effort", metavar="LEVEL")
@click.option(
    "--base-url",
    multiple=True,
    metavar="URL",
    help="The server of the model; repeatable, as for run.",
)
@click.option("--max-connections", type=click.IntRange(min=1), help="Most calls at a time.")
@click.option("--timeout", type=click.IntRange(min=1), default=1200, show_default=True)
@click.option("--dry-run", is_flag=True, help="Print the plan; ask and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(
    name: str,
    out: Path,
    size: str,
    base_url: tuple[str, ...],
    max_connections: int | None,
    timeout: int,
    dry_run: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Run a probe and print what it found; with `all`, every probe, each in a folder of its own, with fewer items
    than alone: about 300, 3,000 or 15,000 answers together.

    \b
    bridle list probes
    bridle probe decay --model openai/gpt-5 --out decay --size smoke
    bridle probe all --model organism --out probes --size smoke
    """
    from bridle.errors import BridleError
    from bridle.probes import PROBES, allotted, get

    chosen = list(PROBES.values()) if name == "all" else [get(name)]
    counts = allotted(size) if name == "all" else {p.name: p.sizes[size] for p in chosen}
    complete = True
    told: list[dict[str, Any]] = []
    for probe in chosen:
        folder = out / probe.name if name == "all" else out
        try:
            done, found = _one(
                probe.name,
                folder,
                counts[probe.name],
                {
                    "base_url": base_url or None,
                    "max_connections": max_connections,
                    "timeout": timeout,
                },
                given,
                dry_run=dry_run,
                quiet=as_json,
            )
        except BridleError as error:
            if name != "all":
                raise
            complete = False
            told.append({"probe": probe.name, "refused": str(error)})
            if not as_json:
                say(f"{probe.name}: left out. {error}")
            continue
        complete &= done
        told += found
    if as_json:
        click.echo(json.dumps(told, indent=1))
    sys.exit(0 if complete else 1)


def _one(
    name: str,
    folder: Path,
    count: int,
    circumstances: dict[str, Any],
    given: dict[str, Any],
    *,
    dry_run: bool,
    quiet: bool,
) -> tuple[bool, list[dict[str, Any]]]:
    from bridle import records
    from bridle.analysis.probes import readings
    from bridle.cli import run as running
    from bridle.cli.progress import Progress
    from bridle.cli.study_options import StudyOptions

    asked = {k: given[k] or None for k in ("models", "arms")}
    asked |= {k: v for k, v in given.items() if k not in (*asked, "factors")}
    asked["factors"] = running.factors_of(given["factors"])
    study = running.study_of(folder, {**asked, "benchmark": name, "limit": count})
    todo = len(study.missing())
    if not quiet:
        about = StudyOptions(folder, asked).about(study, None)
        say("\n".join([*running.plan_words(study.plan, todo, study.grown()), *about.lines()]))
    if dry_run:
        plan = study.plan.to_dict() | {"to_do": todo}
        del plan["item_ids"], plan["shard_items"], plan["item_hashes"]
        return True, [{"probe": name, "plan": plan}]
    with Progress(study, todo) as watch:
        state = study.run(watch=watch, **circumstances)
    found = readings(name, records.read(folder).frame) if state.answered or state.errors else []
    if not quiet:
        running.say_state(state, False)
        for reading in found:
            print_reading(reading)
    return state.complete, [r.to_dict() for r in found]


def print_reading(reading: Reading) -> None:
    """The sentence, then every figure with its interval."""
    from rich.table import Table
    from rich.text import Text

    say(f"\n{reading.probe}, {reading.model}: {reading.sentence}")
    table = Table(show_header=False, box=None, pad_edge=False)
    for finding in reading.findings:
        table.add_row(Text(f"  {finding.label}"), Text(finding.words()))
    console().print(table)
    if reading.truncated:
        say(f"  {reading.truncated:,} of {reading.records:,} responses were cut off.")
