"""NeMo Gym: the body of a resources server's POST /verify, which NeMo RL asks by HTTP.

Request and response: NVIDIA-NeMo/Gym, `nemo_gym/base_resources_server.py` (BaseVerifyRequest:
`responses_create_params`, `response` as the Responses API returns it, and the row's own fields;
BaseVerifyResponse: the same with `reward`). The row has a field `item` (`bridle.reward.row_of`), or
the fields of an item themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bridle.errors import DataError
from bridle.reward.core import Reward


def verify(made: Reward, body: Mapping[str, Any]) -> dict[str, Any]:
    """The body back, with `reward`, `reward_components` (the parts) and `status`.

    An item without the reference that a part needs has `mask_sample`: its reward measures nothing.

    Raises:
        DataError: the body has no `response`.
    """
    response = body.get("response")
    if not isinstance(response, Mapping):
        raise DataError("The body has no 'response'.", expected="a response of the Responses API")
    usage = response.get("usage")
    tokens = usage.get("output_tokens") if isinstance(usage, Mapping) else None
    item = body.get("item")
    scored = made.score(
        body if item is None else item,
        response,
        finish_reason=_cut(response),
        tokens=tokens if isinstance(tokens, int) else None,
    )
    return {
        **body,
        "reward": scored.reward or 0.0,
        "reward_components": dict(scored.parts),
        "mask_sample": scored.reward is None,
        "status": scored.status,
        "why": list(scored.why),
    }


def _cut(response: Mapping[str, Any]) -> str | None:
    details = response.get("incomplete_details")
    if isinstance(details, Mapping) and details.get("reason") == "max_output_tokens":
        return "length"
    return None
