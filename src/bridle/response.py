"""Raw model output, read once: what was thought, what was answered, and whether it was finished.

    read_response("<think>2+2 is 4</think>The answer is 4.")
    -> Response(thinking="2+2 is 4", answer="The answer is 4.", status="complete")
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["complete", "truncated", "no_answer", "malformed", "refused", "error"]
STATUSES: tuple[Status, ...] = (
    "complete",
    "truncated",
    "no_answer",
    "malformed",
    "refused",
    "error",
)


@dataclass(frozen=True, slots=True)
class Response:
    """What came back for one prompt. Token counts are None when nobody counted."""

    thinking: str
    answer: str
    status: Status
    dialect: str = "none"  # which convention separated thinking from answer
    raw: str = ""
    finish_reason: str | None = None
    tokens_thinking: int | None = None
    tokens_answer: int | None = None
