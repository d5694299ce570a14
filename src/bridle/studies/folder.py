"""The folder of a study: the names of its files, the plan that it holds, and what a killed run left in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from bridle import records
from bridle.errors import BridleError
from bridle.studies.plan import Plan, load_plan

PLAN, JOURNAL, TABLE, LOGS = "study.json", "responses.jsonl", records.FILE_NAME, "logs"


def plan_of(folder: Path) -> Plan | None:
    """The plan that a folder holds, or None where there is no study yet.

    Raises:
        BridleError: the path is a file, or holds results whose plan is gone.
    """
    if folder.exists() and not folder.is_dir():
        raise BridleError(f"{folder} is a file.", expected="a folder", hint="another --out")
    if (folder / PLAN).exists():
        return load_plan(folder / PLAN)
    for name in (JOURNAL, TABLE):
        # an empty one is of a run that was killed between its first two steps
        if (folder / name).exists() and (folder / name).stat().st_size:
            raise BridleError(
                f"{folder} holds {name}, but not the {PLAN} that says what was asked.",
                expected="an empty or a new folder, or one that bridle run made",
                hint="another --out",
            )
    return None


def sweep(folder: Path) -> None:
    """Remove the parts of tables and logs that a killed run left; for whoever holds the journal's lock."""
    for left in folder.glob(".records-*"):
        shutil.rmtree(left, ignore_errors=True)
    for part in (folder / LOGS).glob("*.part"):
        part.unlink(missing_ok=True)


def said_of(plan: Plan) -> tuple[Any, ...]:
    """What is said of a study and may change without its being another one."""
    return plan.label, plan.model_args, plan.primary, plan.prices


def share_of_study(plan: Plan) -> str:
    """Which share of the study a folder holds, in words."""
    return "the whole study" if plan.shard is None else f"shard {plan.shard} of the study"
