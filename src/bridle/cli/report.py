"""bridle report: print the summary of one or several studies and write the page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bridle.cli.shapes import SCHEMA, shown_as

if TYPE_CHECKING:
    from bridle.analysis.gate import Ruling
    from bridle.analysis.summary import Summary


@click.command("report")
@click.argument("folders", nargs=-1, required=True, metavar="[NAME=]DIR…")
@click.option(
    "--rules",
    default="ours",
    show_default=True,
    metavar="ours|upstream",
    help="Whose verdicts the figures count; upstream is the benchmark's published code.",
)
@click.option(
    "--require",
    "requirements",
    multiple=True,
    metavar="'OUTCOME >= SHARE'",
    help="Exit with 1 unless the whole 95 % interval of every row meets it. Repeatable.",
)
@click.option(
    "--beside",
    type=click.Choice(["published"]),
    help="Set the benchmark's published results beside (mathif: Table 3 of its paper).",
)
@shown_as
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the page is written. [default: DIR/page.html]",
)
@click.option("--no-page", is_flag=True, help="Write no page.")
def command(
    folders: tuple[str, ...],
    rules: str,
    beside: str | None,
    requirements: tuple[str, ...],
    shape: str | None,
    out: Path | None,
    no_page: bool,
) -> None:
    """Print the summary of the study in DIR and write its page.

    Rates stand with their 95 % intervals: as run (a response that was cut off is a failure) and
    among complete answers. Several folders are put together by model; with labels (NAME=DIR, or
    those of bridle run --label) each stands for itself, two settings of one model too.

    Exits with 1 if planned records are missing, or a --require does not hold beyond doubt.

    \b
    bridle report demo
    bridle report runs/a runs/b --out both.html
    bridle report cold=runs/a hot=runs/b --no-page
    bridle report demo --json --no-page
    bridle report demo --no-page --require 'joint >= .8' --require 'truncated <= 5%'
    """
    from bridle.errors import BridleError

    if no_page and out is not None:
        raise BridleError(
            "--out names a page that --no-page forbids.", hint="leave one of them out"
        )
    if not no_page and out is None and len(folders) > 1:
        raise BridleError(
            "Several studies have no common folder for the page.",
            hint="--out page.html, or --no-page",
        )
    from bridle import records
    from bridle.analysis.gate import requirement
    from bridle.analysis.labels import labelled, named
    from bridle.analysis.summary import summarise
    from bridle.cli.terminal import console, say
    from bridle.report.printed import print_summary
    from bridle.report.verdict import sentences

    required = [requirement(text) for text in requirements]
    given = named(folders)
    read = [records.read(folder) for _, folder in given]
    tables = labelled(read, [name for name, _ in given])
    summary = summarise(tables, rules=rules, beside=beside)
    rulings = [one.judge(row) for one in required for row in summary.overall]
    verdict = sentences(summary, tables)
    if shape is None:
        names = [
            str(path) if table.name == path.name else f"{table.name} ({path})"
            for table, (_, path) in zip(tables, given, strict=True)
        ]
        print_summary(summary, console(), names=names, verdict=verdict)
        for ruling in rulings:
            say(f"{ruling.text}  {ruling.who}: {ruling.says}")
    else:
        click.echo(_export(shape, summary, verdict, rulings, folders), nl=False)
    if not no_page:
        from bridle.report.page import write_page

        page = write_page(tables, summary, out or tables[0].path.parent / "page.html")
        say(f"Page: {page}", err=shape is not None)
    if summary.missing:
        for table in tables:
            if table.missing and (table.path.parent / "study.json").is_file():
                say(f"Make them: bridle run --out {table.path.parent}", err=True)
    if summary.missing or not all(ruling.passed for ruling in rulings):
        sys.exit(1)


def _export(
    shape: str,
    summary: Summary,
    verdict: list[str],
    rulings: list[Ruling],
    folders: tuple[str, ...],
) -> str:
    if shape == "json":
        import json

        gates = [ruling.to_dict() for ruling in rulings]
        head = {"schema": SCHEMA, "kind": "report", "verdict": verdict, "requirements": gates}
        return json.dumps(head | summary.to_dict(), indent=1) + "\n"
    if shape == "csv":
        from bridle.analysis.flat import FIGURE, figures
        from bridle.report.exports.spreadsheet import to_csv

        return to_csv(figures(summary), FIGURE)
    if shape == "junit":
        from bridle.report.exports.junit import Case, to_junit

        all_there = not summary.missing and summary.errors < summary.records
        says = "; ".join(summary.gates) or (
            f"{summary.records:,} records, {summary.errors:,} of them errors"
        )
        cases = [Case("records", "all planned records are there", all_there, says)]
        cases += [Case(r.who, r.text, r.passed, r.says) for r in rulings]
        return to_junit(f"bridle report {' '.join(folders)}", cases)
    from bridle.report.exports.grids import of_summary
    from bridle.report.exports.latex import to_latex
    from bridle.report.exports.markdown import to_markdown

    write = to_markdown if shape == "markdown" else to_latex
    return write([*summary.gates, *verdict], of_summary(summary))
