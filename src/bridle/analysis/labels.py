"""What the studies of one report are called: the label of each, given or its own, else its folder's name.

    named(["cold=runs/a", "runs/b"])     -> [("cold", Path("runs/a")), (None, Path("runs/b"))]
    tables = labelled(tables, ["cold", None])
    tables[0].frame["label"]             -> ["cold", "cold", ...]

Rows of one label are told from those of another even where model, arm and items are the same: two
settings of one model stand side by side. Studies without any label are put together by model.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bridle.errors import BridleError

if TYPE_CHECKING:
    import polars as pl

    from bridle.records import Table

LABEL = "label"  # the column of a labelled frame
DRAWN = ("benchmark", "item", "condition", "arm", "factors", "model", "sample", "turn", "fork")
# what two studies of a report may differ in, and how it is called
SETTINGS = ("models", "benchmark", "arms", "conditions", "samples", "seed")
LONGEST = 80


def named(given: Sequence[str]) -> list[tuple[str | None, Path]]:
    """DIR or NAME=DIR, as typed; a folder whose own name has an equals sign stays one.

    Raises:
        BridleError: nothing before the equals sign, or a name that cannot be a label.
    """
    found: list[tuple[str | None, Path]] = []
    for text in given:
        name, _, rest = text.partition("=")
        if not rest or not name.strip() or "/" in name or Path(text).exists():
            found.append((None, Path(text)))
            continue
        found.append((label(name), Path(rest)))
    return found


def label(text: str) -> str:
    """The text as a label.

    Raises:
        BridleError: it is empty, too long, or would act on a terminal.
    """
    text = text.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        raise BridleError(
            f"{text[:LONGEST]!r} is no label.", expected=f"1 to {LONGEST} printable characters"
        )
    return text


def labelled(tables: Sequence[Table], given: Sequence[str | None] = ()) -> list[Table]:
    """The tables, each with a column `label` if one of them has a label or the same responses are in two.

    Raises:
        BridleError: the same folder twice.
    """
    import polars as pl

    paths = [table.path.resolve() for table in tables]
    if len(set(paths)) < len(paths):
        twice = next(path for path in paths if paths.count(path) > 1)
        raise BridleError(
            f"{twice.parent} is named twice.", expected="each study once", hint="leave one out"
        )
    known: list[str | None] = [
        name or _own(table.about)
        for name, table in zip([*given, *(None,) * len(tables)], tables, strict=False)
    ]
    if not any(known) and not _overlap([table.frame for table in tables]):
        return list(tables)
    names = [
        name or _clean(table.path.parent.name) or "study"
        for name, table in zip(known, tables, strict=True)
    ]
    return [
        dataclasses.replace(
            table,
            frame=table.frame.with_columns(pl.lit(name).alias(LABEL)),
            about={**table.about, LABEL: name},
        )
        for name, table in zip(names, tables, strict=True)
    ]


def differing(tables: Sequence[Table]) -> str:
    """In what the labelled studies were run otherwise: `temperature 0 (cold), 1 (hot); seed …`; or ""."""
    about = [(table.about.get(LABEL), table.about) for table in tables]
    if len(about) < 2 or not all(name for name, _ in about):
        return ""
    parts: list[str] = []
    for key in (*SETTINGS, *_decoding(tables)):
        values = [_value(row, key) for _, row in about]
        if any(value is not None for value in values) and len(set(map(repr, values))) > 1:
            each = (f"{_said(v)} ({name})" for v, (name, _) in zip(values, about, strict=True))
            parts.append(f"{key.replace('_', ' ')} {', '.join(each)}")
    return "; ".join(parts)


def _own(about: dict[str, Any]) -> str | None:
    """The label that a table was written with; whoever wrote it."""
    found = about.get(LABEL)
    return _clean(found) or None if isinstance(found, str) else None


def _clean(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text).strip()[:LONGEST]


def _overlap(frames: Sequence[pl.DataFrame]) -> bool:
    """Whether a response of one table has its like in another: the same item, model and sample."""
    import polars as pl

    if len(frames) < 2:
        return False
    keys = [frame.select(DRAWN).unique() for frame in frames]
    return pl.concat(keys).is_duplicated().any()


def _decoding(tables: Sequence[Table]) -> list[str]:
    found: dict[str, None] = {}
    for table in tables:
        held = table.about.get("decoding")
        found |= dict.fromkeys(held if isinstance(held, dict) else ())
    return list(found)


def _value(about: dict[str, Any], key: str) -> Any:
    held = about.get("decoding")
    if isinstance(held, dict) and key in held:
        return held[key]
    return about.get(key)


def _said(value: Any) -> str:
    if value is None:
        return "the model's own"
    return " and ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
