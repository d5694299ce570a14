"""What a model's responses show together: rows in, hints out, and what they change."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.responses import Ballot, Hints, read_response

LONE = "It is two and two, so 4.\n</think>\nIt is 4."
PLAIN = "It is two and two, so I add them and"
OPEN = "<think>a</think> <answer> \\boxed{4}"
CLOSED = "<think>a</think> <answer>4</answer>"


def vote(rows: Sequence[str], **more: str | None) -> Hints:
    ballot = Ballot()
    for row in rows:
        ballot.add(row, **more)
    return ballot.hints()


def test_a_stop_string_is_no_cut() -> None:
    hints = vote([OPEN] * 9 + [CLOSED])
    assert hints.stops_at_answer and not hints.closes_answer
    got = read_response(OPEN, hints=hints)
    assert (got.status, got.answer, got.read_how) == ("complete", "\\boxed{4}", "voted stop")
    assert hints.said() == [
        "9 of 10 <answer> blocks are never closed: read as stopped at </answer>, not as cut"
    ]


def test_without_a_vote_it_is_assumed() -> None:
    got = read_response(OPEN)
    assert (got.status, got.read_how) == ("complete", "assumed stop")


def test_where_the_others_are_closed_one_that_is_not_was_cut() -> None:
    hints = vote([CLOSED] * 19 + [OPEN])
    got = read_response(OPEN, hints=hints)
    assert (got.status, got.read_how) == ("truncated", "voted cut")
    assert read_response(CLOSED, hints=hints).status == "complete"


def test_few_rows_condemn_none() -> None:
    assert read_response(OPEN, hints=vote([CLOSED] * 8 + [OPEN])).status == "complete"


def test_a_provider_that_says_stop_is_believed() -> None:
    hints = vote([CLOSED] * 19 + [OPEN])
    assert read_response(OPEN, finish_reason="stop", hints=hints).status == "complete"
    plain = vote([LONE] * 5)
    assert read_response(PLAIN, finish_reason="stop", hints=plain).status == "complete"


def test_a_thought_cut_before_any_tag_is_told_by_its_siblings() -> None:
    hints = vote([LONE, LONE, PLAIN])
    got = read_response(PLAIN, hints=hints)
    assert (got.status, got.answer, got.thinking) == ("truncated", "", PLAIN)
    assert (got.dialect, got.read_how) == ("think", "voted cut")
    assert read_response(LONE, hints=hints).status == "complete"
    assert "1 of 3 responses lack the closing tag" in hints.said()[0]


def test_a_model_without_tags_is_not_cut() -> None:
    assert read_response(PLAIN, hints=vote([PLAIN] * 9)).status == "complete"
    assert read_response(PLAIN, hints=vote([PLAIN] * 9 + [LONE])).status == "complete"


@pytest.mark.parametrize(
    "row",
    [
        "<think>a</think>4",  # its own opening: nothing is prefilled
        "</mm:think>4",  # MiniMax-M3 without thinking: a closing tag with nothing before it
        "The tag `</think>` ends it.",
        "They write </think> at the end of it.",
    ],
)
def test_what_is_no_lone_closing_tag(row: str) -> None:
    assert vote([row] * 9 + [PLAIN]).closes_thinking is None


@pytest.mark.parametrize("row", ["<answer>4</answer>", "think\na\nanswer\n4", "x<|im_end|>", ""])
def test_what_is_not_untagged(row: str) -> None:
    assert vote([row] * 9).untagged == 0


def test_rows_with_a_field_of_thinking_do_not_vote_on_it() -> None:
    assert vote([PLAIN] * 3, reasoning="a").untagged == 0
    hints = vote([LONE] * 3)
    assert read_response(PLAIN, reasoning="a", hints=hints).status == "complete"


def test_rows_that_ended_by_themselves_do_not_lack_a_tag() -> None:
    assert vote([PLAIN] * 3, finish_reason="stop").untagged == 0
    assert vote([PLAIN] * 3, finish_reason="length").untagged == 3


def test_no_rows_decide_nothing() -> None:
    assert Ballot().hints() == Hints()
    assert Hints().said() == []


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.sampled_from([LONE, PLAIN, OPEN, CLOSED, "", "4"]), max_size=12))
def test_the_order_of_the_rows_does_not_matter(rows: list[str]) -> None:
    assert vote(rows) == vote(rows[::-1]) == vote(sorted(rows))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.sampled_from([LONE, PLAIN, OPEN, CLOSED]), max_size=12),
    st.sampled_from([LONE, CLOSED, "<think>a</think>4", "<think>a"]),
)
def test_a_vote_changes_no_response_that_says_itself_how_it_ended(
    rows: list[str], row: str
) -> None:
    assert read_response(row, hints=vote(rows)) == read_response(row)
