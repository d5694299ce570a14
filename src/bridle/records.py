"""The table: one row is one graded response. Every command after `run` and `score` reads it alone.

A row says what was asked, of whom, what came back, how it was judged and by which version.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One graded response.

    `hard`, `soft`, `correct`, `joint` are None only where there is nothing to judge: no constraints
    (hard, soft), no reference answer or an undecidable one (correct), neither (joint), or no
    response at all (`status == "error"`). Truncated, refused and empty responses are failures.
    """

    # what was asked
    benchmark: str
    item: str
    problem: str
    source: str
    group: str
    difficulty: float | None
    condition: str  # "with" the constraints in the prompt, or "without" (the floor)
    arm: str
    n_constraints: int
    prompt: str
    reference: str | None
    # of whom
    model: str
    sample: int
    # what came back
    status: str
    finish_reason: str | None
    dialect: str
    thinking: str
    answer: str
    error: str | None
    tokens_in: int | None
    tokens_out: int | None
    tokens_thinking: int | None
    tokens_answer: int | None
    latency_s: float | None
    # our judgement: parallel to the item's constraints
    verdicts: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    hard: bool | None
    soft: float | None
    undetermined: int  # verdicts of a complete answer that could not be decided; they do not pass
    found: str | None  # the final answer as it stands in the response
    correct: bool | None
    equality: str | None  # how it was decided: "exact", "algebra", "worker", "undecided", ...
    joint: bool | None
    # upstream's judgement, where the item is a peer's; None where its rules cannot run here
    upstream_verdicts: list[bool | None] | None
    upstream_hard: bool | None
    upstream_soft: float | None
    bridle_version: str
