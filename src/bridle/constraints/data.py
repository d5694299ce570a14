"""Data as the answer: JSON, and JSON of a given shape."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from bridle.constraints.base import WRAP, Constraint, Example, Verdict, register
from bridle.text import View

_FENCED = re.compile(r"\A\s*(```+|~~~+)[ \t]*([A-Za-z]*)[ \t]*\r?\n(.*)\n[ \t]*\1\s*\Z", re.DOTALL)
_DEEPEST = 200  # levels of nesting read; deeper is nobody's answer, and would exhaust the parser
_TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")


def _nested(raw: str) -> int:
    """The deepest level of brackets in a JSON text, those in strings not counted."""
    depth = deepest = 0
    inside = escaped = False
    for char in raw:
        if inside:
            if escaped:
                escaped = False
            elif char == "\\":
                escaped = True
            elif char == '"':
                inside = False
        elif char == '"':
            inside = True
        elif char in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in "]}":
            depth -= 1
    return deepest


def _constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _loaded(raw: str) -> tuple[object, str | None, int]:
    """(value, what is wrong or None, where)."""
    fenced = _FENCED.match(raw)
    body, shift = (fenced.group(3), fenced.start(3)) if fenced else (raw, 0)
    around, body = body, body.strip().removeprefix("\ufeff").lstrip()  # all white space is free
    if not body:
        return None, "There is no text.", 0
    shift += around.index(body)
    if body.count("[") + body.count("{") > _DEEPEST and _nested(body) > _DEEPEST:
        return None, f"It is nested more than {_DEEPEST} levels deep.", shift
    try:
        return json.loads(body, parse_constant=_constant, parse_int=float), None, shift
    except json.JSONDecodeError as error:
        at = f"line {error.lineno}, column {error.colno}"
        return None, f"Not JSON: {error.msg} ({at}).", shift + error.pos
    except ValueError as error:
        return None, f"Not JSON: {error}.", shift


@register
@dataclass(frozen=True, kw_only=True)
class Json(Constraint):
    """The whole text is one JSON value."""

    name = "json"
    family = "data"
    stage = WRAP
    meaning = (
        "The whole text, or the inside of one code fence around it, is one JSON value (RFC 8259: "
        f"no comments, no trailing commas, no NaN), at most {_DEEPEST} levels deep; with `object` it "
        "must be an object."
    )
    examples: ClassVar = (
        Example({}, '{"answer": "4"}', True),
        Example({}, '```json\n{"answer": 4}\n```', True, "in a code fence"),
        Example({}, "{'answer': 4}", False, "single quotation marks"),
        Example({}, 'Here it is: {"answer": 4}', False, "words before it"),
        Example({}, '{"answer": NaN}', False, "no number of JSON"),
        Example({"object": True}, "[4]", False, "an array is no object"),
    )

    object: bool = False

    def validate(self) -> None:
        if not isinstance(self.object, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise self.bad("object", self.object, "true or false")

    def phrasings(self) -> tuple[str, ...]:
        kind = "a JSON object" if self.object else "JSON format"
        return (
            f"Entire output should be wrapped in {kind}. You can use markdown ticks such as ```.",
            f"Answer in {kind} and write nothing outside of it.",
            f"Your whole answer must be valid: {kind}, no other text.",
        )

    def judge(self, view: View) -> Verdict:
        value, wrong, at = _loaded(view.raw)
        if wrong is None and self.object and not isinstance(value, dict):
            wrong, at = f"It is {_kind(value)}, not an object.", 0
        return self.verdict(
            wrong is None,
            observed="JSON" if wrong is None else "not JSON",
            wanted="one JSON object" if self.object else "one JSON value",
            reason=wrong or "It is JSON.",
            evidence=((at, at + 1),) if wrong and at < len(view.raw) else (),
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        return json.dumps({"answer": draft}, ensure_ascii=False)

    def violate(self, draft: str) -> str:
        return f"Here it is: {self.build(draft)}"


def _kind(value: object) -> str:
    if value is None:
        return "null"
    names: dict[type, str] = {
        dict: "an object",
        list: "an array",
        str: "a string",
        bool: "a boolean",
    }
    return names.get(type(value), "a number")


@register
@dataclass(frozen=True, kw_only=True)
class JsonSchema(Constraint):
    """The whole text is JSON of a given shape."""

    name = "json_schema"
    family = "data"
    stage = WRAP
    meaning = (
        "JSON as for `json`, valid under these keywords of JSON Schema: type, properties, required, "
        "additionalProperties (true or false), items, enum, minItems, maxItems, minLength, "
        "maxLength, minimum, maximum. Other keywords are refused when the rule is made."
    )
    examples: ClassVar = (
        Example(
            {"schema": '{"type": "object", "required": ["answer"]}'}, '{"answer": 4, "x": 1}', True
        ),
        Example({"schema": '{"type": "array", "items": {"type": "integer"}}'}, "[1, 2.0]", True),
        Example({"schema": '{"type": "object", "required": ["answer"]}'}, '{"Answer": 4}', False),
        Example({"schema": '{"type": "integer"}'}, "true", False, "a boolean is no number"),
    )

    schema: str  # as JSON text, so that the rule stays hashable; an object is accepted too

    def validate(self) -> None:
        given: object = self.schema
        if isinstance(given, Mapping):
            object.__setattr__(self, "schema", json.dumps(given, sort_keys=True))
        elif not isinstance(given, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise self.bad("schema", given, "a JSON Schema, as an object or its text")
        if _nested(self.schema) > _DEEPEST:
            raise self.bad("schema", f"{self.schema[:60]}…", f"at most {_DEEPEST} levels")
        try:
            schema = json.loads(self.schema)
        except ValueError as error:
            raise self.bad("schema", self.schema, f"valid JSON ({error})") from None
        self._known(schema)

    def _known(self, schema: object) -> None:
        if not isinstance(schema, dict):
            raise self.bad("schema", schema, "an object")
        schema = cast("dict[str, Any]", schema)
        unknown = sorted(set(schema) - _KEYWORDS)
        if unknown:
            raise self.bad("schema", unknown[0], f"one of: {', '.join(sorted(_KEYWORDS))}")
        for keyword, kind in _SHAPES.items():
            if keyword in schema and not isinstance(schema[keyword], kind):
                raise self.bad("schema", {keyword: schema[keyword]}, f"{_SHAPE_NAMES[kind]} there")
        for kind in _listed(schema.get("type", [])):
            if kind not in _TYPES:
                raise self.bad("schema", kind, f"a type: {', '.join(_TYPES)}")
        for inner in [*schema.get("properties", {}).values(), *_listed(schema.get("items", []))]:
            self._known(inner)

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Answer with JSON that is valid under this JSON Schema, and nothing else: {self.schema}",
            f"Your whole answer must be JSON of this schema: {self.schema}",
            f"Write only JSON; it must satisfy the schema {self.schema}",
        )

    def judge(self, view: View) -> Verdict:
        value, wrong, at = _loaded(view.raw)
        if wrong is None:
            wrong = _mismatch(value, json.loads(self.schema), "the answer")
            at = 0
        return self.verdict(
            wrong is None,
            observed="valid" if wrong is None else "not valid",
            wanted="JSON valid under the schema",
            reason=wrong or "It is valid.",
            evidence=((at, at + 1),) if wrong and at < len(view.raw) else (),
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        return json.dumps(_sample(json.loads(self.schema), draft), ensure_ascii=False)

    def violate(self, draft: str) -> str:
        return f"Here it is: {self.build(draft)}"


_KEYWORDS = frozenset(
    [
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "minItems",
        "maxItems",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
    ]
)


# What the value of a keyword is; `type` and `items` are looked at one by one.
_SHAPES: dict[str, type | tuple[type, ...]] = {
    "properties": dict,
    "required": list,
    "enum": list,
    "additionalProperties": bool,
    **dict.fromkeys(("minItems", "maxItems", "minLength", "maxLength"), int),
    **dict.fromkeys(("minimum", "maximum"), (int, float)),
}
_SHAPE_NAMES: dict[type | tuple[type, ...], str] = {
    dict: "an object",
    list: "an array",
    bool: "true or false",
    int: "a whole number",
    (int, float): "a number",
}


def _listed(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value] if value else []


def _is(value: object, kind: str) -> bool:
    if kind == "integer":
        return isinstance(value, float) and value.is_integer()
    kinds = {"object": dict, "array": list, "string": str, "number": float, "boolean": bool}
    return value is None if kind == "null" else isinstance(value, kinds[kind])


def _mismatch(value: object, schema: dict[str, Any], where: str) -> str | None:
    """What is wrong with the value under the schema, or None. Numbers are floats here."""
    kinds = _listed(schema.get("type", []))
    if kinds and not any(_is(value, kind) for kind in kinds):
        return f"{where} is {_kind(value)}, not of type {' or '.join(kinds)}."
    if "enum" in schema and not any(type(value) is type(e) and value == e for e in _floats(schema)):
        return f"{where} is none of the {len(schema['enum'])} values allowed."
    if isinstance(value, dict):
        value = cast("dict[str, Any]", value)
        known: dict[str, Any] = schema.get("properties", {})
        for name in schema.get("required", []):
            if name not in value:
                return f"{where} lacks {name!r}."
        for name, inner in value.items():
            if name in known:
                if wrong := _mismatch(inner, known[name], f"{name!r}"):
                    return wrong
            elif schema.get("additionalProperties") is False:
                return f"{where} has {name!r}, which the schema does not know."
        return None
    if isinstance(value, list):
        value = cast("list[Any]", value)
        if wrong := _outside(len(value), schema, "minItems", "maxItems"):
            return f"{where} has {len(value)} items, {wrong}."
        for i, inner in enumerate(value):
            if "items" in schema and (wrong := _mismatch(inner, schema["items"], f"item {i + 1}")):
                return wrong
        return None
    if isinstance(value, str) and (wrong := _outside(len(value), schema, "minLength", "maxLength")):
        return f"{where} has {len(value)} characters, {wrong}."
    if isinstance(value, float) and (wrong := _outside(value, schema, "minimum", "maximum")):
        return f"{where} is {value:g}, {wrong}."
    return None


def _floats(schema: dict[str, Any]) -> list[Any]:
    values = schema["enum"]
    return [float(v) if isinstance(v, int) and not isinstance(v, bool) else v for v in values]


def _outside(number: float, schema: dict[str, Any], least: str, most: str) -> str | None:
    if least in schema and number < schema[least]:
        return f"fewer than {schema[least]}"
    if most in schema and number > schema[most]:
        return f"more than {schema[most]}"
    return None


def _sample(schema: dict[str, Any], draft: str) -> Any:
    """A value of the schema that holds the draft where a text may stand."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = next(iter(_listed(schema.get("type", []))), "object")
    if kind == "object":
        names = schema.get("required") or list(schema.get("properties", {}))[:1]
        inner: dict[str, Any] = schema.get("properties", {})
        if not names and schema.get("additionalProperties") is not False:
            return {"answer": draft}
        return {n: _sample(inner.get(n, {"type": "string"}), draft) for n in names}
    if kind == "array":
        return [_sample(schema.get("items", {"type": "string"}), draft)] * max(
            1, schema.get("minItems", 1)
        )
    if kind == "string":
        least, most = schema.get("minLength", 0), schema.get("maxLength")
        return draft.ljust(least, ".")[:most]
    if kind in ("number", "integer"):
        return schema.get("minimum", min(0, schema.get("maximum", 0)))
    return True if kind == "boolean" else None
