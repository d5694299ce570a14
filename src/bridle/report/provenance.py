"""How the records of a study came to be: what was asked, what was really sent, by which versions.

From study.json (the plan), from what the table's writer said of itself, and from the records; each fact once.
"""

from __future__ import annotations

import contextlib
import json
import shlex
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.report.untrusted import line

if TYPE_CHECKING:
    import polars as pl

    from bridle.records import Table

MOST_NAMED = 20  # values of a list that are named
# What the plan or the table's writer say, in the order in which it is shown, and how it is called.
_ASKED: dict[str, str] = {
    "benchmark": "benchmark",
    "provenance": "made of",
    "loaded": "loaded with",
    "files": "files scored",
    "items": "items",
    "items_sha256": "SHA-256 of the items",
    "models": "models",
    "model": "model",
    "arms": "arms",
    "factors": "factors",
    "conditions": "conditions",
    "samples": "samples of each prompt",
    "seed": "seed",
    "decoding": "decoding asked for",
    "rules": "rules",
}
# Counted from the records themselves, or of no use to a reader.
_LEFT_OUT = (
    "planned",
    "item_ids",
    "graded",
    "schema",
    "bridle_version",
    "prompt_characters",
    "dropped",
    "command",
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Of one study: its facts as (what, value), and the command that makes it again, or ""."""

    name: str
    facts: list[tuple[str, str]]
    command: str


def provenance(table: Table) -> Provenance:
    """Everything that is known of how a table was made, fit to be shown."""
    said: dict[str, Any] = {**_plan(table), **table.about}
    facts: list[tuple[str, Any]] = [("folder", table.path.parent.name)]
    if isinstance(ids := said.get("item_ids"), list):
        facts.append(("items", f"{len(ids):,}"))
    facts += [(name, said[key]) for key, name in _ASKED.items() if key in said]
    facts += [
        (key, value) for key, value in said.items() if key not in _ASKED and key not in _LEFT_OUT
    ]
    frame = table.frame
    facts += [
        ("records planned", f"{table.planned:,}"),
        ("records there", f"{frame.height:,}"),
        ("records missing", f"{table.missing:,}"),
        ("errors", f"{frame.filter(frame['status'] == 'error').height:,}"),
        *_sent(frame),
        ("asked for and not sent", said.get("dropped")),
        ("judged by bridle", _distinct(frame, "bridle_version")),
        ("checkers, with versions", _checkers(frame)),
    ]
    shown = [(line(name), line(_words(value), most=1_000)) for name, value in facts]
    return Provenance(table.name, [fact for fact in shown if fact[1]], _command(said, table))


def _plan(table: Table) -> dict[str, Any]:
    path = table.path.parent / "study.json"
    with contextlib.suppress(OSError, ValueError):  # the figures are from the table alone
        plan = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(plan, dict):
            return plan
    return {}


def _words(value: Any) -> str:
    """A value in words; "" where it says nothing."""
    if value is None or value == "" or value == {} or value == []:
        return ""
    if isinstance(value, Mapping):
        inner = [(key, _words(one)) for key, one in value.items()]
        return "; ".join(f"{key} {said}" for key, said in inner if said)
    if isinstance(value, list | tuple):
        rest = f" … {len(value)} in all" if len(value) > MOST_NAMED else ""
        return ", ".join(_words(one) or "–" for one in value[:MOST_NAMED]) + rest
    return str(value)


def _sent(frame: pl.DataFrame) -> list[tuple[str, str]]:
    """The settings that the requests' bodies really held, and the hashes of the templates used."""
    import polars as pl

    sent = frame.select(pl.col("sent").drop_nulls())
    if not sent.height:
        return []
    # every request has its own seed; without it few settings are different
    counted = (
        sent.select(
            settings=pl.col("sent")
            .str.json_path_match("$.settings")
            .str.replace(r'"seed":\s*-?\d+,?\s*', ""),
        )
        .group_by("settings", maintain_order=True)
        .len()
        .drop_nulls()
    )
    values: dict[str, Counter[Any]] = {}
    for text, count in counted.iter_rows():
        with contextlib.suppress(ValueError, TypeError):
            settings = json.loads(text.replace(",}", "}"))
            for name, value in settings.items():
                values.setdefault(str(name), Counter())[_words(value)] += count
    said = [f"{name} {_counted(found)}" for name, found in values.items()]
    heads = sent.select(pl.col("sent").str.json_path_match("$.head_sha256").alias("head"))["head"]
    hashes = heads.drop_nulls().unique(maintain_order=True).to_list()
    found = [("settings sent, beside a seed", "; ".join(said))]
    if hashes:
        shown = ", ".join(str(one)[:16] for one in hashes[:5])
        rest = f" … {len(hashes):,} in all" if len(hashes) > 5 else ""
        found.append(("SHA-256 of the rendered template's head", shown + rest))
    return found


def _counted(values: Counter[Any]) -> str:
    """The values of a setting, with how many requests had each where they are several."""
    if len(values) == 1:
        return str(next(iter(values)))
    named = [f"{value} (in {count:,})" for value, count in values.most_common(4)]
    rest = f" … {len(values)} values in all" if len(values) > 4 else ""
    return ", ".join(named) + rest


def _distinct(frame: pl.DataFrame, column: str) -> str:
    return ", ".join(sorted(frame[column].unique().drop_nulls().to_list()))


def _checkers(frame: pl.DataFrame) -> str:
    """Each constraint type with the version of its checker."""
    import polars as pl

    one = frame.select(pl.col("verdicts").explode()).drop_nulls()["verdicts"]
    if not one.len():
        return ""
    pairs = (
        one.struct.unnest().select("constraint", "version").unique().sort("constraint", "version")
    )
    return ", ".join(f"{name} {version}" for name, version in pairs.iter_rows())


def _command(said: Mapping[str, Any], table: Table) -> str:
    """The command line that makes the study again, as far as its plan says."""
    options: list[tuple[str, Any]] = []
    words: list[Any] = []
    if said.get("command") == "score" and isinstance(said.get("files"), list):
        words = ["bridle", "score", *said["files"]]
        options = [("items", said.get("items")), ("model", said.get("model"))]
        options.append(("rules", said.get("rules") if said.get("rules") != "ours" else None))
    elif isinstance(said.get("models"), list) and "decoding" in said:
        words = ["bridle", "run"]
        loaded, decoding = _mapping(said.get("loaded")), _mapping(said.get("decoding"))
        conditions = said.get("conditions")
        arms = said.get("arms") if said.get("arms") != ["plain"] else None
        options = [
            *(("model", name) for name in said["models"]),
            ("benchmark", said.get("benchmark")),
            *loaded.items(),
            *(("arm", arm) for arm in arms or ()),
            *(("factor", f"{k}={_levels(v)}") for k, v in _mapping(said.get("factors")).items()),
            ("conditions", conditions[0] if conditions and len(conditions) == 1 else None),
            ("samples", said.get("samples") if said.get("samples") != 1 else None),
            ("seed", said.get("seed") or None),
            *((key.replace("_", "-"), value) for key, value in decoding.items()),
        ]
    if not words:
        return ""
    for name, value in options:
        if value is not None and value is not False:
            words += [f"--{name}".replace("_", "-"), value]
    words += ["--out", table.path.parent.name]
    return line(shlex.join(map(str, words)), most=4_000)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _levels(value: Any) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
