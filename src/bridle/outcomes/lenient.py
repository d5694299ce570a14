"""The lenient half of IFEval's four figures: its instructions judged again, loosely.

A response obeys an instruction loosely if it does so as it stands, or without its first line, its last
line or its asterisks. Source: Zhou et al. 2023, arXiv 2311.07911, section 2.2. Measured for the
benchmarks whose authors report it; elsewhere there is no such outcome.
"""

from __future__ import annotations

from bridle.benchmarks.published import LENIENT
from bridle.constraints.loose import loose
from bridle.outcomes.base import Judged, OutcomeType, Value, register
from bridle.outcomes.obedience import HARD, SOFT

Measured = tuple[Value, str]


def passed_loosely(judged: Judged) -> int | None:
    """How many instructions a complete answer obeys loosely, None where not all could be judged."""
    strict = list(judged.verdicts)
    if judged.status == "error" or not strict or any(judged.left_out):
        return None
    if judged.status != "complete":
        return 0
    rules = judged.item.constraints
    again = [i for i, rule in enumerate(rules) if rule.scope == "answer"]
    found = loose(
        judged.response.answer, *(rules[i] for i in again), strict=[strict[i] for i in again]
    )
    for i, verdict in zip(again, found, strict=True):
        strict[i] = verdict
    return sum(verdict.obeyed is True for verdict in strict)


def _hard(judged: Judged) -> Measured | None:
    return _of(judged, whole=True)


def _soft(judged: Judged) -> Measured | None:
    return _of(judged, whole=False)


def _of(judged: Judged, *, whole: bool) -> Measured | None:
    if judged.item.benchmark not in LENIENT:
        return None
    passed, n = passed_loosely(judged), len(judged.verdicts)
    if passed is None:
        return None, "nothing to judge" if not n else "not all could be judged"
    why = f"{passed} of {n} constraints obeyed, loosely"
    return (passed == n if whole else passed / n), why


HARD_LOOSE = register(
    OutcomeType(
        name="hard_loose",
        label=f"{HARD.label}, loose",
        meaning="Every constraint was obeyed, by the text or without its first line, last line or asterisks.",
        measure=_hard,
        published=True,
    )
)
SOFT_LOOSE = register(
    OutcomeType(
        name="soft_loose",
        label=f"{SOFT.label}, loose",
        meaning="The share of the constraints that were obeyed loosely, as in the outcome before.",
        measure=_soft,
        kind="share",
        published=True,
    )
)
