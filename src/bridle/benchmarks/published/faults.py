"""What other projects' own checks get wrong, each with a text that shows it.

    faults()["keywords:existence"][0].text  -> "Open the window.", where IFEval finds "win"

A fault is a claim that can be tried: the peer's check (`bridle.benchmarks.published`) and our type judge the text
under the same arguments, and part. The tests try every one; `docs/constraints.md` prints them.
"""

# ruff: noqa: SIM905 (lists of ids are easier to read as text)
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# The checks that MathIF and ReasonIF took over from IFEval, by their own ids.
_MATHIF = frozenset(
    """keywords:existence keywords:frequency keywords:forbidden_words
    length_constraint_checkers:number_words detectable_format:number_bullet_lists
    detectable_format:number_highlighted_sections detectable_format:multiple_sections
    startend:end_checker startend:quotation combination:repeat_prompt language:response_language
    change_case:english_capital change_case:english_lowercase change_case:capital_word_frequency
    punctuation:no_comma""".split()
)
_REASONIF = frozenset(
    """language:reasoning_language length_constraint_checkers:number_words
    change_case:english_capital startend:end_checker detectable_format:json_format
    punctuation:no_comma""".split()
)
_NOT_IFEVAL = frozenset(("length_constraint_checkers:number_words", "language:reasoning_language"))


@dataclass(frozen=True, slots=True)
class Fault:
    """A peer's verdict that is not what its instruction asks, and ours on the same text.

    `by` names the benchmarks whose check it is; empty: all that have the id. A verdict is None where
    the peer's program stops, or where ours is undetermined.
    """

    says: str  # one sentence: what the peer's check does
    text: str
    theirs: bool | None
    ours: bool | None
    args: Mapping[str, Any] = field(default_factory=dict[str, Any])
    by: tuple[str, ...] = ()


def passes(
    says: str, text: str, args: Mapping[str, Any] | None = None, *, by: tuple[str, ...] = ()
) -> Fault:
    """The peer's check lets a text pass that breaks the rule."""
    return Fault(says, text, theirs=True, ours=False, args=args or {}, by=by)


def fails(
    says: str, text: str, args: Mapping[str, Any] | None = None, *, by: tuple[str, ...] = ()
) -> Fault:
    """The peer's check fails a text that obeys."""
    return Fault(says, text, theirs=False, ours=True, args=args or {}, by=by)


def benchmarks_of(peer: str) -> tuple[str, ...]:
    """The benchmarks that have an instruction of this id."""
    from bridle.benchmarks.ifbench.ids import PEERS as IFBENCH

    if peer in IFBENCH:
        return ("ifbench",)
    has = {
        "ifeval": peer not in _NOT_IFEVAL,
        "mathif": peer in _MATHIF,
        "reasonif": peer in _REASONIF,
    }
    return tuple(name for name, there in has.items() if there)


def faults() -> dict[str, tuple[Fault, ...]]:
    """The faults by the peer's id; an id without one has none that we know."""
    from bridle.benchmarks.ifbench.faults import FAULTS as IFBENCH
    from bridle.benchmarks.ifbench.faults_words import FAULTS as IFBENCH_WORDS
    from bridle.benchmarks.ifeval.faults import FAULTS as IFEVAL

    return {**IFEVAL, **IFBENCH_WORDS, **IFBENCH}
