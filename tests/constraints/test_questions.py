"""Multiple-choice questions."""

from __future__ import annotations

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError

OPTIONS = "A) 3\nB) 4\n"


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        (f"Question 1: Two?\n{OPTIONS}Question 2: Twice two?\n{OPTIONS}", True),
        (f"### Question 1\nTwo?\n{OPTIONS}\n### Question 2\nTwice\ntwo?\n{OPTIONS}", True),
        (f"Question 10: Two?\n{OPTIONS}Question 2: 2 ?\n{OPTIONS}", False),  # labels aside: shorter
        (f"Question 1: Two?\n{OPTIONS}Question 2: Four?\n{OPTIONS}C) 5", False),
        (f"Question 1: Two?\n{OPTIONS}Question 2: Four?\nB) 3\nA) 4", False),
        (f"Questions: Two?\n{OPTIONS}Question 2: Four?\n{OPTIONS}", False),
        (f"Question 1: Two?\n{OPTIONS}Question 2:\n{OPTIONS}", False),
        (f"Question 1: Two?\n{OPTIONS}", False),
        ("", False),
        # The instruction asks for no label at the very beginning of the text.
        (f"# Quiz\n\nQuestion 1: Two?\n{OPTIONS}Question 2: Four?\n{OPTIONS}", True),
        ("Question 1: Two?\nA: 3\nB: 4\nQuestion 2: Four?\n*A) 3*\nB）4", True),
        (f"- Question 1: Two?\n  - A. 3\n  - B. 4\n- Question #2: Four?\n{OPTIONS}", True),
        ("> Question 1: Two?\n> A) 3\n> B) 4\n>\n> Question 2: Four?\n> A) 3\n> B) 4", True),
        (f"Question 1: Two?\n{OPTIONS}Question 2: Is\nI. odd?\nII. even?\n{OPTIONS}", True),
        ("Question 1: Two?\n- [ ] A) 3\n- [x] B) 4\nQuestion 2: Four?\nA) 3\nB) 4", True),
        ("Question\xa01: Two?\nA)\xa01\nB)\xa02\nQuestion\xa02: Four?\nA)\u202f3\n\xa0B) 4", True),
        (f"\ufeffQuestion 1: Two?\n{OPTIONS}Question 2: Four?\n{OPTIONS}", True),
        (f"Question 1: Two?\n{OPTIONS}Question 2: Is it\nA.M. or P.M.?\n{OPTIONS}", True),
    ],
)
def test_verdicts(text: str, obeyed: bool) -> None:
    assert get("choice_questions", questions=2, options=2).check(text).obeyed is obeyed


def test_length_is_free_where_nobody_asks_for_it() -> None:
    text = f"Question 1: Twice two?\n{OPTIONS}Question 2: Two?\n{OPTIONS}"
    assert get("choice_questions", questions=2, options=2).check(text).obeyed is False
    assert get("choice_questions", questions=2, options=2, longer=False).check(text).obeyed is True


def test_more_options_than_letters() -> None:
    with pytest.raises(ConstraintError, match="at most 26"):
        get("choice_questions", questions=1, options=27)


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Q", "Q1: Two?\nA) 3\nQ2: Four?\nA) 3"),
        ("问题", "问题1：二？\nA) 3\n问题二：二加二？\nA) 3"),
    ],
)
def test_a_number_may_follow_the_label_at_once(label: str, text: str) -> None:
    rule = get("choice_questions", questions=2, options=1, label=label)
    assert rule.check(text).obeyed is True, rule.check(text).reason


def test_a_label_that_is_an_option() -> None:
    rule = get("choice_questions", questions=1, options=1, label="B")  # the one option is A
    assert rule.obeyed_by(rule.build("It is 4."))
    with pytest.raises(ConstraintError, match="label='B'"):
        get("choice_questions", questions=1, options=2, label="B")
