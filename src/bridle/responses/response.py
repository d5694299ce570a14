"""What came back for one prompt, read once: the noun that grading, records and reports share."""

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

ReadHow = Literal["plain", "marked", "field", "assumed stop", "voted stop", "voted cut"]
READ_HOW: dict[ReadHow, str] = {
    "plain": "no mark of thinking: all of the text is the answer",
    "marked": "tags or channels in the text separate thinking from answer",
    "field": "the provider returned the thinking in a field of its own",
    "assumed stop": "an <answer> that nothing closes and nothing says was cut: stopped at its close",
    "voted stop": "as before, and most responses of the model lack the close: it was the stop string",
    "voted cut": "cut, as the model's other responses show: they close their thinking or their "
    "answer, and this one does not",
}


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
    read_how: ReadHow = "plain"  # what decided it, a key of READ_HOW
