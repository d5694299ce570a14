"""Lists: which lines are items, and under which bullet an inner one stands."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError


@pytest.mark.parametrize(
    ("name", "params", "text", "obeyed"),
    [
        # IFBench's checkers say otherwise for each of these
        ("sub_bullets", {}, "We add 2 - 1 and stop.", False),  # no bullet at all
        ("sub_bullets", {}, "* **Sum** of two\n  - It is 4.", True),  # bold is no bullet
        ("sub_bullets", {}, "* one-sided\n* two-sided", False),  # a hyphen in a word
        ("list_marker", {"marker": "-"}, "well-known one-way", False),
        ("sentences_then_bullets", {}, "We add. We stop.\n\n* 2\n\nThat is it.\n\n* 4", True),
        ("sentences_then_bullets", {}, "# We add. We stop.\n* 2\n* 4", False),  # a heading
        ("sentences_then_bullets", {"sentences": 1, "mark": "-"}, "We add.\n- 2\n- 4", True),
        ("list_marker", {"marker": "..."}, "...2\n...4", True),
        ("list_marker", {"marker": "SEP", "exactly": 1}, "SEP 2\nSEP 4", False),
        ("list_marker", {"marker": "é"}, "e\u0301 2\ne\u0301 4", True),  # either spelling
        ("list_marker", {"marker": "e"}, "e\u0301 2\ne\u0301 4", False),
        ("list_marker", {"marker": "项目"}, "项目加\n项目停", True),  # no word edges to see
    ],
)
def test_verdicts(name: str, params: dict[str, Any], text: str, obeyed: bool) -> None:
    assert get(name, **params).check(text).obeyed is obeyed


def test_evidence_is_the_bullet_without_an_inner_one() -> None:
    text = "* Sum\n  - Add.\n* Check"
    verdict = get("sub_bullets").check(text)
    assert [text[a:b] for a, b in verdict.evidence] == ["* Check"]
    assert verdict.reason == "1 of 2 bullet points has no sub-bullet -."


def test_building_replaces_other_bullets_and_keeps_the_rest() -> None:
    built = get("list_marker", marker="!?!?").build("* Add.\n* Stop.\n\nIt is \\boxed{4}.")
    assert built == "!?!? Add.\n!?!? Stop.\n\nIt is \\boxed{4}."


@pytest.mark.parametrize(
    ("name", "params", "said"),
    [
        ("sub_bullets", {"mark": "-"}, "another mark than -"),
        ("sub_bullets", {"mark": "#"}, "mark='#'"),
        ("list_marker", {"marker": " "}, "not empty"),
        ("list_marker", {"marker": "a\nb"}, "one line"),
        ("sentences_then_bullets", {"bullets": 0}, "bullets=0"),
    ],
)
def test_wrong_parameters(name: str, params: dict[str, Any], said: str) -> None:
    with pytest.raises(ConstraintError) as error:
        get(name, **params)
    assert said in str(error.value)


def test_one_is_said_as_one() -> None:
    rule = get("sentences_then_bullets", sentences=1, bullets=1)
    verdict = rule.check("We add.\n* 2")
    assert verdict.reason == "1 sentence, then 1 bullet point."
    assert verdict.wanted == "1 sentence, then 1 bullet point *"
    assert get("sub_bullets").check("* Sum\n  - Add.").reason == "The bullet point has one."
