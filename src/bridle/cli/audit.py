"""bridle audit: the rows of a benchmark that nobody can satisfy, and where its own rules misjudge."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridle.cli.terminal import say

OURS = (b'{\n "benchmark": ', "what bridle audit wrote")  # how its JSON begins

if TYPE_CHECKING:
    from bridle.analysis.disagreements import Comparison
    from bridle.benchmarks.audit.rows import Audit
    from bridle.benchmarks.base import Benchmark


@click.command("audit")
@click.argument("benchmark", metavar="BENCHMARK")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder with the benchmark's files; without it they are downloaded, if they can be.",
)
@click.option(
    "--responses",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Given responses, in any format of bridle score: where do both rules part? Repeatable.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="The first N rows, spread evenly."
)
@click.option("--seed", type=int, default=0, help="For items that are generated.")
@click.option("--all", "every", is_flag=True, help="Print every row of every finding.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write that object to FILE, too."
)
def command(
    benchmark: str,
    data: Path | None,
    responses: tuple[Path, ...],
    limit: int | None,
    seed: int,
    every: bool,
    as_json: bool,
    out: Path | None,
) -> None:
    """Find the rows of BENCHMARK that no answer can satisfy, and why; and the floor.

    A row can be satisfied when there is a text that obeys all its constraints and states the
    reference answer, where there is one, in \\boxed{}. By upstream's rules, the benchmark's own
    published ones, it can when one of our texts passes them. The floor is what an answer earns that
    takes no reading.

    With --responses, every verdict on which our rules and upstream's part, with our reason.

    Exits with 1 if there are rows that nobody can satisfy, or that cannot be read.

    \b
    bridle audit mathif
    bridle audit ifeval --data DIR --responses gpt4.jsonl
    bridle audit ifbench --data DIR --json
    """
    from bridle import benchmarks
    from bridle.analysis.disagreements import compare
    from bridle.benchmarks.audit.rows import audit

    _refuse(out)
    loaded = benchmarks.load(benchmark, data=data, limit=limit, seed=seed, whole=False)
    _say_what_is_missing(loaded)
    compared: Comparison | None = None
    if responses:  # to all rows: a limit is for the rest
        asked = loaded
        if limit is not None:
            asked = benchmarks.load(benchmark, data=data, seed=seed, whole=False)
        compared = compare(asked, responses)
    found = audit(loaded)
    row = shape(loaded, found, compared)
    if out is not None:
        _write(out, row)
    if as_json:
        click.echo(json.dumps(row, default=str))
    else:
        from bridle.cli.audit_report import lines_of

        say("\n".join(lines_of(found, compared, row["note"], every=every)))
        if out is not None:
            say(f"\nAll rows: {out}")
    broken = compared is not None and compared.bad
    sys.exit(1 if found.unsatisfiable("ours") or found.malformed() or broken else 0)


def shape(loaded: Benchmark, found: Audit, compared: Comparison | None) -> dict[str, Any]:
    """What --json prints and --out writes: all findings, floors and partings."""
    import dataclasses

    rules = ["ours", "upstream"] if found.has_upstream else ["ours"]
    return {
        **dataclasses.asdict(found),
        "note": loaded.provenance.get("note"),
        "provenance": dict(loaded.provenance),
        "unsatisfiable": {name: found.unsatisfiable(name) for name in rules},  # pyright: ignore[reportArgumentType]
        "open": {name: found.open(name) for name in rules},  # pyright: ignore[reportArgumentType]
        "malformed": found.malformed(),
        "responses": None if compared is None else dataclasses.asdict(compared),
    }


def _say_what_is_missing(loaded: Benchmark) -> None:
    from bridle.benchmarks import published as upstream

    if missing := upstream.missing_packages(loaded.name):
        say(
            f"bridle: without {', '.join(missing)} some of upstream's verdicts cannot be had; "
            "pip install 'bridle-eval[upstream]'",
            err=True,
        )


def _refuse(out: Path | None) -> None:
    """Before minutes of work: can the file be written?"""
    from bridle import outputs
    from bridle.errors import DataError

    if out is None:
        return
    outputs.refuse(out, outputs.Ours(*OURS))
    if not out.parent.is_dir():
        raise DataError(
            f"There is no folder {out.parent}.", expected="one that is", hint="another --out FILE"
        )


def _write(out: Path, row: dict[str, Any]) -> None:
    """Whole or not at all, and never over another's file."""
    from bridle import outputs

    outputs.write(out, json.dumps(row, indent=1, default=str) + "\n", outputs.Ours(*OURS))
