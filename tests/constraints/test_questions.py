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
