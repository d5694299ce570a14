"""The request repeated before the answer."""

from __future__ import annotations

import pytest

from bridle.constraints import get


@pytest.mark.parametrize(
    ("prompt", "text", "obeyed"),
    [
        ("What is 2+2?", "What is 2+2?It is 4.", True),
        ("2+2等于几？", "2+2等于几？等于4。", True),
        ("计算二加二", "计算二加二等于四", True),
        ("Add 2 and 3", "Add 2 and 3.5 is it", False),
        ("Add 2 and 3", "Add 2 and 3. It is 5.", True),
        ("What is x", "What is x_1 then", False),
        ("Is it?", "Is it?\n\n∅", True),
        ("Isn't it so-so?", "Isn’t it so‑so? Yes.", True),
        ("Isn’t it\xa0so?", "Isn't it so? Yes.", True),
        ("\ufeffIs it \u200bso?", "Is it so? Yes.", True),
        ("Is it so", "Is it s\u200bo.", False),
        ("Is it?", "Is it?\n\n👍", True),
        ("Is it?", "Is it?\n\n—— | --- •…", False),
    ],
)
def test_where_the_prompt_ends_and_an_answer_follows(prompt: str, text: str, obeyed: bool) -> None:
    assert get("repeat_prompt", prompt=prompt).check(text).obeyed is obeyed
