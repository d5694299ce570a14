"""Emoji, title case, numbers, words in other scripts."""

from __future__ import annotations

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError

DRAFT = "We add $2$ and $40$ first.\n\n- Then we stop.\n\nSo the final answer is \\boxed{42}."


@pytest.mark.parametrize(
    "script",
    ["Japanese", "Chinese", "Korean", "Russian", "Greek", "Arabic", "Hebrew", "Hindi", "Thai"],
)
@pytest.mark.parametrize("every", [1, 2, 5, 29])
def test_every_script_can_be_built(script: str, every: int) -> None:
    rule = get("every_nth_script", every=every, script=script)
    assert rule.check(rule.build(DRAFT)).obeyed is True
    assert rule.check(rule.violate(DRAFT)).obeyed is False


def test_an_unknown_script() -> None:
    with pytest.raises(ConstraintError, match="one of: Japanese"):
        get("every_nth_script", every=2, script="Klingon")


@pytest.mark.parametrize("end", ["🙂", "👍🏽", "🏳️‍🌈", "🇯🇵", "1️⃣", "❤️", "👨‍👩‍👧"])
def test_every_kind_of_emoji(end: str) -> None:
    rule = get("emoji_ends")
    for text in (f"It is 4. {end}", f"It is 4 {end}.", f"It is {end}! {end} Done {end}"):
        assert rule.check(text).obeyed is True, text
    assert rule.check(f"It is {end} 4.").obeyed is False


@pytest.mark.parametrize(
    "text",
    [
        "We get 🙂:\n\n$$x = 4$$\n\nDone 🙂.",
        "We run this 🙂\n\n```py\nprint(1)\n```\n\nDone 🙂",
        "Dear Bob 🙂,\n\nHere are the steps 🙂:\n- Add 🙂\n- Stop 🙂",
        "| a | b |\n|---|---|\n| 1 | 2 🙂 |",
        "We add 🙂. Thanks 🙏\u200b",
    ],
)
def test_what_stands_beside_sentences_needs_no_emoji(text: str) -> None:
    assert get("emoji_ends").check(text).obeyed is True
    assert get("emoji_ends").check(f"{text}\n\nSo it is.").obeyed is False


@pytest.mark.parametrize("text", ["It is 4.", "It is ©.", "It is *.", "So #", "It is → ."])
def test_other_signs_are_no_emoji(text: str) -> None:
    assert get("emoji_ends").check(text).obeyed is False


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1, 2 and 3", 3),
        ("1,000,000.5", 1),
        ("H2O and CO2", 0),
        ("2nd, 5km, 10%", 3),
        ("-3 to +4", 2),
        ("1. First\n2. Second", 2),
        ("3/4 at 9:30", 2),
        ("٣ and ४", 2),
        ("$5$ and $6$", 2),
    ],
)
def test_numbers(text: str, number: int) -> None:
    rule = get("numbers", exactly=number, maths="kept")
    assert rule.check(text).observed == number


def test_title_case_leaves_minor_words() -> None:
    assert get("title_case").build("the sum of a and b is $x$ in all.") == (
        "The Sum of a and B Is $x$ in All."
    )


@pytest.mark.parametrize(
    ("name", "text", "obeyed"),
    [
        ("lowercase", "𝗧𝗵𝗲 sum", False),
        ("lowercase", "𝘁𝗵𝗲 sum", True),
        ("uppercase", "𝘁𝗵𝗲 SUM", False),
        ("uppercase", "𝗧𝗛𝗘 SUM OF 𝑥 AND 𝑎𝑏", True),  # variables are no words
    ],
)
def test_words_in_letters_of_mathematics_have_a_case(name: str, text: str, obeyed: bool) -> None:
    rule = get(name)
    assert rule.check(text).obeyed is obeyed
    assert rule.check(rule.build(text)).obeyed is True
