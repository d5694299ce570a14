"""Data as the answer: JSON, and JSON of a given shape."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import WRAP, Constraint
from bridle.constraints.families.data.schemas import fault, kind_of, mismatch, sample
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import View
from bridle.text.invisible import SPACES

_FENCE = re.compile(r"```+|~~~+")
_INFO = re.compile(r"[ \t]*(?:[A-Za-z][^\r\n]*(?=[\r\n])|(?:json\w*(?=[\s{\[\"]))?)", re.IGNORECASE)
_DEEPEST = 200  # levels of nesting read; deeper is nobody's answer, and would exhaust the parser
_DEEPEST_SCHEMA = 100  # it is gone through in several ways
_LONGEST = 4_000  # digits of an integer that is read exactly


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


def _number(digits: str) -> float:
    return int(digits) if len(digits) <= _LONGEST else float(digits)


def _body(raw: str) -> tuple[int, int]:
    """Where the inside of one code fence around all of the text stands, or the whole text."""
    end = len(raw.rstrip(SPACES))
    start = end - len(raw[:end].lstrip(SPACES))
    fence = _FENCE.match(raw, start, end)
    if fence is None or not raw.endswith(fence.group(), fence.end(), end):
        return start, end
    info = _INFO.match(raw, fence.end(), end)
    start = info.end() if info else fence.end()
    return start, max(start, start + len(raw[start:end].rstrip(fence.group()[0])))


def _loaded(raw: str) -> tuple[object, str | None, int]:
    """(value, what is wrong or None, where)."""
    start, end = _body(raw)
    body = raw[start:end].strip(SPACES)  # all white space is free
    shift = start + len(raw[start:end]) - len(raw[start:end].lstrip(SPACES))
    if not body:
        return None, "There is no text.", 0
    if body.count("[") + body.count("{") > _DEEPEST and _nested(body) > _DEEPEST:
        return None, f"It is nested more than {_DEEPEST} levels deep.", shift
    try:
        return json.loads(body, parse_constant=_constant, parse_int=_number), None, shift
    except json.JSONDecodeError as error:
        at = shift + error.pos
        line, column = raw.count("\n", 0, at) + 1, at - raw.rfind("\n", 0, at)
        return None, f"Not JSON: {error.msg} (line {line}, column {column}).", at
    except ValueError as error:
        return None, f"Not JSON: {error}.", shift


@register
@dataclass(frozen=True, kw_only=True)
class Json(Constraint):
    """The whole text is one JSON value."""

    name = "json"
    skill = "precision"
    stage = WRAP
    meaning = (
        "The whole text, or what stands in one pair of ``` around it, is one JSON value (RFC 8259: "
        f"no comments, no trailing commas, no NaN), at most {_DEEPEST} levels deep; with `object` it "
        "must be an object."
    )
    examples: ClassVar = (
        Example({}, '{"answer": "4"}', True),
        Example({}, '```json\n{"answer": 4}\n```', True, "in a code fence"),
        Example({}, '```json {"answer": 4}```', True, "on one line"),
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
        observed = "not JSON" if wrong else "JSON"
        if wrong is None and self.object and not isinstance(value, dict):
            observed = kind_of(value)
            wrong = f"It is {observed}, not an object."
        return self.verdict(
            wrong is None,
            observed=observed,
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


@register
@dataclass(frozen=True, kw_only=True)
class JsonSchema(Constraint):
    """The whole text is JSON of a given shape."""

    name = "json_schema"
    skill = "planning"
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
        if _nested(self.schema) > _DEEPEST_SCHEMA:
            raise self.bad("schema", f"{self.schema[:60]}…", f"at most {_DEEPEST_SCHEMA} levels")
        try:
            schema = json.loads(self.schema, parse_constant=_constant)
        except ValueError as error:
            raise self.bad("schema", self.schema, f"valid JSON ({error})") from None
        wrong = fault(schema)
        if wrong:
            raise self.bad("schema", *wrong)

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Answer with JSON that is valid under this JSON Schema, and nothing else: {self.schema}",
            f"Your whole answer must be JSON of this schema: {self.schema}",
            f"Write only JSON; it must satisfy the schema {self.schema}",
        )

    def judge(self, view: View) -> Verdict:
        value, wrong, at = _loaded(view.raw)
        if wrong is None:
            wrong = mismatch(value, json.loads(self.schema), "The answer")
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
        return json.dumps(sample(json.loads(self.schema), draft), ensure_ascii=False)

    def violate(self, draft: str) -> str:
        return f"Here it is: {self.build(draft)}"
