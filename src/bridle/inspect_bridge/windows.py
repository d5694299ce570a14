"""How many tokens a model's window holds, where that can be known without asking the model anything.

    window_of("organism")                                      -> 2048
    window_of("openai-api/local/qwen", "http://host:8000/v1")  -> what its /v1/models says, or None

An arm that says what it needs (`least_window`) is refused before the first call where the window is smaller. Where
nobody says how large it is, nothing is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from bridle.arms import Arm
from bridle.errors import BridleError
from bridle.inspect_bridge.abilities import OPEN_SERVERS
from bridle.studies.providers import full_name

# vLLM and SGLang; OpenRouter, LM Studio; Groq; llama.cpp's own server
KEYS = ("max_model_len", "context_length", "max_context_length", "context_window", "n_ctx")
SECONDS = 5


def refuse_small_window(name: str, arms: Sequence[Arm], base_url: str | None = None) -> None:
    """Refuse a study before its first call where an arm needs a larger window than the model has.

    Raises:
        BridleError: with what the arm needs and what there is.
    """
    needed = [(int(getattr(arm, "least_window", 0)), arm) for arm in arms]
    most, arm = max(needed, key=lambda pair: pair[0], default=(0, None))
    if not most or arm is None:
        return
    window = window_of(name, base_url)
    if window is not None and window < most:
        raise BridleError(
            f"The arm {arm.name!r} asks with up to {most:,} tokens; the window of {name} holds {window:,}.",
            expected="a model with a larger window, or the arm with shorter texts",
            hint=f"bridle list arms ({arm.name}: {', '.join(arm.factors())})",
        )


def window_of(name: str, base_url: str | None = None) -> int | None:
    """Tokens of prompt and answer together; None where nobody says."""
    provider, _, model = full_name(name).partition("/")
    if provider == "organism":
        from bridle.organism.model.engine import get_engine

        return get_engine(model).shape.context
    if base_url is None or provider not in OPEN_SERVERS:
        return None
    return _served(model.rpartition("/")[2], base_url)


def _served(model: str, base_url: str) -> int | None:
    import httpx

    try:
        reply = httpx.get(f"{base_url.rstrip('/')}/models", timeout=SECONDS)
        listed: Any = reply.json().get("data")
    except (httpx.HTTPError, ValueError, AttributeError):
        return None  # the run itself will say that nobody listens
    if not isinstance(listed, list):
        return None
    rows = [cast("Mapping[str, Any]", r) for r in cast("list[Any]", listed) if isinstance(r, dict)]
    mine = [r for r in rows if str(r.get("id", "")).endswith(model)] or (
        rows if len(rows) == 1 else []
    )
    for row in mine:
        meta = row.get("meta")
        for place in (row, cast("Mapping[str, Any]", meta) if isinstance(meta, dict) else {}):
            for key in KEYS:
                value = place.get(key)
                if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                    return value
    return None
