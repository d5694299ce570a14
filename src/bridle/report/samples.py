"""Which responses the page shows, failures first, and how one is laid out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle.analysis.rules import under
from bridle.analysis.summary import gather
from bridle.grading import located
from bridle.report.untrusted import Mark, Shown, line, marked

if TYPE_CHECKING:
    import polars as pl

# kind → its heading and how many are shown at most
KINDS: dict[str, tuple[str, int]] = {
    "broken": ("A constraint is broken", 16),
    "unfinished": ("No complete answer", 6),
    "wrong": ("All obeyed, but the final answer is wrong", 6),
    "undetermined": ("A verdict is undetermined", 4),
    "error": ("No response at all", 3),
    "good": ("Nothing to find fault with", 5),
}
MOST_PROMPT, MOST_THINKING, MOST_ANSWER = 4_000, 4_000, 8_000  # characters


@dataclass(frozen=True, slots=True)
class Check:
    """A verdict as shown; `number` is the colour of its marks."""

    number: int
    constraint: str
    obeyed: bool | None
    upstream: bool | None
    broken: bool  # by the rules in force
    wanted: str
    observed: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A record as shown; texts are escaped HTML, the rest is escaped by the template."""

    who: str
    item: str
    sample: int
    condition: str
    status: str
    prompt: Shown
    thinking: Shown
    answer: Shown
    error: str | None
    reference: str | None
    found: str | None
    correct: bool | None
    checks: list[Check]


def choose(
    frames: Sequence[pl.DataFrame], *, rules: str = "ours"
) -> list[tuple[str, int, list[Sample]]]:
    """(heading, how many there are in all, those shown), failures first.

    Within a kind the models and the constraints that are broken take turns, in the order of the
    table, so that one frequent failure does not hide the others. No chance is involved.
    """
    import polars as pl

    frame = under(gather(frames), rules)
    asked = frame.filter(~pl.col("bare"))
    if asked.height:  # the answers to bare prompts are the floor, not failures
        frame = asked
    queues: dict[str, dict[tuple[str, str], list[int]]] = {
        kind: defaultdict(list) for kind in KINDS
    }
    light = frame.select(
        "who",
        "status",
        "judged",
        "correct",
        "undetermined",
        names=pl.col("verdicts").list.eval(pl.element().struct.field("constraint")),
    )
    for place, row in enumerate(light.iter_rows(named=True)):
        kind, turn = _kind(row)
        queues[kind][row["who"], turn].append(place)
    found: list[tuple[str, int, list[Sample]]] = []
    for kind, (heading, most) in KINDS.items():
        places = _in_turns(queues[kind], most)
        total = sum(len(queue) for queue in queues[kind].values())
        if total:
            rows = frame[places].to_dicts()
            found.append((heading, total, [lay_out(row) for row in rows]))
    return found


def _kind(row: dict[str, Any]) -> tuple[str, str]:
    """The kind of a record, and whose turn it takes: the first constraint that it breaks."""
    if row["status"] == "error":
        return "error", ""
    if row["status"] != "complete":
        return "unfinished", row["status"]
    for obeyed, name in zip(row["judged"] or (), row["names"] or (), strict=False):
        if obeyed is False:
            return "broken", name
    if row["undetermined"]:
        return "undetermined", ""
    return ("wrong" if row["correct"] is False else "good"), ""


def _in_turns(queues: dict[tuple[str, str], list[int]], most: int) -> list[int]:
    waiting = [list(queue) for queue in queues.values()]
    taken: list[int] = []
    while waiting and len(taken) < most:
        for queue in waiting[: most - len(taken)]:
            taken.append(queue.pop(0))
        waiting = [queue for queue in waiting if queue]
    return taken


def lay_out(row: dict[str, Any]) -> Sample:
    """One record of the frame as it stands on the page; spans that broke a rule of ours are marked."""
    checks: list[Check] = []
    marks: dict[str, list[Mark]] = {"thinking": [], "answer": []}
    thinking, answer = row["thinking"] or "", row["answer"] or ""
    theirs: list[bool | None] = row["upstream_verdicts"] or []
    in_force: list[bool | None] = row["judged"] or []
    verdicts: list[dict[str, Any]] = row["verdicts"] or []
    for number, verdict in enumerate(verdicts):
        check = Check(
            number=number,
            constraint=verdict["constraint"],
            obeyed=verdict["obeyed"],
            upstream=theirs[number] if number < len(theirs) else None,
            broken=number < len(in_force) and in_force[number] is False,
            wanted=verdict["wanted"] or "",
            observed=_observed(verdict["observed"]),
            reason=verdict["reason"] or "",
        )
        checks.append(check)
        if verdict["obeyed"] is False:
            title = f"{check.constraint}: {line(check.reason, most=200)}"
            for start, end in verdict["evidence"] or ():
                for part, first, last in located(verdict["scope"], thinking, start, end):
                    marks[part].append(Mark(first, last, number, title))
    return Sample(
        who=row["who"],
        item=row["item"],
        sample=row["sample"],
        condition=row["condition"],
        status=row["status"],
        prompt=marked(row["prompt"] or "", most=MOST_PROMPT),
        thinking=marked(thinking, marks["thinking"], most=MOST_THINKING),
        answer=marked(answer, marks["answer"], most=MOST_ANSWER),
        error=row["error"],
        reference=row["reference"],
        found=row["found"],
        correct=row["correct"],
        checks=checks,
    )


def _observed(text: str | None) -> str:
    """The table holds what was observed as JSON; a string is shown without its quotes."""
    if text is None:
        return ""
    try:
        value = json.loads(text)
    except ValueError:
        return line(text, most=200)
    return "" if value is None else line(value if isinstance(value, str) else text, most=200)
