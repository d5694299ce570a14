"""What a study says of itself (study.json and the table's own words), one line a fact."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bridle.report.untrusted import line

if TYPE_CHECKING:
    from bridle.records import Table


def provenance(table: Table) -> list[tuple[str, str]]:
    """(what, value) of each fact, fit to be shown."""
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
