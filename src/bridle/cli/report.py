"""bridle report: print the summary of one or several studies and write the page."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command("report")
@click.argument("folders", nargs=-1, required=True, metavar="DIR…", type=click.Path(path_type=Path))
@click.option(
    "--rules",
    default="ours",
    show_default=True,
    metavar="ours|upstream",
    help="Whose verdicts the figures count; upstream is the benchmark's published code.",
)
@click.option("--json", "as_json", is_flag=True, help="Print every figure as one JSON object.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the page is written. [default: DIR/page.html]",
)
@click.option("--no-page", is_flag=True, help="Write no page.")
def command(
    folders: tuple[Path, ...], rules: str, as_json: bool, out: Path | None, no_page: bool
) -> None:
    """Print the summary of the study in DIR and write its page.

    Rates stand with their 95 % intervals: as run (a response that was cut off is a failure) and
    among complete answers. Several folders are put together by model.

    Exits with 1 if planned records are missing.

    \b
    bridle report demo
    bridle report runs/a runs/b --out both.html
    bridle report demo --json --no-page
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
    from bridle.analysis.summary import summarise
    from bridle.cli.terminal import console, say
    from bridle.report.printed import print_summary
    from bridle.report.verdict import sentences

    tables = [records.read(folder) for folder in folders]
    summary = summarise(tables, rules=rules)
    if as_json:
        import json

        click.echo(
            json.dumps({"verdict": sentences(summary, tables), **summary.to_dict()}, indent=1)
        )
    else:
        print_summary(
            summary,
            console(),
            names=[str(folder) for folder in folders],
            verdict=sentences(summary, tables),
        )
    if not no_page:
        from bridle.report.page import write_page

        page = write_page(tables, summary, out or tables[0].path.parent / "page.html")
        say(f"Page: {page}", err=as_json)
    if summary.missing:
        for table in tables:
            if table.missing and (table.path.parent / "study.json").is_file():
                say(f"Make them: bridle run --out {table.path.parent}", err=True)
        sys.exit(1)
