"""JSON: what is valid, and schemas that make no sense."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError


@pytest.mark.parametrize(
    "schema",
    ["", "{", "[]", '{"type": "text"}', '{"pattern": "a+"}', '{"properties": []}', 3,
     '{"required": "answer"}', '{"enum": 3}', '{"items": [3]}', '{"minItems": "2"}',
     '{"items": [{"type": "string"}]}', '{"items": false}', '{"type": []}', '{"type": null}',
     '{"enum": []}', '{"minItems": -1}', '{"minItems": true}', '{"required": [1]}',
     '{"minimum": NaN}', '{"type": "array", "minItems": 1000000000}',
     # no value is valid under these
     '{"type": "array", "minItems": 3, "maxItems": 2}', '{"type": "string", "enum": [3]}',
     '{"type": "integer", "minimum": 0.2, "maximum": 0.8}',
     '{"type": "object", "required": ["b"], "additionalProperties": false}',
     '{"items":' * 300 + "{}" + "}" * 300],
)  # fmt: skip
def test_schemas_that_make_no_sense(schema: object) -> None:
    with pytest.raises(ConstraintError):
        get("json_schema", schema=schema)


def test_a_schema_may_be_an_object() -> None:
    rule = get("json_schema", schema={"type": "object", "properties": {"n": {"minimum": 0}}})
    assert rule.obeyed_by('{"n": 0}') and not rule.obeyed_by('{"n": -1}')


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        ("[" * 100_000 + "]" * 100_000, False),
        ('"' + "[" * 300 + '"', True),
        ("9" * 10_000, True),
        ('{"a": 1,}', False),
        ("```\n[1]\n```", True),
        ("-0", True),
        ("Infinity", False),
    ],
)
def test_json(text: str, obeyed: bool) -> None:
    assert get("json").check(text).obeyed is obeyed


@pytest.mark.parametrize(
    ("schema", "text", "obeyed"),
    [
        ({"enum": [[1]]}, "[true]", False),  # 1 is not true, however deep
        ({"enum": [{"a": 1}]}, '{"a": 1.0}', True),
        ({"enum": [10**16 + 1]}, str(10**16), False),  # a float could not tell them apart
        ({"type": "integer"}, "9" * 400, True),
        ({"type": "integer"}, "9" * 10_000, True),
        ({"type": "integer"}, "1e2", True),
        ({"maximum": 5}, "9" * 400, False),
        ({"type": ["string", "null"]}, "null", True),
        ({"minimum": 3}, '"a"', True),
        ({"type": "string", "maxLength": 1}, '"🙂"', True),
    ],
)
def test_schemas(schema: dict[str, Any], text: str, obeyed: bool) -> None:
    assert get("json_schema", schema=schema).check(text).obeyed is obeyed


def test_reasons_of_a_schema() -> None:
    rule = get("json_schema", schema={"type": "array", "minItems": 2, "items": {"minimum": 3}})
    assert rule.check("[4]").reason == "The answer has 1 item, fewer than 2."
    assert rule.check("[4, 1]").reason == "Item 2 is 1, less than 3."


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "minimum": 0.5},
        {"type": "integer", "maximum": -0.5},
        {"type": "number", "minimum": 0.25, "maximum": 0.5},
        {"type": "array", "maxItems": 0},
        {"type": "array", "minItems": 2, "items": {"enum": ["a"]}},
        {"type": ["null", "string"], "maxLength": 3},
        {"type": "string", "enum": [3, "a"]},
        {"properties": {"a": {"type": "integer", "minimum": 2, "maximum": 1}}},
        '{"type": "array", "items":' * 90 + "{}" + "}" * 90,
    ],
)
def test_a_value_is_made_of_every_schema(schema: Any) -> None:
    rule = get("json_schema", schema=schema)
    assert rule.check(rule.build("It is 4.")).obeyed is True
    assert rule.check(rule.violate("It is 4.")).obeyed is False


def test_a_rule_whose_near_miss_is_an_option() -> None:
    rule = get("one_of", options=["None of these", "All of these"])
    assert rule.check(rule.violate("All of these")).obeyed is False
