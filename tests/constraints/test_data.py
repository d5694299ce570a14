"""JSON: what is valid, and schemas that make no sense."""

from __future__ import annotations

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError


@pytest.mark.parametrize(
    "schema",
    ["", "{", "[]", '{"type": "text"}', '{"pattern": "a+"}', '{"properties": []}', 3,
     '{"required": "answer"}', '{"enum": 3}', '{"items": [3]}', '{"minItems": "2"}',
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


def test_a_rule_whose_near_miss_is_an_option() -> None:
    rule = get("one_of", options=["None of these", "All of these"])
    assert rule.check(rule.violate("All of these")).obeyed is False
