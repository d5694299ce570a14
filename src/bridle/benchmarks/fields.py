"""The fields of a row as texts, lists and keys, or in one sentence why they are not."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any


class Unusable(ValueError):
    """Raised while a row is read: the reason, in words."""


def shown(value: Any, most: int = 60) -> str:
    """A value as an error message shows it: its type and its first characters."""
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        keys = ", ".join(str(k) for k in list(value)[:6])
        return f"an object with the keys {keys}"[: most + 30]
    text = repr(value[:most] if isinstance(value, str | list) else value)
    kind = {"str": "the text", "list": "the list", "bool": "the truth value"}
    name = kind.get(
        type(value).__name__, "the number" if isinstance(value, int | float) else "the value"
    )
    return f"{name} {text[:most]}{'…' if len(text) > most else ''}"


def key_of(value: Any) -> str | None:
    """A row's key as text (1000, "1000" and 1000.0 are one key), or None if it has none."""
    if value is None or isinstance(value, bool | Mapping | list):
        return None
    if isinstance(value, float):
        if math.isnan(value) or math.isinf(value):
            return None
        if value.is_integer():
            return str(int(value))
    text = str(value).strip()
    return text or None


def text_of(fields: Mapping[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None or isinstance(value, str):
        return value
    if name in ("source", "group", "benchmark"):
        return key_of(value)
    raise Unusable(f"{name} must be a text, this is {shown(value)}")


def list_of(fields: Mapping[str, Any], name: str) -> list[Any]:
    value = decoded(fields.get(name))
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unusable(f"{name} must be a list, this is {shown(value)}")
    return value  # pyright: ignore[reportUnknownVariableType]


def texts_of(fields: Mapping[str, Any], name: str) -> list[str]:
    values = list_of(fields, name)
    for value in values:
        if not isinstance(value, str):
            raise Unusable(f"{name} must be a list of texts, it holds {shown(value)}")
    return values


def decoded(value: Any) -> Any:
    """Tables without nested columns hold them as JSON text."""
    if isinstance(value, str):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value
