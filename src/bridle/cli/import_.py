"""bridle import: results of batches, into the study that asked."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bridle.cli.terminal import say


@click.command("import")
@click.argument("study", metavar="STUDY", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--secret-seed", "secret", envvar="BRIDLE_SECRET_SEED", metavar="TEXT", help="As for run."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(study: Path, files: tuple[Path, ...], secret: str | None, as_json: bool) -> None:
    """Take the results in FILE… into STUDY, the folder that bridle export wrote its requests from.

    Results may come in any order, in parts, twice and with errors. A file of another study is refused.
    Exits with 1 while records are missing or if a row was of no use.

    \b
    bridle import mine output.jsonl errors.jsonl && bridle report mine
    """
    from bridle.cli.export import open_study
    from bridle.cli.progress import many
    from bridle.cli.run import say_state
    from bridle.scoring.results import import_results

    found = import_results(open_study(study, None, secret), files)
    for text in found.bad.lines():
        say(f"bridle: {text}", err=True)
    counts = {
        "rows": found.rows, "taken": found.taken, "copied": found.copied, "failed": found.errors, "already": found.already,
        "differing": found.differing, "bad_rows": found.bad.count, "open": found.open,
    }  # fmt: skip
    if not as_json:
        said = [
            f"{many(found.rows, 'result')}: {many(found.taken, 'answer')} written",
            *([f"{found.copied:,} copied to calls that ask the same"] if found.copied else []),
            *([many(found.errors, "error")] if found.errors else []),
            *([f"{found.already:,} answered before"] if found.already else []),
            *([f"{found.bad.count:,} of no use"] if found.bad.count else []),
        ]
        say(", ".join(said) + ".")
        if found.differing:
            say(
                f"Note: {found.differing:,} requests have a second, other answer; the first counts."
            )
        if found.open:
            say(f"Open: {many(found.open, 'request')}, for the next bridle export {study} --to …")
    say_state(found.state, as_json, **counts)
    sys.exit(0 if found.state.complete and not found.bad.count else 1)
