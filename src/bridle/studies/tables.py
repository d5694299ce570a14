"""The table of a study, made anew from its journal: every response graded, with what must be said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bridle import records
from bridle.calls import Reply, Turn
from bridle.errors import BridleError
from bridle.grading import item_of
from bridle.responses import Hints
from bridle.studies.drawing import Drawing
from bridle.studies.folder import TABLE
from bridle.studies.grades import graded, said, votes
from bridle.studies.plan import Call
from bridle.studies.state import State
from bridle.studies.treatments import Cell

if TYPE_CHECKING:
    from bridle.studies.study import Study


def write_table(
    study: Study,
    replies: Mapping[Call, Reply],
    made: int,
    interrupted: bool,
    ended: str | None,
    log: Any,
) -> State:
    """Grade every response of the journal into the study's table, and into a log of Inspect's if one is open.

    `made` calls were made in this run, which may have been `interrupted`; `ended` says what ended it.
    """
    about = {"command": "run", **study.plan.to_dict()}
    del about["item_ids"], about["shard_items"], about["item_hashes"]
    errors: Counter[str] = Counter()
    dropped: dict[str, Counter[str]] = {}
    rows = 0
    hints = votes((call.model, reply) for call, reply in replies.items())
    voted = said(hints)
    with records.Writer(study.folder / TABLE, planned=study.plan.planned, about=about) as table:
        for call in study.plan.calls():
            if call not in replies:
                continue
            for turn, record in _graded(study, call, replies, hints.get(call.model)):
                table.add(record)
                if log is not None:
                    log.add(item_of(study.items[call.item], turn), turn, record)
                rows += 1
                if record.status == "error":
                    errors[record.error or "no reason given"] += 1
                for name in (record.sent or {}).get("dropped", ()):
                    dropped.setdefault(call.model, Counter())[name] += 1
        # known only now, and written with the table's last part
        table.about["dropped"] = {m: dict(c) for m, c in dropped.items()}
        table.about["voted"] = voted
    failed = sum(errors.values())
    return State(
        folder=study.folder,
        planned=study.plan.planned,
        answered=rows - failed,
        errors=failed,
        made=made,
        interrupted=interrupted,
        why=ended or (errors.most_common(1)[0][0] if errors else None),
        dropped={m: dict(c) for m, c in dropped.items()},
        voted=tuple(voted),
    )


def _graded(
    study: Study, call: Call, replies: Mapping[Call, Reply], hints: Hints | None
) -> list[tuple[Turn, records.Record]]:
    _, levels = study.cell(call)
    try:
        return graded(study.drawing(call, replies), levels, hints)
    except BridleError as error:
        # the arm failed: a row that says so, in the place of its first
        plain, item = Cell("plain", ()).make(), study.items[call.item].at(0)
        return graded(Drawing(plain, item, call, {call: Reply(error=error.what)}), levels)
