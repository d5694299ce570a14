"""The page: one self-contained HTML file that shows what the summary says, and every sample behind it.

Everything that a model or a file brought is escaped by jinja2, or packed and put in by the page's script as
text alone. The page's own policy (`assets.policy`) lets in that one script and nothing from anywhere else.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bridle import outputs
from bridle.analysis.four_figures import FIGURES
from bridle.analysis.rates import LEADING, OF_A_MODEL, WORDS, Row
from bridle.analysis.summary import Summary
from bridle.errors import DataError, MissingExtra
from bridle.outcomes import OUTCOMES
from bridle.report import assets, figures, links
from bridle.report.printed import opening
from bridle.report.provenance import provenance
from bridle.report.samples.packets import packed
from bridle.report.untrusted import line, visible
from bridle.report.verdict import sentences
from bridle.version import __version__

if TYPE_CHECKING:
    from bridle.analysis.probes import Reading
    from bridle.records import Table

# Its first line, so that another file of the same name is never overwritten.
SIGNATURE = "<!doctype html><!-- bridle report -->"
OURS = outputs.Ours(SIGNATURE.encode(), "a page of bridle")
MOST_PARTINGS = 200
MOST_INSIDE = 24_000_000  # bytes of packed samples in the page itself: some 100,000 short answers
# The rates of the table that ranks models; each stands beside what would have passed anyway.
BOARD = tuple(key for key in LEADING if key != "correct_without")
BARE_BOARD = ("correct_without", "none_stated_without", "truncated_without")
_PACKET = re.compile(r"(columns|\d+)\.gz")


@dataclass(frozen=True, slots=True)
class Page:
    """The HTML, and the packets of samples that stand in files beside it (none: all are in it)."""

    html: str
    packets: dict[str, bytes]


def write_page(
    tables: Sequence[Table], summary: Summary, path: Path | str, *, most_inside: int = MOST_INSIDE
) -> Path:
    """Write the page whole or not at all; a page of ours that stands there is replaced.

    Samples of more than `most_inside` packed bytes go into the folder NAME.data beside it, which a
    browser reads from a server alone: `bridle view`, or any that gives out files.

    Raises:
        DataError: another file stands there, or it cannot be written.
        MissingExtra: vl-convert or jinja2 are not installed.
    """
    path = Path(path)
    folder = path.with_name(f"{path.stem}.data")
    outputs.refuse(path, OURS)
    _refuse_folder(folder)
    page = render(tables, summary, folder=folder.name, most_inside=most_inside)
    _write_packets(folder, page.packets)
    return outputs.write(path, page.html, OURS)


def _write_packets(folder: Path, packets: Mapping[str, bytes]) -> None:
    """Put the packets into the folder, and nothing else; without packets there is no folder."""
    try:
        if packets:
            folder.mkdir(parents=True, exist_ok=True)
        for name, data in packets.items():
            (folder / f"{name}.gz").write_bytes(data)
        if folder.is_dir():
            for old in folder.iterdir():
                if old.stem not in packets:
                    old.unlink()
            if not packets:
                folder.rmdir()
    except OSError as error:
        raise DataError(
            f"{folder} could not be written: {error.strerror or error}.",
            expected="a folder that can be written to, on a disk with room",
            hint="another place with --out FILE, or --no-page",
        ) from error


def render(
    tables: Sequence[Table],
    summary: Summary,
    *,
    folder: str = "page.data",
    most_inside: int = MOST_INSIDE,
) -> Page:
    """The page; samples of more than `most_inside` packed bytes stand in `folder` beside it."""
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
    packets = dict(packed([table.frame for table in tables], rules=summary.rules))
    inside = sum(map(len, packets.values())) <= most_inside
    text = {name: base64.b64encode(data).decode("ascii") for name, data in packets.items()}
    html = environment.get_template("page.html").render(
        summary=summary,
        names=[table.name for table in tables],
        verdict=[line(text) for text in sentences(summary, tables)],
        readings=_readings(tables),
        opening=opening(summary, [table.name for table in tables]),
        words=WORDS,
        main=OF_A_MODEL,
        board=_there(summary.overall, BOARD) or _there(summary.overall, BARE_BOARD),
        ranked=sorted(summary.overall, key=_obedience, reverse=True),
        outcomes=OUTCOMES,
        figure_words=FIGURES,
        change=figures.sentence,
        samples=links.samples,
        behind=links.behind,
        there=_there,
        charts=charts.of_study(tables, summary),
        colours=COLOURS_JSON,
        partings=summary.partings[:MOST_PARTINGS],
        beside=None if inside else folder,
        packets=text if inside else {},
        provenance=[provenance(table) for table in tables],
        version=__version__,
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        policy=assets.policy(connect=not inside),
        style=assets.style(),
        script=assets.script(),
    )
    return Page(SIGNATURE + html, {} if inside else packets)


def _there(rows: Sequence[Row], keys: Sequence[str]) -> list[str]:
    """The rates that some row has: a column of dashes alone says nothing."""
    return [
        key
        for key in keys
        if any(
            not isinstance(cell, str)
            for row in rows
            for cell in (row.rates[key].run, row.rates[key].complete)
        )
    ]


def _readings(tables: Sequence[Table]) -> list[Reading]:
    """What the probes among the studies found; none where the benchmark is no probe."""
    from bridle.analysis.probes import readings
    from bridle.probes import PROBES

    found: list[Reading] = []
    for table in tables:
        for name in table.frame["benchmark"].unique(maintain_order=True):
            if name in PROBES:
                rows = table.frame.filter(table.frame["benchmark"] == name)
                found += readings(str(name), rows)
    return found


def _obedience(row: Row) -> float:
    """What the models are ranked by: HAcc, and correctness where nothing was to be obeyed; one without
    a rate goes last."""
    for key in ("hacc", "correct_without"):
        cell = row.rates[key].run
        if not isinstance(cell, str):
            return cell.value
    return -1.0


def _refuse_folder(folder: Path) -> None:
    """Packets of an older page may be replaced; a folder that holds anything else is not touched."""
    if not folder.exists():
        return
    ours = folder.is_dir() and all(_PACKET.fullmatch(file.name) for file in folder.iterdir())
    if not ours:
        raise DataError(
            f"{folder} is there already, and holds more than samples of a page; nothing was written.",
            expected="no such folder, or that of an older page",
            hint="another name with --out FILE",
        )
