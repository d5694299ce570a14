"""JSON Schema, as much of it as is judged: what a schema may say, what breaks it, a value that obeys.

mismatch({"n": "4"}, {"properties": {"n": {"type": "integer"}}}, "The answer")
-> "'n' is a string, not of type integer."
"""

from __future__ import annotations

import math
from typing import Any, cast

_TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")
# What the value of a keyword is; `type`, `items` and `required` are looked at one by one.
_SHAPES: dict[str, tuple[tuple[type, ...], str]] = {
    "type": ((str, list), "a type or several"),
    "properties": ((dict,), "an object"),
    "required": ((list,), "an array"),
    "additionalProperties": ((bool,), "true or false"),
    "items": ((dict,), "an object"),
    "enum": ((list,), "an array"),
    **dict.fromkeys(
        ("minItems", "maxItems", "minLength", "maxLength"), ((int,), "a whole number, at least 0")
    ),
    **dict.fromkeys(("minimum", "maximum"), ((int, float), "a number")),
}
_HOLDING = ("object", "array", "string")  # a draft may stand in these
_LARGEST = 100_000  # items and characters that the smallest value may have, so that one can be made


def fault(schema: object) -> tuple[object, str] | None:
    """What makes no sense in a schema, and what was expected, or None."""
    wrong = _unknown(schema)
    if wrong is not None:
        return wrong
    known = cast("dict[str, Any]", schema)
    if _size(known) > _LARGEST:
        return known, f"values of at most {_LARGEST} items and characters"
    if mismatch(sample(known, ""), known, "") is not None:
        return known, "no contradiction: no value is valid under it"
    return None


def _unknown(schema: object) -> tuple[object, str] | None:
    if not isinstance(schema, dict):
        return schema, "an object"
    schema = cast("dict[str, Any]", schema)
    for keyword, value in schema.items():
        if keyword not in _SHAPES:
            return keyword, f"one of: {', '.join(sorted(_SHAPES))}"
        types, expected = _SHAPES[keyword]
        negative = expected.endswith("at least 0") and isinstance(value, int) and value < 0
        if not isinstance(value, types) or negative or (type(value) is bool and bool not in types):
            return {keyword: value}, f"{expected} there"
    for keyword in ("type", "enum"):
        if schema.get(keyword) == []:
            return {keyword: []}, "at least one there"
    for name in schema.get("required", []):
        if not isinstance(name, str):
            return name, "the name of a property"
    for kind in _kinds(schema):
        if kind not in _TYPES:
            return kind, f"a type: {', '.join(_TYPES)}"
    inner = [
        *schema.get("properties", {}).values(),
        *([schema["items"]] if "items" in schema else []),
    ]
    return next((wrong for part in inner if (wrong := _unknown(part)) is not None), None)


def _kinds(schema: dict[str, Any]) -> list[Any]:
    kinds = schema.get("type", [])
    return cast("list[Any]", kinds) if isinstance(kinds, list) else [kinds]


def _size(schema: dict[str, Any]) -> int:
    """About how many items and characters its smallest value has."""
    if "enum" in schema:
        return len(schema["enum"])
    kinds = _kinds(schema)
    size = 1
    if not kinds or "object" in kinds:
        inner = schema.get("properties", {})
        size += sum(_size(inner.get(name, {})) for name in schema.get("required", []))
    if "array" in kinds:
        size += schema.get("minItems", 0) * _size(schema.get("items", {}))
    if "string" in kinds:
        size += schema.get("minLength", 0)
    return size


def kind_of(value: object) -> str:
    """The type of a JSON value in words."""
    if value is None:
        return "null"
    names: dict[type, str] = {
        dict: "an object",
        list: "an array",
        str: "a string",
        bool: "a boolean",
    }
    return names.get(type(value), "a number")


def _number(value: object) -> float | None:
    """The value where it is a number, which a boolean is not."""
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _is(value: object, kind: str) -> bool:
    if kind in ("number", "integer"):
        number = _number(value)
        if number is None or kind == "number" or isinstance(number, int):
            return number is not None
        return number.is_integer() or math.isinf(number)  # too large to have a fraction
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool}
    return value is None if kind == "null" else isinstance(value, kinds[kind])


def _same(a: object, b: object) -> bool:
    """Whether two JSON values are equal: 1 and 1.0 are, 1 and true are not."""
    if None not in (_number(a), _number(b)):
        return a == b
    if type(a) is not type(b):
        return False
    if isinstance(a, dict) and isinstance(b, dict):
        one, other = cast("dict[str, Any]", a), cast("dict[str, Any]", b)
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(a, list) and isinstance(b, list):
        x, y = cast("list[Any]", a), cast("list[Any]", b)
        return len(x) == len(y) and all(map(_same, x, y))
    return a == b


def mismatch(value: object, schema: dict[str, Any], where: str) -> str | None:
    """What is wrong with the value under the schema, or None."""
    kinds = _kinds(schema)
    if kinds and not any(_is(value, kind) for kind in kinds):
        return f"{where} is {kind_of(value)}, not of type {' or '.join(kinds)}."
    if "enum" in schema and not any(_same(value, allowed) for allowed in schema["enum"]):
        number = len(schema["enum"])
        only = "not the one value" if number == 1 else f"none of the {number} values"
        return f"{where} is {only} allowed."
    if isinstance(value, dict):
        value = cast("dict[str, Any]", value)
        known: dict[str, Any] = schema.get("properties", {})
        for name in schema.get("required", []):
            if name not in value:
                return f"{where} lacks {name!r}."
        for name, inner in value.items():
            if name in known:
                if wrong := mismatch(inner, known[name], f"{name!r}"):
                    return wrong
            elif schema.get("additionalProperties") is False:
                return f"{where} has {name!r}, which the schema does not know."
        return None
    if isinstance(value, list):
        value = cast("list[Any]", value)
        if wrong := _outside(len(value), schema, "minItems", "maxItems"):
            return f"{where} has {len(value)} {'item' if len(value) == 1 else 'items'}, {wrong}."
        for i, inner in enumerate(value):
            if "items" in schema and (wrong := mismatch(inner, schema["items"], f"Item {i + 1}")):
                return wrong
        return None
    if isinstance(value, str) and (wrong := _outside(len(value), schema, "minLength", "maxLength")):
        return (
            f"{where} has {len(value)} {'character' if len(value) == 1 else 'characters'}, {wrong}."
        )
    number = _number(value)
    if number is not None and (wrong := _outside(number, schema, "minimum", "maximum", "less")):
        shown = f"{number:g}" if isinstance(number, float) else str(number)[:40]
        return f"{where} is {shown}, {wrong}."
    return None


def _outside(
    number: float,
    schema: dict[str, Any],
    least: str,
    most: str,
    below: str = "fewer",
) -> str | None:
    if least in schema and number < schema[least]:
        return f"{below} than {schema[least]}"
    if most in schema and number > schema[most]:
        return f"more than {schema[most]}"
    return None


def sample(schema: dict[str, Any], draft: str) -> Any:
    """A value of the schema that holds the draft where a text may stand."""
    if "enum" in schema:
        bare = {keyword: value for keyword, value in schema.items() if keyword != "enum"}
        fit = (value for value in schema["enum"] if mismatch(value, bare, "") is None)
        return next(fit, schema["enum"][0])
    kinds = sorted(_kinds(schema) or ["object"], key=lambda kind: kind not in _HOLDING)
    values = [_of_kind(kind, schema, draft) for kind in kinds]
    return next((value for value in values if mismatch(value, schema, "") is None), values[0])


def _of_kind(kind: str, schema: dict[str, Any], draft: str) -> Any:
    if kind == "object":
        inner: dict[str, Any] = schema.get("properties", {})
        names = schema.get("required") or list(inner)[:1]
        if not names and schema.get("additionalProperties") is not False:
            return {"answer": draft}
        made = {name: sample(inner.get(name, {"type": "string"}), draft) for name in names}
        if "required" not in schema and mismatch(made, schema, "") is not None:
            return {}
        return made
    if kind == "array":
        least, most = schema.get("minItems", 0), schema.get("maxItems")
        items = schema.get("items", {"type": "string"})
        one = sample(items, draft)
        fits = most != 0 and mismatch(one, items, "") is None
        return [one] * max(1 if fits else 0, least)
    if kind == "string":
        return draft.ljust(schema.get("minLength", 0), ".")[: schema.get("maxLength")]
    if kind in ("number", "integer"):
        number = schema.get("minimum", min(0, schema.get("maximum", 0)))
        if kind == "integer" and isinstance(number, float):
            number = math.ceil(number) if "minimum" in schema else math.floor(number)
        return number
    return True if kind == "boolean" else None
