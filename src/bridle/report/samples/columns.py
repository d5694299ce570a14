"""The columns by which the page filters, sorts and lists its samples: small, for all of them.

Texts that repeat are levels and numbers into them; a truth is 1, 0, or −1 where it is not known.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from bridle.analysis.labels import LABEL
from bridle.analysis.rates import NO_NAME
from bridle.analysis.ways import way
from bridle.outcomes import CORRECT, HARD, JOINT, SOFT
from bridle.report.untrusted import line

if TYPE_CHECKING:
    import polars as pl

LEVELS = (
    "who",
    "model",
    "arm",
    "benchmark",
    "source",
    "status",
    "problem",
    "item",
)
NUMBERS = ("sample", "turn", "n_constraints", "tokens_thinking", "tokens_out")
TRUTHS = (HARD.name, CORRECT.name, JOINT.name)
IDENTITY = ("benchmark", "item", "condition", "arm", "factors", "model", "sample", "turn")


def columns(frame: pl.DataFrame) -> dict[str, Any]:
    """What the script needs of every sample: `frame` is `analysis.rules.under` of gathered records.

    `checks` holds [constraint, obeyed, constraint, obeyed, …] of each sample by the rules in force,
    `key` what a link names it by: the same for the same drawing in every page that is made.
    """
    import polars as pl

    found: dict[str, Any] = {"size": frame.height}
    found["levels"] = {name: _levels(frame[name].to_list()) for name in LEVELS}
    # as the report's tables have it: an item that has no constraints was asked without any
    asked = frame.select(pl.when("bare").then(pl.lit("without")).otherwise("condition"))
    found["levels"]["condition"] = _levels(asked.to_series().to_list())
    # as they call it, too: how the final answer was found, where one was looked for
    found["levels"]["found_how"] = _levels(frame.select(way()).to_series().to_list())
    found["numbers"] = {name: frame[name].to_list() for name in NUMBERS}
    found["truths"] = {name: [_truth(v) for v in frame[name].to_list()] for name in TRUTHS}
    found["soft"] = [None if v is None else round(v, 3) for v in frame[SOFT.name].to_list()]
    names: dict[str, int] = {}
    checks: list[list[int]] = []
    parted: list[int] = []
    rows = frame.select("verdicts", "judged", "upstream_verdicts").iter_rows()
    for verdicts, judged, theirs in rows:
        one: list[int] = []
        for verdict, obeyed in zip(verdicts or (), judged or (), strict=False):
            one += [names.setdefault(line(verdict["constraint"]), len(names)), _truth(obeyed)]
        checks.append(one)
        # as in `analysis.rules`: an undetermined verdict does not pass, so it parts from a pass alone
        parted.append(
            int(
                any(
                    other is not None and (verdict["obeyed"] is True) != other
                    for verdict, other in zip(verdicts or (), theirs or (), strict=False)
                )
            )
        )
    found["constraints"], found["checks"], found["parted"] = list(names), checks, parted
    identity = [*IDENTITY, *([LABEL] if LABEL in frame.columns else [])]
    found["key"] = [_key(row) for row in frame.select(identity).iter_rows()]
    return found


def _levels(values: list[Any]) -> dict[str, Any]:
    """{"of": the distinct texts as they are shown, "at": the number of each value's; −1 for none}."""
    raw: dict[Any, int] = {None: -1}
    of: dict[str, int] = {}
    for value in values:
        if value not in raw:
            raw[value] = of.setdefault(line(str(value) or NO_NAME, most=300), len(of))
    return {"of": list(of), "at": [raw[value] for value in values]}


def _truth(value: bool | None) -> int:
    return -1 if value is None else int(value)


def _key(identity: tuple[Any, ...]) -> str:
    text = json.dumps(identity, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
