"""The reward's core: parts and weights, lengths, floors, rows; and that no text makes it raise or wait."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.benchmarks.item import Item, conversation
from bridle.benchmarks.item_rows import item_of
from bridle.errors import BridleError, DataError
from bridle.grading import grade
from bridle.responses import read_response
from bridle.reward import Length, Reward, item_of_row, row_of
from bridle.reward.core import LONGEST, LONGEST_ANSWER

RULES = [{"type": "words", "at_most": 9}, {"type": "no_comma"}]


def item(rules: list[dict[str, Any]] = RULES, answer: str | None = "4") -> Item:
    return item_of({"question": "What is 2+2?", "answer": answer, "constraints": rules}, name="i")


def test_the_parts_are_those_of_the_grade() -> None:
    made = Reward(dict.fromkeys(("correct", "obeyed", "soft", "hard", "joint"), 1.0))
    for answer in (
        "The answer is 4.",
        "The answer is 5.",
        "Two, two: the answer is 4.",
        "One, two. " * 9,
    ):
        parts = made.score(item(), answer).parts
        graded = grade(item(), read_response(answer))
        assert parts["correct"] == graded.correct
        assert parts["obeyed"] == parts["soft"] == graded.soft
        assert parts["hard"] == graded.hard
        assert parts["joint"] == graded.joint


def test_a_weighted_sum() -> None:
    made = Reward.of("format")
    assert made.score(item(), "<think>2+2</think>The answer is 4.").reward == pytest.approx(1.1)
    assert made.score(item(), "<think>2+2</think>The answer is 5.").reward == pytest.approx(0.1)
    assert made.score(item(), "The answer is 4.").reward == pytest.approx(1.0)


def test_what_the_prompt_opened_is_thinking() -> None:
    made = Reward.of("format")
    assert made.score(item(), "2+2</think>The answer is 4.", prompt="Q<think>\n").reward == 1.1
    cut = made.score(item(), "2+2 is 4. The answer is 4.", prompt="Q<think>\n")
    assert (cut.reward, cut.status) == (0.0, "truncated")
    assert made.score(item(), "The answer is 4.", prompt="Write <think> first").reward == 1.0


def test_a_rollout_at_its_cap_was_cut() -> None:
    made = Reward.of("joint", max_tokens=64)
    assert made.score(item(), "The answer is 4.", tokens=63).reward == 1
    assert made.score(item(), "The answer is 4.", tokens=64).status == "truncated"


def test_nothing_beyond_the_cap_and_a_ramp_to_it() -> None:
    made = Reward.of("joint", length=Length(100, ramp=50))
    earned = [made.score(item(), "It is 4.", tokens=n).reward for n in (1, 50, 75, 100, 101)]
    assert earned == [1, 1, 0.5, 0, 0]
    assert Length(100).factor(100) == 1
    for cap, ramp in ((0, 0), (10, 11), (10, -1)):
        with pytest.raises(BridleError):
            Length(cap, ramp)


def test_what_is_obeyed_anyway_earns_its_lift() -> None:
    floors = {"words": 0.9, "no_comma": 0.5}
    answer = "The answer is 4."
    assert Reward.of("obeyed", floors=floors).score(item(), answer).reward == pytest.approx(0.3)
    assert Reward.of("hard", floors=floors).score(item(), answer).reward == pytest.approx(0.55)
    long = "The answer is 4. " + "It is so because we add. " * 3
    assert Reward.of("obeyed", floors=floors).score(item(), long).reward == pytest.approx(0.25)


def test_an_item_without_a_reference_is_left_out() -> None:
    bare = item(answer=None)
    assert Reward.of("correct").score(bare, "4").reward is None
    assert Reward.of("hard").score(bare, "4").reward == 1
    assert Reward.of("hard").score(item(rules=[]), "4").reward is None
    assert Reward.of("joint").score(item(rules=[]), "4").reward == 1


def test_a_refused_setting_says_what_there_is() -> None:
    with pytest.raises(BridleError, match="did you mean 'joint'"):
        Reward.of("jiont")
    with pytest.raises(BridleError):
        Reward({})
    with pytest.raises(BridleError):
        Reward({"joint": float("nan")})
    with pytest.raises(BridleError):
        Reward.of("joint", floors={"words": 1.5})


def test_a_row_comes_back_as_its_item() -> None:
    text = row_of(item())
    assert item_of_row(text).constraints == item().constraints
    assert item_of_row(text).prompt == item().prompt
    assert item_of_row(text) is item_of_row(text)
    # as Arrow hands nested columns back: every row with the keys of all
    fields = json.loads(text)
    fields["constraints"] = [c | {"at_least": None, "phrase": None} for c in fields["constraints"]]
    assert item_of_row(fields).constraints == item().constraints
    two = conversation("c", item().problem, item().asks * 2, benchmark="b")
    with pytest.raises(BridleError, match="2 turns"):
        row_of(two)
    for bad in ("", "[]", "{}", "4", {"a": 1}, None, 7, '{"constraints": [{"type": "nope"}]}'):
        with pytest.raises(DataError):
            item_of_row(bad)  # type: ignore[arg-type]
        assert Reward.of("joint").score(bad, "4").status == "no_item"  # type: ignore[arg-type]


def test_what_is_no_text_earns_nothing() -> None:
    for completion in (None, 7, b"4", {}, {"a": 1}, [], [None], object()):
        scored = Reward.of("joint").score(item(), completion)
        assert scored.reward == 0
        assert scored.status in ("unreadable", "no_answer")


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str) -> None:
    scored = Reward({"joint": 1, "format": 0.1, "obeyed": 1}).score(item(), text, prompt=text)
    assert scored.status != "failed"
    assert 0 <= (scored.reward or 0) <= 2.1


HOSTILE = {
    "words": "word ", "one letter": "a", "sentences": "It is so. ", "open tags": "<think>", "close tags": "</think>",
    "boxes": "\\boxed{", "comments": "<!--", "divs": "<div style='display:none'>", "ticks": "`", "dollars": "$x$ ",
    "brackets": "((((", "fractions": "\\frac{1}{", "lines": "- a\n", "blank lines": "\n\n", "digits": "9", "powers": "9^",
    "stars": "**", "tables": "|a|b|\n", "chain": "a.b_", "invisible": "\u200b", "combining": "a\u0336", "quotes": '"',
}  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_no_text_takes_two_seconds(piece: str) -> None:
    rules = [*RULES, {"type": "keyword_count", "keyword": "river", "at_least": 2}]
    made = Reward.of("joint")
    made.score(item(rules), "The answer is 4.")  # imports, Math-Verify's worker
    for text in (
        piece * (LONGEST_ANSWER // len(piece)),
        "<think>" + piece * (LONGEST // 2 // len(piece)),
    ):
        start = time.process_time()
        assert made.score(item(rules), text).status != "failed"
        assert time.process_time() - start < 2
