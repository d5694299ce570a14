"""bridle export: the open requests of a study as files for a provider's batch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bridle.cli.terminal import say

if TYPE_CHECKING:
    from bridle.studies.study import Study


@click.command("export")
@click.argument("study", metavar="STUDY", type=click.Path(path_type=Path))
@click.option(
    "--to", required=True, metavar="FORMAT", help="openai-batch, anthropic-batch or vllm."
)
@click.option(
    "--out", type=click.Path(path_type=Path), help="The study's folder, if STUDY is a study file."
)
@click.option(
    "--most",
    type=click.IntRange(min=1),
    metavar="N",
    help="Requests a file. [default: the provider's limit]",
)
@click.option(
    "--secret-seed", "secret", envvar="BRIDLE_SECRET_SEED", metavar="TEXT", help="As for run."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(
    study: Path, to: str, out: Path | None, most: int | None, secret: str | None, as_json: bool
) -> None:
    """Write the requests that STUDY lacks as files for a batch, into STUDY/requests/.

    STUDY is a study file or the folder of a study. What comes back goes in with bridle import, in any
    order and in parts. An arm of several steps has its next step in the next export.

    \b
    bridle export study.yaml --to openai-batch --out mine
    bridle import mine batch_abc_output.jsonl
    bridle export mine --to vllm && vllm run-batch -i mine/requests/001/… -o results.jsonl --model …
    """
    from bridle.cli.progress import many
    from bridle.studies.batches.export import export

    made = export(open_study(study, out, secret), to, most=most)
    if as_json:
        row = {
            "files": [str(f) for f in made.files],
            "requests": made.requests,
            "dropped": made.dropped,
        }
        click.echo(json.dumps(row))
        return
    if not made.requests:
        say("No request is open: the study lacks nothing.")
        return
    say(f"{many(made.requests, 'request')} in {many(len(made.files), 'file')}:")
    for file in made.files:
        say(f"  {file}")
    for name, count in made.dropped.items():
        say(f"Note: {to} cannot say {name}; {count:,} requests go without it.")
    say(f"Next: {made.next}; then bridle import {out or study} RESULTS…")


def open_study(study: Path, out: Path | None, secret: str | None) -> Study:
    """The study of a file or a folder.

    Raises:
        BridleError: the folder holds none.
    """
    from bridle.cli.run import DEFAULTS, study_of
    from bridle.cli.study_options import StudyOptions
    from bridle.errors import BridleError
    from bridle.studies.folder import plan_of

    given = dict.fromkeys(DEFAULTS)
    if study.is_file():
        said = StudyOptions.read(study, out, given)
        return study_of(said.out, said.given, secret)
    if out is not None and out != study:
        raise BridleError(
            f"{study} is not a study file, so --out says nothing.",
            hint=f"bridle export {study} --to …",
        )
    if plan_of(study) is None:
        raise BridleError(
            f"{study} holds no study.",
            expected="a study file, or the folder of a study",
            hint="bridle export study.yaml --to vllm --out DIR",
        )
    return study_of(study, given, secret)
