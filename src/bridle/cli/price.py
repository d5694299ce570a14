"""bridle price: what an obedient and correct answer costs, from records that are there."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import click


@click.command("price")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--prices",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="TOML: date, and for each model in and out, USD a million tokens. Without: those of the study, "
    "else tokens.",
)
@click.option(
    "--least", type=click.FloatRange(0, 1), help="Name the cheapest with at least so much."
)
@click.option("--tries", type=click.IntRange(1, 20), default=3, show_default=True, help="Verify and ask again, so often.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(folder: Path, file: Path | None, least: float | None, tries: int, as_json: bool) -> None:  # fmt: skip
    """Tell what an obedient and correct answer costs, by model and arm, without asking anything.

    \b
    bridle price DIR --prices prices.toml --least .6
    # prices.toml
    # date = "2026-11-30"
    # "openai/gpt-5" = {in = 1.25, out = 10.0}
    """
    from bridle import records
    from bridle.analysis.price import cheapest, price

    study = records.read(folder)
    prices, date = read_prices(file) if file is not None else (study.prices or None, None)
    options = price(study.frame, prices, tries=tries)
    best = cheapest(options, least) if least is not None else None
    if as_json:
        made: dict[str, Any] = {"prices_of": date, "options": [o.to_dict() for o in options]}
        if least is not None:
            made |= {"least": least, "cheapest": best.who if best else None}
        click.echo(json.dumps(made, indent=1))
        return
    from bridle.cli.terminal import console, say
    from bridle.report.figures import NONE, percent
    from bridle.report.grid import Grid
    from bridle.report.untrusted import line

    unit = options[0].unit
    grid = Grid("model and arm", [(options[0].outcome,), (f"{unit} an answer",), (f"{unit} a success",),
                ("s, p95",), (f"until it obeys ({tries} tries)", "left"), ("on the front",)])  # fmt: skip
    for o in options:
        seconds = NONE if o.seconds is None else f"{o.seconds:.2g}, {o.slow:.2g}"
        first = NONE if o.first_cost is None else f"{o.first_cost:.3g} {unit}"
        left = NONE if o.left is None else f"{100 * o.left:.1f} %"
        grid.add(line(o.who), percent(o.success, short=o.success.few), _number(o.spent),
                 _number(o.per_success), seconds, first, left, f"{100 * o.front:.0f} %")  # fmt: skip
    console().print(grid)
    if date:
        say(f"Prices of {date}.")
    elif file is None and unit == "USD":
        say("Prices of the study's file (study.json).")
    elif file is None:
        say("No prices were given: tokens written are counted. --prices FILE")
    if least is not None:
        say(f"Cheapest with at least {least:.0%} at 95 %: {best.who if best else 'none'}.")


def read_prices(file: Path) -> tuple[dict[str, tuple[float, float]], str | None]:
    """Prices by model and the date that they are of.

    Raises:
        DataError: no such file, or a line that is no price.
    """
    from bridle.errors import DataError

    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{file} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{file} is no TOML: {error}.") from error
    date = read.pop("date", None)
    prices: dict[str, tuple[float, float]] = {}
    for model, said in read.items():
        pair = (said.get("in"), said.get("out")) if isinstance(said, dict) else (None, None)
        if not all(isinstance(p, int | float) and not isinstance(p, bool) and p >= 0 for p in pair):
            raise DataError(
                f"{file}: the price of {model!r} is {said!r}.",
                expected=f'"{model}" = {{in = 1.25, out = 10.0}}, USD a million tokens',
            )
        prices[model] = (float(pair[0]), float(pair[1]))  # pyright: ignore[reportArgumentType]
    return prices, None if date is None else str(date)


def _number(found: Any) -> str:
    if isinstance(found, str):
        return "no success"
    value = f"{found.value:.3g}"
    return value if found.few else f"{value} [{found.low:.3g}, {found.high:.3g}]"
