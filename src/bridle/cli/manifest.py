"""bridle manifest: what makes the items of a study again, and whether it still does."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bridle.cli.terminal import say


@click.command("manifest")
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@click.option("--items", "to", type=click.Path(path_type=Path), help="Write the items, as JSONL.")
@click.option(
    "--secret-seed",
    "secret",
    envvar="BRIDLE_SECRET_SEED",
    metavar="TEXT",
    help="The seed of items that were made from a secret one.",
)
def command(path: Path, to: Path | None, secret: str | None) -> None:
    """Print the manifest of a study's folder; or make the items of a manifest and prove them equal.

    \b
    bridle manifest mini > manifest.json
    bridle manifest manifest.json --items items.jsonl
    """
    from bridle import outputs
    from bridle.benchmarks.manifest import lines, remade

    ours = outputs.Ours(b'{"group": ', "items of bridle manifest")
    if to is not None:
        outputs.refuse(to, ours, option="--items")
    if path.is_dir():
        row, loaded = _of_study(path, secret)
        click.echo(json.dumps(row, indent=1))
    else:
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise click.UsageError(f"{path} is not JSON: {error}") from error
        loaded = remade(row, secret=secret)
        say(f"{len(loaded.items):,} items, the same to the byte: {row['items_sha256']}")
    if to is not None:
        outputs.write(to, "".join(lines(loaded.items)), ours, option="--items")


def _of_study(folder: Path, secret: str | None):
    from bridle import benchmarks
    from bridle.benchmarks.manifest import manifest
    from bridle.errors import BridleError, DataError
    from bridle.studies.folder import plan_of

    plan = plan_of(folder)
    if plan is None:
        raise BridleError(f"{folder} holds no study.", expected="a folder that bridle run made")
    hashed = plan.provenance.get("seed_hash")
    if hashed is not None and secret is None:
        raise BridleError(
            f"The items of {folder} were made from a secret seed.",
            hint="--secret-seed TEXT, or the environment variable BRIDLE_SECRET_SEED",
        )
    loaded = benchmarks.load(
        plan.benchmark,
        seed=plan.seed,
        secret=None if hashed is None else secret,
        data=plan.loaded.get("data"),
        limit=plan.loaded.get("limit"),
    )
    if {item.id for item in loaded.items} != {*plan.item_ids}:
        raise DataError(f"These are not the items that {folder} asked.", expected="the same seed")
    return manifest(loaded, data=plan.loaded.get("data"), seed=plan.seed), loaded
