"""Would a program that reformats the answer have been enough? Each rule's own `build`, then a check.

    reformatted(answer, [("no_comma", {}), ("bullets", {"exactly": 3})])
    -> Reformat(text="…", keeps=0.97)   or None: not without changing what the answer says

What passes obeys every rule, states the same final answer, and keeps nine in ten of the answer's words:
a rule whose `build` writes the answer anew (another language) is no matter of format.
"""

from __future__ import annotations

import collections
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bridle.constraints import get
from bridle.errors import BridleError
from bridle.maths import find_answer

KEPT = 0.9  # of the answer's words
ROUNDS = 3  # a rule's build may break what another one's has mended
_WORD = re.compile(r"\w+")  # without the signs at its edges, which a reformat may take away
LONGEST = 20_000  # characters; builds of longer answers cost more than they tell


@dataclass(frozen=True, slots=True)
class Reformat:
    """An answer made to obey; `keeps` is the share of its words that are still there."""

    text: str
    keeps: float


def reformatted(answer: str, rules: Sequence[tuple[str, Mapping[str, Any]]]) -> Reformat | None:
    """The answer made to obey all rules by their own builds, or None where that does not do.

    Rules of the thinking are left out: a program cannot reformat what was thought.
    """
    if not answer.strip() or len(answer) > LONGEST:
        return None
    try:
        made = [get(name, **params) for name, params in rules]
    except BridleError:  # an instruction that no type here judges
        return None
    if any(rule.scope != "answer" for rule in made):
        return None
    before = find_answer(answer)
    now = answer
    ordered = sorted(made, key=lambda rule: rule.stage)
    for _ in range(ROUNDS):
        for rule in ordered:
            if not rule.obeyed_by(now):
                try:
                    now = rule.build(now)
                except BridleError:
                    return None
        if all(rule.obeyed_by(now) for rule in made):
            break
    else:
        return None
    after = find_answer(now)
    if before is not None and (after is None or after.text.strip() != before.text.strip()):
        return None
    keeps = _kept(answer, now)
    return Reformat(now, keeps) if keeps >= KEPT else None


def _kept(before: str, after: str) -> float:
    """The share of the first text's words that the second has, whatever their case and place."""
    had, has = (collections.Counter(_words(text)) for text in (before, after))
    total = sum(had.values())
    return sum((had & has).values()) / total if total else 1.0


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def rules_of(verdicts: Sequence[Mapping[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Name and parameters of each rule, as a record's verdicts hold them."""
    import json

    found: list[tuple[str, dict[str, Any]]] = []
    for verdict in verdicts:
        params = verdict["params"]
        given = json.loads(params) if isinstance(params, str) else dict(params or {})
        scope = verdict.get("scope")
        if scope and scope != "answer":
            given["scope"] = scope
        found.append((verdict["constraint"], given))
    return found
