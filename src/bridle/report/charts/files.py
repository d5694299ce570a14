"""Charts as files of a folder, with an index that says what each shows.

    write_charts(charts, Path("figures"), formats=("svg", "pdf"))
    -> figures/outcomes.svg, figures/outcomes.pdf, …, figures/index.json

The index is also how a later run knows which files are its own: no other file is ever overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bridle import outputs
from bridle.errors import DataError
from bridle.report.charts.chart import Chart

INDEX = "index.json"
OURS = outputs.Ours(b'{"bridle figures": ', "an index of bridle figures")
SCALE = 3  # pixels of a PNG for each of the drawing: 3 prints well in a column
_MAKE: dict[str, Callable[[Chart], str | bytes]] = {
    "svg": Chart.to_svg,
    "png": lambda chart: chart.to_png(scale=SCALE),
    "pdf": Chart.to_pdf,
    "vl.json": lambda chart: json.dumps(chart.to_vega_lite(), indent=1, ensure_ascii=False) + "\n",
}
FORMATS = tuple(_MAKE)


def write_charts(
    charts: Sequence[Chart], folder: Path, *, formats: Sequence[str] = FORMATS
) -> list[Path]:
    """Write every chart in every format; gives the files, the index last.

    Raises:
        DataError: a file of that name is there that no earlier run wrote, or one cannot be written.
    """
    outputs.refuse(folder / INDEX, OURS)
    entries = _index(folder / INDEX)
    before = {name for entry in entries.values() for name in entry.get("files", ())}
    wanted = [(chart, form, folder / f"{chart.key}.{form}") for chart in charts for form in formats]
    for _, _, path in wanted:
        if path.exists() and path.name not in before:
            raise DataError(
                f"{path} is there already, and no earlier bridle figures wrote it; nothing was overwritten.",
                expected="a folder of its own, or one that bridle figures has written",
                hint="another folder with --out FOLDER",
            )
    for chart in charts:
        kept = [
            name for name in entries.get(chart.key, {}).get("files", ()) if (folder / name).exists()
        ]
        names = [path.name for one, _, path in wanted if one is chart]
        entries[chart.key] = {
            "title": chart.title, "says": chart.says, "unit": chart.unit, "n": chart.n,
            "interval": chart.interval, "files": sorted({*kept, *names}),
        }  # fmt: skip
    # the index goes first: what is written after it is known as ours even if the run is cut off
    index = (
        json.dumps({"bridle figures": 1, "charts": entries}, indent=1, ensure_ascii=False) + "\n"
    )
    index = index.replace('{\n "bridle figures": ', OURS.start.decode(), 1)
    outputs.write(folder / INDEX, index, OURS)
    for chart, form, path in wanted:
        outputs.write(path, _MAKE[form](chart), outputs.Ours(b"", "a figure of bridle"))
    return [*(path for _, _, path in wanted), folder / INDEX]


def _index(path: Path) -> dict[str, Any]:
    """What earlier runs wrote into the folder, by the key of the chart."""
    if not path.is_file():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))["charts"]
    except (ValueError, KeyError, OSError) as error:
        raise DataError(
            f"{path} cannot be read as an index of figures.",
            expected="the file as bridle figures wrote it",
            hint="another folder with --out FOLDER",
        ) from error
    return {key: entry for key, entry in dict(found).items() if isinstance(entry, dict)}
