"""bridle figures: the charts of one or several studies as files."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("svg", "png", "pdf", "vl.json")


@click.command("figures")
@click.argument("folders", nargs=-1, required=True, metavar="[NAME=]DIR…")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Where they are written. [default: DIR/figures]",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Only this format. Repeatable. [default: all four]",
)
@click.option("--only", multiple=True, metavar="KEY", help="Only this chart. Repeatable.")
@click.option(
    "--rules",
    default="ours",
    show_default=True,
    metavar="ours|upstream",
    help="Whose verdicts the figures count; upstream is the benchmark's published code.",
)
@click.option(
    "--beside",
    type=click.Choice(["published"]),
    help="Set the benchmark's published results beside (mathif: Table 3 of its paper).",
)
def command(
    folders: tuple[str, ...],
    out: Path | None,
    formats: tuple[str, ...],
    only: tuple[str, ...],
    rules: str,
    beside: str | None,
) -> None:
    """Write the charts of the study in DIR as files, each in every format.

    They are those of the page, from the same estimates; a chart that the data do not have is not
    written. Each file holds its title, unit, n and what its bars mean. index.json says it again.

    \b
    bridle figures demo
    bridle figures runs/a runs/b --out figures --format pdf
    bridle figures demo --only ladder --only constraints
    """
    from bridle.analysis.labels import named
    from bridle.cli.terminal import say
    from bridle.errors import BridleError, nearest
    from bridle.report.charts import charts as charts_of
    from bridle.report.charts.files import INDEX, write_charts
    from bridle.report.figures import plural

    if out is None and len(folders) > 1:
        raise BridleError(
            "Several studies have no common folder for the figures.", hint="--out FOLDER"
        )
    charts = charts_of(*folders, rules=rules, beside=beside)
    keys = [chart.key for chart in charts]
    for key in only:
        if key not in keys:
            near = nearest(key, keys)
            raise BridleError(
                f"There is no chart {key!r} of these records.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(keys)}",
            )
    charts = [chart for chart in charts if not only or chart.key in only]
    if not charts:
        raise BridleError(
            "These records have nothing to draw.", expected="at least one graded response"
        )
    folder = out or _study(named(folders)[0][1]) / "figures"
    write_charts(charts, folder, formats=formats or FORMATS)
    for chart in charts:
        say(f"{chart.key:22} {chart.title}")
    say(
        f"{plural(len(charts), 'chart')}, {', '.join(formats or FORMATS)}: {folder} ({INDEX} says what each shows)"
    )


def _study(path: Path) -> Path:
    """The folder of a study that was named by its table."""
    return path.parent if path.is_file() else path
