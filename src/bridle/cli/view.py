"""bridle view: the page of one or several studies in a browser, however many samples they have."""

from __future__ import annotations

import click


@click.command("view")
@click.argument("folders", nargs=-1, required=True, metavar="[NAME=]DIR…")
@click.option(
    "--rules",
    default="ours",
    show_default=True,
    metavar="ours|upstream",
    help="Whose verdicts the figures count; upstream is the benchmark's published code.",
)
@click.option(
    "--port",
    default=0,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port; 0 takes a free one.",
)
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def command(folders: tuple[str, ...], rules: str, port: int, no_browser: bool) -> None:
    """Show the page of the studies in DIR… in a browser, made anew, on this machine alone.

    The samples are read from the server as they are needed, so that a study of any size opens at once.
    Nothing is written into DIR. Ends on Ctrl-C.

    \b
    bridle view demo
    bridle view cold=runs/a hot=runs/b --port 8000 --no-browser
    """
    import contextlib
    import tempfile
    import webbrowser
    from pathlib import Path

    from bridle import records
    from bridle.analysis.labels import labelled, named
    from bridle.analysis.summary import summarise
    from bridle.cli.terminal import say
    from bridle.report.page import write_page
    from bridle.report.viewing import viewer

    given = named(folders)
    read = [records.read(folder) for _, folder in given]
    tables = labelled(read, [name for name, _ in given])
    summary = summarise(tables, rules=rules)
    with tempfile.TemporaryDirectory(prefix="bridle-view-") as place:
        page = write_page(tables, summary, Path(place) / "page.html", most_inside=0)
        with viewer(page.parent, page.name, port=port) as server:
            say(f"{server.address}  (this machine alone; Ctrl-C ends it)")
            if not no_browser:
                webbrowser.open(server.address)
            with contextlib.suppress(KeyboardInterrupt):
                server.serve_forever()
