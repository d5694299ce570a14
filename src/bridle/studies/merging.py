"""Shards of one study, run on several machines, put together into one folder.

    merged = merge([Path("s1"), Path("s2")], study)      # study: the whole one, in a new folder
    merged.state.line()      -> "480 of 960 records; 480 not asked yet: run again to go on"
    merged.absent            -> ["3/4", "4/4"]

Replies are copied from the journals, and graded here by one version; nothing is written before every
folder has been read and no two of them contradict each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bridle.calls import Reply
from bridle.errors import BridleError, DataError
from bridle.studies.folder import JOURNAL, plan_of
from bridle.studies.journal import read_journal
from bridle.studies.plan import Call, Plan
from bridle.studies.shards import read_shard
from bridle.studies.state import State
from bridle.studies.study import Study

SHOWN = 10  # conflicts that a message names


@dataclass(frozen=True)
class Merged:
    """The whole study after the merge; `absent` are shards that no folder holds."""

    state: State
    absent: tuple[str, ...]
    notes: tuple[str, ...]


def read_plans(folders: Sequence[Path]) -> list[Plan]:
    """The plans of the folders, which are of one study.

    Raises:
        BridleError: one holds no study or another one, a shard is there twice, or shards are of
            different cuts.
    """
    plans: list[Plan] = []
    seen: dict[str, Path] = {}
    for folder in folders:
        plan = plan_of(folder)
        if plan is None:
            raise DataError(
                f"{folder} holds no study.", expected="folders of bridle run --shard I/N"
            )
        if plans and (found := plans[0].differences(plan)):
            raise DataError(
                f"{folder} holds another study than {folders[0]}. What differs: {'; '.join(found)}.",
                expected="shards of one study",
            )
        key = plan.shard or str(folder.resolve())
        if key in seen:
            what = f"shard {plan.shard}" if plan.shard else "the same study"
            raise DataError(
                f"{seen[key]} and {folder} are both {what}.",
                expected="each shard once",
                hint="leave one of them out; bridle report of each says what it holds",
            )
        seen[key] = folder
        plans.append(plan)
    cuts = sorted({read_shard(plan.shard)[1] for plan in plans if plan.shard})
    if len(cuts) > 1:
        raise DataError(
            f"Shards of {cuts[0]} and shards of {cuts[1]} overlap.", expected="shards of one cut"
        )
    return plans


def merge(folders: Sequence[Path], study: Study, *, first: bool = False) -> Merged:
    """The replies of all folders in the folder of `study`, graded.

    Two different answers to one call are a conflict; with `first` that of the folder named first counts.
    An answer counts before an error.

    Raises:
        BridleError: folders that do not fit together, conflicts, or a target that holds something.
    """
    plans = read_plans(folders)
    if found := plans[0].differences(study.plan):
        raise DataError(
            f"The items that are loaded here are not those of {folders[0]}: {'; '.join(found)}.",
            expected="the benchmark's files as they were",
        )
    if plan_of(study.folder) is not None:
        raise BridleError(
            f"{study.folder} holds a study already.", expected="a new folder", hint="another --out"
        )
    replies: dict[Call, Reply] = {}
    whose: dict[Call, Path] = {}
    conflicts: list[str] = []
    for folder in folders:
        for call, reply in read_journal(folder / JOURNAL).items():
            held = replies.get(call)
            if held is None or (held.error is not None and reply.error is None):
                replies[call], whose[call] = reply, folder
            elif reply.error is None and _differ(held, reply) and not first:
                conflicts.append(f"{call.words} in {whose[call]} and {folder}")
    if conflicts:
        more = len(conflicts) - SHOWN
        listed = "\n  ".join(conflicts[:SHOWN] + ([f"and {more:,} more"] if more > 0 else []))
        raise BridleError(
            f"{len(conflicts):,} calls have two answers:\n  {listed}",
            expected="one answer a call; nothing was written",
            hint="leave a folder out, or --first: the answer of the folder that is named first",
        )
    strange = [call for call in replies if call.item not in study.items]
    if strange:
        raise DataError(f"{whose[strange[0]]} answers {strange[0].item!r}, which the plan lacks.")
    state = study.take(replies.items())
    return Merged(state, _absent(plans), _notes(plans))


def _differ(one: Reply, other: Reply) -> bool:
    return (one.raw, one.reasoning, one.finish_reason) != (
        other.raw,
        other.reasoning,
        other.finish_reason,
    )


def _absent(plans: Sequence[Plan]) -> tuple[str, ...]:
    there = {read_shard(plan.shard) for plan in plans if plan.shard}
    if not there or any(plan.shard is None for plan in plans):
        return ()
    (of,) = {of for _, of in there}
    return tuple(f"{i}/{of}" for i in range(1, of + 1) if (i, of) not in there)


def _notes(plans: Sequence[Plan]) -> tuple[str, ...]:
    versions = sorted({plan.bridle_version for plan in plans})
    if len(versions) == 1:
        return ()
    return (f"The shards were drawn by bridle {', '.join(versions)}; all are graded by this one.",)
