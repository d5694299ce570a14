"""Verifiable instructions: say them, check them, obey them, break them narrowly.

check("One two three.", words={"at_most": 2})   -> [Verdict(obeyed=False, observed=3, ...)]
rule = get("words", at_most=300)
rule.describe()                                  -> "Answer with at most 300 words."
witness([rule, get("no_comma")], "42")           -> a text that obeys both and states 42
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridle.constraints.base import Constraint
from bridle.constraints.loose import loose
from bridle.constraints.peers import from_peer, peers_of
from bridle.constraints.registry import REGISTRY, from_spec, get, register
from bridle.constraints.verdict import Example, Verdict
from bridle.constraints.witness import violations, witness
from bridle.constraints.witness.conflicts import Conflict
from bridle.text import Text, read_text

__all__ = [
    "REGISTRY",
    "Conflict",
    "Constraint",
    "Example",
    "Verdict",
    "check",
    "from_peer",
    "from_spec",
    "get",
    "loose",
    "peers_of",
    "register",
    "violations",
    "witness",
]


def check(
    text: str | Text, *constraints: Constraint | Mapping[str, Any], **specs: Any
) -> list[Verdict]:
    """The verdicts on a text, in the order of the constraints; the text is parsed once.

    Constraints are objects, specs (`{"type": "words", "at_most": 300}`) or keywords
    (`words={"at_most": 300}`, `no_comma={}` or `no_comma=True`).

    Raises:
        ConstraintError: a constraint that does not exist or makes no sense; never for the text.
    """
    rules = [c if isinstance(c, Constraint) else from_spec(c) for c in constraints]
    for name, params in specs.items():
        rules.append(get(name, **(params if isinstance(params, Mapping) else _given(name, params))))
    parsed = read_text(text) if isinstance(text, str) else text
    return [rule.check(parsed) for rule in rules]


def _given(name: str, params: object) -> dict[str, Any]:
    from bridle.errors import ConstraintError

    if params is True:
        return {}
    raise ConstraintError(
        f"{name}={params!r} does not say the parameters.",
        expected=f"{name}={{...}} with its parameters, or {name}=True where it has none",
        hint=f"bridle list constraints {name}",
    )
