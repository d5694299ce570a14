"""What another project's code says of one response, and how its rules are asked for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bridle.benchmarks.published.patterns import Undecided
from bridle.benchmarks.published.rule import Rule
from bridle.errors import ConstraintError, nearest

Decided = tuple[bool | None, str | None]


@dataclass(frozen=True, slots=True)
class UpstreamVerdict:
    """Another project's verdicts on one response; the lists run parallel to the constraints."""

    obeyed: list[bool | None]
    hard: bool | None  # all obeyed; None where a missing verdict would settle it
    soft: float | None  # the share that is obeyed; None where a verdict is missing
    scored_text: str  # the part of the response that was judged
    loose: list[bool | None] | None  # the lenient verdicts, where the project has them
    reasons: list[str | None]  # why a strict verdict is None


def decide_all(
    project: str,
    rules: Mapping[str, Rule],
    text: str,
    given: Sequence[tuple[str, Mapping[str, Any]]],
) -> list[Decided]:
    """A verdict for each (id, arguments), or None and the reason why there is none.

    Raises `ConstraintError` for an id that the project does not have.
    """
    return [_decide(rule_named(project, rules, name), text, kwargs) for name, kwargs in given]


def rule_named(project: str, rules: Mapping[str, Rule], name: str) -> Rule:
    """The rule of that id, or a `ConstraintError` that names the nearest one."""
    rule = rules.get(name)
    if rule is None:
        near = nearest(name, rules)
        raise ConstraintError(
            f"{project} has no instruction {name!r}.",
            expected=f"one of its {len(rules)} ids" + (f", perhaps {near!r}" if near else ""),
        )
    return rule


def _decide(rule: Rule, text: str, kwargs: Mapping[str, Any]) -> Decided:
    try:
        return rule.decide(text, kwargs), None
    except Undecided as why:
        return None, str(why)


def verdict_of(
    text: str, decided: Sequence[Decided], loose: list[bool | None] | None = None
) -> UpstreamVerdict:
    """The verdicts of one row with its hard and soft score."""
    obeyed = [verdict for verdict, _ in decided]
    known = [verdict for verdict in obeyed if verdict is not None]
    hard: bool | None = None
    soft: float | None = None
    if False in known:
        hard = False
    if obeyed and len(known) == len(obeyed):
        hard, soft = all(known), sum(known) / len(known)
    reasons = [why for _, why in decided]
    return UpstreamVerdict(obeyed, hard, soft, text, loose, reasons)
