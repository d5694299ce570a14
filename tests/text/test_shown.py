"""What a reader does not see counts for nothing, in both views, and offsets stay those of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridle.constraints import get
from bridle.text import MASK, Text, View
from bridle.text.seen import Seen
from bridle.text.shown import unframed


def words(view: View) -> list[str]:
    return [view.slice(span) for span in view.words]


@pytest.mark.parametrize(
    ("raw", "want"),
    [
        ("a <!-- b c --> d", ["a", "d"]),
        ("a <!-- b\nc --> d", ["a", "d"]),
        ("a <!-- b", ["a", "b"]),  # never closed
        ("a `<!-- b -->` c", ["a", "`<!-- b -->`", "c"]),  # code
        ("a <!-- $b --> c$ d", ["a", "c$", "d"]),  # no formula begins in a comment
        ("```markdown\nWe add, then stop.\n```", ["We", "add,", "then", "stop."]),
        ("~~~text\nWe add.\n~~~\n", ["We", "add."]),
        ('```json\n{"a": 1}\n```', ['{"a":', "1}"]),
        ('```\n{"a": 1}\n```', ['{"a":', "1}"]),
        ("```\nWe add.\n```", ["We", "add."]),
        ("`We add.`", ["We", "add."]),
        ("```python\nprint(1)\n```", ["```python\nprint(1)\n```"]),
        ("So:\n```text\nWe add.\n```", ["So:", "```text\nWe add.\n```"]),
        ("```text\na\n```\n\n```text\nb\n```", ["```text\na\n```", "```text\nb\n```"]),
        ("\ufeffWe\u200b", ["We"]),
    ],
)
def test_what_is_shown(raw: str, want: list[str]) -> None:
    assert words(Text(raw).masked) == want


@pytest.mark.parametrize("edge", ["\ufeff", "\u200e", "\u200b\u2060"])
def test_marks_at_the_very_start_are_seen(edge: str) -> None:
    assert len(Text(f"{edge}* Mix\n* Add{edge}").masked.items) == 2
    assert len(Text(f"{edge}# Mix").masked.headings) == 1


def test_a_comment_satisfies_nothing() -> None:
    hidden = "We add.\n\n<!-- victory, NASA -->"
    assert not get("keywords", keywords=["victory"]).check(hidden).obeyed
    assert get("no_comma").check(hidden).obeyed
    assert get("capital_words", at_most=0).check(hidden).obeyed
    assert get("paragraphs", exactly=1).check(hidden).obeyed


def test_json_in_a_fence_is_judged_as_without_one() -> None:
    bare = '{"name": "a medalist, at last"}'
    fenced = f"```json\n{bare}\n```"
    for rule in (get("keywords", keywords=["medalist"]), get("no_comma"), get("json")):
        assert rule.check(bare).obeyed == rule.check(fenced).obeyed
    assert get("code_language", language="JSON").check(fenced).obeyed


PIECES = ("<!--", "-->", "```", "json", "text", "{", "\n", " ", "a", "\ufeff")


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_nothing_moves(raw: str) -> None:
    text = unframed(raw)
    assert len(text) == len(raw)
    for was, seen in zip(raw, text, strict=True):
        assert seen == was or seen in " \n"
    assert MASK not in text


@given(
    st.lists(
        st.sampled_from((*PIECES, "&amp;", "\u200b", "<b>", "<p hidden>", "</p>", "[a](b)"))
    ).map("".join)
)
def test_what_is_left_stood_there(raw: str) -> None:
    seen = Seen(raw)
    at = -1
    for i, char in enumerate(seen.text):
        start, end = seen.original((i, i + 1))
        assert at <= start < end <= len(raw)
        assert raw[start] in (char, "&")  # of `&amp;` the first character
        at = start
