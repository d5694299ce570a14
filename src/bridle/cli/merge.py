"""bridle merge: shards of one study, put together."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bridle.cli.terminal import say


@click.command("merge")
@click.argument("folders", nargs=-1, required=True, metavar="DIR…", type=click.Path(path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The whole study: a new folder."
)
@click.option(
    "--first", is_flag=True, help="Of two answers to one call, that of the folder named first."
)
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    help="The benchmark's files, if they lie elsewhere here.",
)
@click.option(
    "--secret-seed", "secret", envvar="BRIDLE_SECRET_SEED", metavar="TEXT", help="As for run."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(
    folders: tuple[Path, ...],
    out: Path,
    first: bool,
    data: Path | None,
    secret: str | None,
    as_json: bool,
) -> None:
    """Put the shards of a study (bridle run --shard I/N) together in one folder, graded anew.

    Nothing is written if a shard is given twice, is of another study, or two of them answer one call
    differently. Exits with 1 if records are missing; bridle run --out DIR then makes them.

    \b
    bridle run study.yaml --shard 1/2 --out s1        # on one machine
    bridle run study.yaml --shard 2/2 --out s2        # on another
    bridle merge s1 s2 --out whole && bridle report whole
    """
    from bridle.cli.run import study_of
    from bridle.cli.run_options import options_of
    from bridle.cli.study_words import say_state
    from bridle.studies.folder import plan_of
    from bridle.studies.merging import merge, read_plans

    plan = read_plans(folders)[0]
    given = options_of(plan) | ({} if data is None else {"data": data})
    plan_of(out)  # refuses what holds anything else
    merged = merge(folders, study_of(out, given, secret), first=first)
    if as_json:
        say_state(merged.state, as_json, absent=list(merged.absent), notes=list(merged.notes))
    else:
        for name in merged.absent:
            say(f"Missing: shard {name}.")
        for note in merged.notes:
            say(f"Note: {note}")
        say_state(merged.state, as_json)
    sys.exit(0 if merged.state.complete else 1)
