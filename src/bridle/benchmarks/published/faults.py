"""What other projects' own checks get wrong, each with a text that shows it.

    faults()["keywords:existence"][0].text  -> "Open the window.", where IFEval finds "win"

Each benchmark keeps its faults in `faults.jsonl`, one a line. A fault is a claim that can be tried: the peer's check (`bridle.benchmarks.published`) and our type judge the text
under the same arguments, and part. The tests try every one; `bridle list constraints NAME` prints them.
"""

# ruff: noqa: SIM905 (lists of ids are easier to read as text)
from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent.parent  # each benchmark's faults stand in its own folder

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


@functools.cache
def faults() -> Mapping[str, tuple[Fault, ...]]:
    """The faults by the peer's id; an id without one has none that we know."""
    found: dict[str, list[Fault]] = {}
    for name in ("ifeval", "ifbench"):
        lines = (_FOLDER / name / "faults.jsonl").read_text(encoding="utf-8").splitlines()
        for row in map(json.loads, lines):
            peer = row.pop("id")
            found.setdefault(peer, []).append(Fault(**{**row, "by": tuple(row.get("by", ()))}))
    return {peer: tuple(known) for peer, known in found.items()}
