"""One fence of code around the whole answer is no part of it."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import get
from bridle.constraints.loose import loose
from bridle.text.fences import inside

LISTS = [
    ("multiples", {"of": 7, "low": 10, "high": 30}, "14\n21\n28"),
    ("date_list", {}, "1796-04-12, 1800-06-14"),
    ("ordered_list", {"names": ["Oslo", "Riga"]}, "Oslo, Riga"),
    ("ordered_list", {"names": ["Oslo", "Riga"], "separator": "newline"}, "Oslo\nRiga"),
    ("one_of", {"options": ["yes", "no"]}, "no"),
    ("fixed_text", {"text": "Say it."}, "Say it."),
    ("repeat_span", {"prompt": "Say it.", "start": 0, "end": 0}, "Say"),
    ("repeat_changed", {"prompt": "Say it."}, "Sing it."),
    ("indentation_stairs", {}, "We add.\n  We stop."),
    ("word_per_line", {}, "We\nadd."),
]


@pytest.mark.parametrize(("name", "params", "text"), LISTS)
@pytest.mark.parametrize(
    "fence", ["```\n{}\n```", "\n```text\n{}\n```\n", "~~~ plaintext\n{}\n~~~"]
)
def test_a_fence_around_all(name: str, params: dict[str, Any], text: str, fence: str) -> None:
    rule = get(name, **params)
    assert rule.check(fence.format(text)).obeyed is True
    introduced = f"Here you are, my friend:\n\n{fence.format(text)}"
    assert loose(introduced, rule)[0].obeyed is True


@pytest.mark.parametrize(("name", "params", "text"), LISTS)
def test_other_words_beside_it(name: str, params: dict[str, Any], text: str) -> None:
    if name != "indentation_stairs":
        text = f"```\n{text}\n```\nThat is all."
        assert get(name, **params).check(text).obeyed is False


@pytest.mark.parametrize(
    "text",
    ["", "```", "``` ```", "```\na", "a\n```", "```\na\n```\nb\n```\nc\n```", "```py\na\n```"],
)
def test_no_fence_around_all(text: str) -> None:
    assert inside(text) == (0, len(text))


def test_dates_in_bold_or_as_code() -> None:
    assert get("date_list").obeyed_by("**1796-04-12**, `1800-06-14`.")
    assert not get("date_list").obeyed_by("**1796-04-12 (a battle)**")


@pytest.mark.parametrize("form", ["`{}`", "```\n{}\n```", "\n~~~text\n{}\n~~~"])
def test_what_is_reversed_in_code(form: str) -> None:
    words, letters = get("words_reversed"), get("letters_reversed", contains="bald eagle")
    assert words.obeyed_by(form.format("Four is answer the."))
    assert letters.obeyed_by(form.format(".elgae dlab eht si tI"))
    text = form.format("The answer is four.")
    verdict = words.check(text)
    assert verdict.obeyed is False
    assert [text[a:b] for a, b in verdict.evidence] == ["The"]
