"""Which of several ways to write something the other rules of a plan like best."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bridle.constraints.base import Constraint
from bridle.constraints.drafts.prose import fillers, is_statement, plan
from bridle.text import read_text


def best(ways: Iterable[str], asking: Constraint | None = None) -> str:
    """The first of the texts that the most rules of the plan say yes to, among those that the
    asking rule does; the first of all where it does to none."""
    first: str | None = None
    found: tuple[int, str] | None = None
    rules = [rule for rule in plan().rules if rule is not asking]
    for text in ways:
        first = text if first is None else first
        parsed = read_text(text)
        if asking is not None and not asking.obeyed_by(parsed):
            continue
        liked = sum(rule.obeyed_by(parsed) for rule in rules)
        if found is None or liked > found[0]:
            found = liked, text
        if liked == len(rules):
            break
    return found[1] if found else first or ""


def swapped(draft: str, asking: Constraint, bank: Sequence[str] = ()) -> str:
    """The draft with sentences that break the rule replaced by others, each where it stands; as it
    is where that does not help."""
    held = [rule for rule in plan().rules if rule is not asking and rule.obeyed_by(draft)]
    for _ in range(_MOST):
        wrong = asking.check(draft)
        if wrong.obeyed is not False or not wrong.evidence:
            return draft
        at = wrong.evidence[0][0]
        spans = read_text(draft).masked.sentences
        span = next((s for s in spans if s[0] <= at < s[1] and not is_statement(draft, s)), None)
        if span is None:
            return draft
        start = span[0] + len(draft[span[0] : at]) - len(draft[span[0] : at].lstrip("-*+•# \n"))
        for said in (*fillers(draft), *bank):
            text = f"{draft[:start]}{said}{draft[span[1] :]}"
            now = asking.check(text)
            better = now.obeyed or not now.evidence or now.evidence[0][0] > at + len(said)
            if better and said not in draft and all(rule.obeyed_by(text) for rule in held):
                draft = text
                break
        else:
            return draft
    return draft


_MOST = 40  # sentences replaced in one draft
