"""Random bundles of constraints that can hold together, over all registered types.

    for rules, proof in bundles(100, seed=1): ...

A text is made first: rules drawn from all types are built into it one after the other, as far as
they leave room for each other. What is then drawn from the rules that this text obeys can hold
together, for the text is the proof. Bounds of counted rules are drawn around what the text has.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from bridle.constraints import REGISTRY, Constraint, get
from bridle.constraints.counting import Counted
from bridle.constraints.drafts.prose import Plan, planned
from bridle.constraints.registry import make
from bridle.constraints.witness import witness
from bridle.errors import ConstraintError
from bridle.text import Text

ANSWER = "42"
STATED = "\\boxed{42}"


def bundles(number: int, *, seed: int) -> Iterator[tuple[list[Constraint], str]]:
    """So many bundles of 1 to 5 constraints of different types, each with a text that obeys."""
    rng = random.Random(seed)
    pool = pool_of_rules()
    made = 0
    while made < number:
        text = draft(rng, pool)
        if STATED not in text:
            continue
        parsed = Text(text)
        # Types are drawn evenly: for each that the text can obey, one of its rules.
        fitting: list[Constraint] = []
        for name in rng.sample(sorted(pool), len(pool)):
            rule = around(rng, rng.choice(pool[name]), parsed)
            if rule is not None and rule.check(parsed).obeyed is True:
                fitting.append(rule)
        if fitting:
            rng.shuffle(fitting)
            yield fitting[: rng.randint(1, 5)], text
            made += 1


def pool_of_rules() -> dict[str, list[Constraint]]:
    """For each type the rules of its examples."""
    return {
        name: list(dict.fromkeys(get(name, **example.params) for example in cls.examples))
        for name, cls in REGISTRY.items()
    }


def draft(rng: random.Random, pool: dict[str, list[Constraint]]) -> str:
    """A text that states the answer and into which up to five rules were built."""
    text = str(witness([], ANSWER, seed=rng.randrange(10_000)))
    for name in rng.sample(sorted(pool), rng.randint(1, 5)):
        rule = rng.choice(pool[name])
        with planned(Plan(seed=rng.randrange(10_000), statement=STATED)):
            try:
                built = rule.build(text)
            except ConstraintError:
                continue
        if STATED in built and rule.obeyed_by(built):
            text = built
    return text


def around(rng: random.Random, rule: Constraint, text: Text) -> Constraint | None:
    """The rule, or for one that counts the same with a bound near what the text has."""
    if not isinstance(rule, Counted):
        return rule
    count = rule.check(text).observed
    if not isinstance(count, int):
        return rule
    params = {
        k: v
        for k, v in rule.params().items()
        if k not in ("exactly", "at_least", "at_most", "more_than", "less_than")
    }
    bound = rng.choice(
        (
            {"at_least": max(0, count - rng.randint(0, 3))},
            {"at_most": count + rng.randint(0, 20)},
            {"exactly": count},
            {"at_least": count // 2, "at_most": count + rng.randint(0, 30)},
            {"less_than": count + 1 + rng.randint(0, 5)},
        )
    )
    try:
        return make(rule.name, {**params, **bound})
    except ConstraintError:
        return None
