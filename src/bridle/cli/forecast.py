"""bridle forecast: what optimising a reward would sell, from samples of the model as it is."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("forecast")
@click.option(
    "--samples",
    "table",
    required=True,
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A study with several samples, or a table (.parquet, .csv, .jsonl) with a column item.",
)
@click.option("--reward", required=True, metavar="COLUMN", help="What training would optimise.")
@click.option("--gold", multiple=True, metavar="NAME", help="Outcomes to tell. [default: all]")
@click.option(
    "--figures",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write the curves as SVG, PNG, PDF and Vega-Lite.",
)
@click.option("--json", "as_json", is_flag=True, help="Print every figure as one JSON object.")
def command(
    table: Path, reward: str, gold: tuple[str, ...], figures: Path | None, as_json: bool
) -> None:
    """Forecast what optimising a reward does to every other outcome, before training.

    From several samples a prompt of one model: the best of n by the reward, for n = 1, 2, 4, … up to
    a quarter of the samples, with KL = ln n − (n−1)/n. An outcome that falls as n grows is one that the
    reward sells.

    \b
    bridle run mathif --model M --samples 32 --out before
    bridle forecast --samples before --reward correct
    """
    from bridle.analysis.forecast import forecast
    from bridle.analysis.run_table import table_run

    found = forecast(table_run(table, needs=("item",)), reward=reward, gold=gold)
    if figures is not None:
        from bridle.report.charts.files import write_charts
        from bridle.report.charts.training import of_forecast

        write_charts(of_forecast(found), figures)
    if as_json:
        click.echo(json.dumps(found.to_dict(), indent=1))
        return
    from bridle.cli.terminal import console
    from bridle.report.watched import print_forecast

    print_forecast(found, console())
