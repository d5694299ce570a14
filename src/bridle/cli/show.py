"""bridle show: list responses by what is wrong with them; print one, what breaks a constraint marked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridle.report.listed import print_list
from bridle.report.sample_text import print_sample

if TYPE_CHECKING:
    import polars

MOST_NEAR = 5
LISTED = 20  # responses of a list


@click.command("show")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("item", metavar="[ID]", required=False)
@click.option("--failed", is_flag=True, help="List those that did not obey all instructions.")
@click.option(
    "--broken",
    multiple=True,
    metavar="TYPE",
    help="List those that break a constraint of that type or family. Repeatable: all of them.",
)
@click.option("--wrong", is_flag=True, help="List those whose final answer is not the reference.")
@click.option("--undecided", is_flag=True, help="List those where a verdict could not be decided.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help=f"List at most N (default {LISTED})."
)
@click.option("--sample", type=click.IntRange(min=0), metavar="N", help="Only that sample.")
@click.option("--condition", metavar="with|without", help="Only with, or without, the constraints.")
@click.option("--model", metavar="NAME", help="Only that model.")
@click.option("--arm", metavar="NAME", help="Only that arm.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each response.")
def command(
    folder: Path,
    item: str | None,
    failed: bool,
    broken: tuple[str, ...],
    wrong: bool,
    undecided: bool,
    limit: int | None,
    sample: int | None,
    condition: str | None,
    model: str | None,
    arm: str | None,
    as_json: bool,
) -> None:
    """Print the responses to the item ID in DIR: prompt, thinking, answer, verdicts, correctness.

    Without an ID the responses are listed, each with what is wrong with it.
    What breaks a constraint is marked in colour on a terminal, in ⟦ ⟧ elsewhere.

    \b
    bridle show demo --failed
    bridle show demo --broken words --wrong --limit 100
    bridle show demo crossed-0-0-1
    bridle show demo crossed-0-0-1 --condition without --sample 0
    """
    from bridle import records
    from bridle.analysis.picked import picked
    from bridle.cli.terminal import console
    from bridle.errors import BridleError

    table = records.read(folder)
    only = {"model": model, "arm": arm, "condition": condition, "sample": sample}
    rows = chosen(table.frame, item, folder, only)
    rows = picked(rows, failed=failed, broken=broken, wrong=wrong, undecided=undecided)
    if item is None and not as_json:
        print_list(rows, console(), whole=table.frame, folder=str(folder), limit=limit or LISTED)
        return
    if item is not None and not rows.height:
        raise BridleError(
            f"No response to {item} is like that.",
            expected="fewer options",
            hint=f"bridle show {folder} {item!r}",
        )
    for row in (rows if limit is None else rows.head(limit)).iter_rows(named=True):
        if as_json:
            click.echo(json.dumps(plain(row)))
        else:
            print_sample(row, console(soft_wrap=True))


def chosen(
    frame: polars.DataFrame, item: str | None, folder: Path, only: Mapping[str, str | int | None]
) -> polars.DataFrame:
    """The rows of that item (of all, where it is None) that have those values, by model, condition, sample.

    Raises:
        BridleError: there is no such item, sample, condition, arm or model; with what there is.
    """
    import polars as pl

    from bridle.errors import BridleError

    rows = frame if item is None else frame.filter(pl.col("item") == item)
    if item is not None and not rows.height:
        ids = frame["item"].unique(maintain_order=True).to_list()
        near = nearest_ids(item, ids)
        raise BridleError(
            f"{folder} has no item {item!r}.",
            expected=("the nearest are " if near else f"one of {len(ids):,} ids, the first: ")
            + ", ".join(near or ids[:MOST_NEAR]),
            hint=f"bridle show {folder} {(near or ids or ['ID'])[0]!r}",
        )
    for column, value in only.items():
        if value is None:
            continue
        there = rows[column].unique().sort().to_list()
        rows = rows.filter(pl.col(column) == value)
        if not rows.height:
            whose = folder if item is None else item
            named = "" if item is None else f" {item!r}"
            raise BridleError(
                f"{whose} has no {column} {value!r}.",
                expected=f"one of: {', '.join(map(str, there))}",
                hint=f"bridle show {folder}{named} --{column} {there[0]}" if there else None,
            )
    return rows if item is None else rows.sort("model", "condition", "arm", "sample", "turn")


def nearest_ids(item: str, ids: Sequence[str]) -> list[str]:
    """The ids most like the one that was asked for; those that contain it come first."""
    import difflib

    holding = [i for i in ids if item.lower() in i.lower()] if item else []
    close = difflib.get_close_matches(item, ids[:20_000], n=MOST_NEAR, cutoff=0.5)
    return list(dict.fromkeys([*holding, *close]))[:MOST_NEAR]


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """The record with its verdicts' observed values and parameters as values again."""
    verdicts = [
        {**v, "observed": json.loads(v["observed"]), "params": json.loads(v["params"])}
        for v in row["verdicts"]
    ]
    return {**row, "verdicts": verdicts}
