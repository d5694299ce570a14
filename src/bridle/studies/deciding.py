"""A study that stops when its question is answered: five looks, or whenever one likes.

    decide(study, read_question("reminder vs plain on joint"), run=…, say=print)

The study is drawn problem by problem, all arms of a problem together. After the first hundred pairs
the share that flips, and not its sign, plans the number of pairs anew. A pair whose outcome is missing
(an error) counts as a failure: what is dropped where it fails would decide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridle.errors import BridleError
from bridle.studies.question import Question
from bridle.studies.state import State
from bridle.studies.study import Study

if TYPE_CHECKING:
    import numpy as np
    import polars as pl

    Floats = np.ndarray

FIRST = 100  # pairs after which the plan is made anew
TARGET = 0.05  # the difference that is planned for
LOOKS = 5
ANY_TIME_LOOKS = 40  # looks of the always-valid sequence: each reads the table anew


@dataclass(frozen=True)
class Answer:
    """What was decided, after how many of the problems."""

    verdict: str
    value: float
    low: float
    high: float
    pairs: int
    planned: int
    looks: int
    state: State

    def line(self, question: Question) -> str:
        return (
            f"{question}: {self.verdict}. Difference {100 * self.value:+.1f} points "
            f"[{100 * self.low:+.1f}, {100 * self.high:+.1f}] after {self.pairs:,} pairs "
            f"({self.looks} look{'s' * (self.looks != 1)}, {self.planned:,} pairs planned)."
        )


def decide(
    study: Study,
    question: Question,
    *,
    run: Callable[[set[str]], State],
    any_time: bool = False,
    looks: int = LOOKS,
    target: float = TARGET,
    say: Callable[[str], None] = lambda _: None,
) -> Answer:
    """Draw the study in blocks of problems and stop when the question is answered.

    `run` makes the drawings of those items (all items so far) and writes the table.

    Raises:
        BridleError: the study lacks an arm of the question, or the outcome has no value in it.
    """
    from bridle.statistics import Betting, Looks, replan
    from bridle.statistics.planning import DEFF

    _refuse(study, question)
    blocks = _problems(study)
    per_problem = len(study.plan.asked) * study.plan.samples / len(blocks)
    available = len(study.plan.asked) * study.plan.samples
    planned = available
    replanned = False
    fractions: list[float] = []
    done = 0
    number = ANY_TIME_LOOKS if any_time else looks
    while True:
        step = max(2, round(planned / number / per_problem))
        if not replanned:
            step = min(step, max(2, -(-FIRST // max(1, round(per_problem)))))
        done = min(len(blocks), done + step)
        state = run({item for block in blocks[:done] for item in block})
        sums, sizes, flipped = _differences(study, question, blocks[:done])
        pairs = int(sizes.sum())
        if state.interrupted or not len(sums):
            value = float(sums.sum() / sizes.sum()) if len(sums) else float("nan")
            return Answer("broken off", value, -1, 1, pairs, planned, len(fractions), state)
        if not replanned and pairs >= min(FIRST, available):
            replanned = True
            needed = replan(flipped, pairs, target, deff=DEFF)
            planned = max(pairs, min(available, needed))
            share = flipped / pairs
            room = "" if needed <= available else f", of which this study has {available:,}"
            say(
                f"After {pairs:,} pairs {100 * share:.0f} % flip: {needed:,} pairs find "
                f"{100 * target:g} points four times in five{room}."
            )
        last = done >= len(blocks) or pairs >= planned
        fractions.append(1.0 if last else pairs / planned)
        if any_time:
            variance = max(1e-3, min(1.0, float(((sums / sizes) ** 2).mean())))
            seen = Betting(planned=target, variance=variance).look(sums / sizes)
            verdict, value, low, high = _by_bets(seen, target, last)
        else:
            one = Looks(looks).decide(
                sums, sizes, fractions=fractions, target=target, weight=1 / study.plan.samples
            )
            verdict, value, low, high = one.verdict, one.value, one.low, one.high
        answer = Answer(verdict, value, low, high, pairs, planned, len(fractions), state)
        say(f"look {len(fractions)}: {answer.line(question)}")
        if verdict != "go on" or last:
            return answer


def _by_bets(seen: object, target: float, last: bool) -> tuple[str, float, float, float]:
    value, low, high = seen.mean, seen.low, seen.high  # type: ignore[attr-defined]
    if seen.decided:  # type: ignore[attr-defined]
        verdict = "better" if value > 0 else "worse"
    elif -target / 2 < low and high < target / 2:
        verdict = "too small to matter"
    else:
        verdict = "cannot tell" if last else "go on"
    return verdict, value, low, high


def _refuse(study: Study, question: Question) -> None:
    from bridle.arms import read_name

    for name in (question.arm, question.base):
        base, given = read_name(name)
        cells = [c for c in study.plan.cells() if c.arm == base]
        fitting = [c for c in cells if given.items() <= dict(c.factors).items()]
        if len(fitting) != 1:
            raise BridleError(
                f"The study has {len(fitting)} arms {name!r}.",
                expected="one: with its factors where there are several",
                hint=f"--arm {name}",
            )
    if len(study.plan.models) != 1:
        raise BridleError("A question is decided for one model.", hint="one --model")


def _problems(study: Study) -> list[list[str]]:
    """The items of each problem, in the plan's order."""
    found: dict[str, list[str]] = {}
    for name in study.plan.asked:
        found.setdefault(study.items[name].problem.id, []).append(name)
    return list(found.values())


def _differences(
    study: Study, question: Question, blocks: Sequence[Sequence[str]]
) -> tuple[Floats, Floats, int]:
    """Each problem's sum of differences, its number of pairs, and how many pairs flipped."""
    import numpy as np
    import polars as pl

    from bridle import records

    frame = records.read(study.folder, texts=False).frame
    if question.outcome not in frame.columns:
        raise BridleError(f"The records have no outcome {question.outcome!r}.")
    frame = frame.filter(pl.col("condition") == "with", pl.col("fork") == "")
    sides = []
    for name in (question.arm, question.base):
        rows = _of_arm(frame, name)
        value = pl.col(question.outcome).cast(pl.Float64).fill_null(0.0)
        sides.append(rows.group_by("item", "sample").agg(value.mean().alias("y")))
    both = sides[0].join(sides[1], on=["item", "sample"], suffix="_base")
    change = {item: 0.0 for block in blocks for item in block}
    count = dict.fromkeys(change, 0)
    flipped = 0
    for item, y, base in both.select("item", "y", "y_base").iter_rows():
        if item in change:
            change[item] += y - base
            count[item] += 1
            flipped += abs(y - base) > 1e-9
    sums = [sum(change[item] for item in block) for block in blocks]
    sizes = [sum(count[item] for item in block) for block in blocks]
    kept = [i for i, size in enumerate(sizes) if size]
    return np.array(sums, float)[kept], np.array(sizes, float)[kept], flipped


def _of_arm(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    import polars as pl

    from bridle.arms import read_name

    base, given = read_name(name)
    rows = frame.filter(pl.col("arm") == base)
    for factor, level in given.items():
        rows = rows.filter(pl.col(f"factor.{factor}").cast(pl.String) == str(level))
    return rows
