"""The page: one self-contained HTML file, without scripts, that shows what the summary says.

Everything that a model or a file brought is escaped: by jinja2 in the template, by `untrusted.marked`
where spans are marked. The page's own policy forbids scripts, requests, frames and forms besides.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridle import outputs
from bridle.analysis.four_figures import FIGURES
from bridle.analysis.slices import WORDS, Row
from bridle.analysis.summary import Summary
from bridle.errors import MissingExtra
from bridle.outcomes import OUTCOMES
from bridle.report import figures
from bridle.report.printed import MAIN, opening
from bridle.report.samples import choose
from bridle.report.untrusted import line, visible
from bridle.report.verdict import sentences
from bridle.version import __version__

if TYPE_CHECKING:
    from bridle.records import Table

# Its first line, so that another file of the same name is never overwritten.
SIGNATURE = "<!doctype html><!-- bridle report -->"
OURS = outputs.Ours(SIGNATURE.encode(), "a page of bridle")
MOST_PARTINGS = 200
# The rates of the table that ranks models; each stands beside what would have passed anyway.
BOARD = ("hacc", "floor", "sacc", "joint", "correct_with")


def write_page(tables: Sequence[Table], summary: Summary, path: Path | str) -> Path:
    """Write the page whole or not at all; a page of ours that stands there is replaced.

    Raises:
        DataError: another file stands there, or it cannot be written.
        MissingExtra: vl-convert or jinja2 are not installed.
    """
    path = Path(path)
    outputs.refuse(path, OURS)
    return outputs.write(path, render(tables, summary), OURS)


def render(tables: Sequence[Table], summary: Summary) -> str:
    """The page as text."""
    try:
        import jinja2
        import vl_convert  # noqa: F401
    except ImportError as error:
        raise MissingExtra.of("report", "The page (the summary alone: --no-page)") from error
    from bridle.report import charts
    from bridle.report.charts.colours import COLOURS_JSON

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("bridle.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "line": line,
        "visible": visible,
        "percent": figures.percent,
        "count": figures.count,
    }
    html = environment.get_template("page.html").render(
        summary=summary,
        names=[table.name for table in tables],
        verdict=[line(text) for text in sentences(summary, tables)],
        opening=opening(summary, [table.name for table in tables]),
        words=WORDS,
        main=MAIN,
        board=BOARD,
        ranked=sorted(summary.overall, key=_obedience, reverse=True),
        outcomes=OUTCOMES,
        figure_words=FIGURES,
        change=figures.sentence,
        charts=charts.of_study(tables, summary),
        colours=COLOURS_JSON,
        partings=summary.partings[:MOST_PARTINGS],
        samples=choose([table.frame for table in tables], rules=summary.rules),
        provenance=[provenance(table) for table in tables],
        version=__version__,
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        style="\n".join(_template(name) for name in ("page.css", "charts.css")),
    )
    return SIGNATURE + html


def _template(name: str) -> str:
    return (Path(__file__).parent / "templates" / name).read_text(encoding="utf-8")


def _obedience(row: Row) -> float:
    """What the models are ranked by; one without a rate goes last."""
    cell = row.rates["hacc"].run
    return -1.0 if isinstance(cell, str) else cell.value


def provenance(table: Table) -> list[tuple[str, str]]:
    """What the study says of itself (study.json and the table's own words), one line a fact."""
    facts: dict[str, Any] = {"folder": table.path.parent.name, **table.about}
    plan = table.path.parent / "study.json"
    if plan.is_file():
        with contextlib.suppress(OSError, ValueError):  # the table is what the figures are from
            facts |= {"plan": json.loads(plan.read_text(encoding="utf-8"))}
    frame = table.frame
    facts |= {
        "records written by bridle": ", ".join(sorted(set(frame["bridle_version"].to_list()))),
        "planned records": table.planned,
        "records": frame.height,
        "checkers": _checkers(table),
    }
    return [(line(key), line(value, most=400)) for key, value in _flat(facts)]


def _checkers(table: Table) -> str:
    """Each constraint type with the version of its checker."""
    import polars as pl

    one = table.frame.select(pl.col("verdicts").explode()).drop_nulls()["verdicts"]
    if not one.len():
        return ""
    pairs = (
        one.struct.unnest().select("constraint", "version").unique().sort("constraint", "version")
    )
    return ", ".join(f"{name} {version}" for name, version in pairs.iter_rows())


def _flat(value: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, inner in value.items():
        name = f"{prefix}{key}"
        if isinstance(inner, Mapping):
            rows += _flat(inner, f"{name} · ")
        elif isinstance(inner, list | tuple):
            shown = ", ".join(str(x) for x in inner[:20])
            rest = f" … {len(inner)} in all" if len(inner) > 20 else ""
            rows.append((name, shown + rest))
        elif inner is not None and inner != "":
            rows.append((name, str(inner)))
    return rows
