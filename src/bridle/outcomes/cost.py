"""How it ended and what it took: truncated, tokens."""

from __future__ import annotations

from bridle.outcomes.base import Judged, OutcomeType, Value, register

Measured = tuple[Value, str]


def _truncated(judged: Judged) -> Measured:
    if judged.status == "error":
        return None, "there is no response"
    return judged.status == "truncated", f"the response is {judged.status}"


def _tokens(judged: Judged) -> Measured:
    if judged.turn is not None:
        return judged.turn.total("tokens_out"), ""
    thought, answered = judged.response.tokens_thinking, judged.response.tokens_answer
    if thought is None or answered is None:
        return None, "nobody counted them"
    return thought + answered, ""


TRUNCATED = register(
    OutcomeType(
        name="truncated",
        label="truncated",
        meaning="The response was cut off before it ended.",
        measure=_truncated,
        better="lower",
    )
)
TOKENS = register(
    OutcomeType(
        name="tokens",
        label="tokens out",
        meaning="Tokens that the model wrote, over all steps of the turn.",
        measure=_tokens,
        kind="number",
        better="neither",
        reduce="median",
    )
)
