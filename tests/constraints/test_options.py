"""One of a few options."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import get

YES = {"options": ["yes", "no"]}


@pytest.mark.parametrize(
    ("params", "text", "said"),
    [
        (YES, "«yes»", ["yes"]),
        (YES, "‘no’", ["no"]),
        (YES, "\u200byes\n", ["yes"]),
        (YES, "yes。", ["yes"]),
        (YES, '**"yes".**', ["yes"]),
        (YES, "Yes", []),
        (YES, "", []),
        ({"options": ["yes", "yes."]}, "yes.", ["yes."]),
        ({"options": ["f", "f'"]}, "**f'**", ["f'"]),
        ({"options": ["f", "f'"]}, "f", ["f"]),
        ({"options": [".5", "5"]}, "5", ["5"]),
        ({"options": [".5", "5"]}, "`.5`", [".5"]),
        ({"options": [".NET", "Java"]}, "NET", []),
        ({"options": ["*", "+"]}, "*", ["*"]),
        ({"options": ["*", "+"]}, "", []),
        ({"options": ["3.14", "3"]}, "3.", ["3"]),
        ({"options": ["a b", "a"], "anywhere": True}, "a b", ["a b"]),
        ({"options": ["a b", "a"], "anywhere": True}, "a b a", ["a b", "a"]),
        ({"options": ["can", "won"], "anywhere": True}, "It can't: won", ["won"]),
    ],
)
def test_the_option_that_is_meant(params: dict[str, Any], text: str, said: list[str]) -> None:
    verdict = get("one_of", **params).check(text)
    assert verdict.observed == said
    assert verdict.obeyed is (len(said) == 1)
