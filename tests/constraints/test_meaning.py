"""What MathIF's published checkers get wrong, each with the right verdict.

The cases were found by running the code published with arXiv 2505.14810.
"""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import get


@pytest.mark.parametrize(
    ("name", "params", "text", "observed"),
    [
        ("words", {"exactly": 3}, "state-of-the-art isn't 3.14", 3),
        ("words", {"exactly": 1}, "\\frac{1}{2}+\\sqrt{3}", 1),
        ("bullets", {"exactly": 0}, "---", 0),
        ("bullets", {"exactly": 0}, "-3 is the root.", 0),
        ("bullets", {"exactly": 0}, "So:\n```\n- x = 1\n* y\n```", 0),
        ("bullets", {"exactly": 2}, "• one\n+ two", 2),
        ("highlights", {"exactly": 0}, "3 * 4 * 5", 0),
        ("highlights", {"exactly": 1}, "_x_", 1),
        ("capital_words", {"exactly": 0}, "Points A B C lie on a line.", 0),
    ],
)
def test_counts(name: str, params: dict[str, Any], text: str, observed: int) -> None:
    verdict = get(name, **params).check(text)
    assert verdict.observed == observed
    assert verdict.obeyed is True


FIVE = "".join(f"SECTION {i}\nText.\n" for i in range(1, 6))


@pytest.mark.parametrize(
    ("name", "params", "text", "obeyed"),
    [
        ("keywords", {"keywords": ["win"]}, "Open the window.", False),
        ("keywords", {"keywords": ["now"]}, "I know.", False),
        ("keywords", {"keywords": ["f(x"]}, "No function here.", False),
        ("keywords", {"keywords": ["f(x"]}, "The function f(x) here.", True),
        ("forbidden_words", {"words": ["win"]}, "Open the window.", True),
        ("forbidden_words", {"words": ["now"]}, "I know.", True),
        ("sections", {"number": 2}, FIVE, False),
        ("sections", {"number": 5}, FIVE, True),
        ("sections", {"number": 1}, "This is said in SECTION 1 of it.", False),
        ("end_phrase", {"phrase": "Any other questions?"}, "4. ANY OTHER QUESTIONS?", False),
        ("quoted", {}, '"A" and "B"', False),
        ("quoted", {}, "“The answer is 4.”", True),
        ("no_comma", {}, "The space a\\,b is thin.", True),
        ("no_comma", {}, "一，二", False),
        ("no_comma", {}, "$f(1,2)$ is no prose.", True),
        ("repeat_prompt", {"prompt": "What is 2+2?"}, "What is 2+2?", False),
        ("repeat_prompt", {"prompt": "What is 2+2?"}, "What is 2+2? 4", True),
        ("language", {"language": "en"}, "THE ANSWER IS FOUR BECAUSE WE ADD TWO AND TWO.", True),
        (
            "language",
            {"language": "de"},
            "Wir lösen $x_{the} + y_{equation}$ und erhalten \\(\\frac{the}{answer}\\) als Ergebnis.",
            True,
        ),
        ("language", {"language": "en"}, "$x = 4$", None),
        ("uppercase", {}, "THE ANSWER IS \\boxed{x_1}.", True),
        ("lowercase", {}, "the point is $A$.", True),
        ("words", {"less_than": 3}, "one two three", False),
        ("words", {"at_least": 3}, "one two three", True),
    ],
)
def test_verdicts(name: str, params: dict[str, Any], text: str, obeyed: bool | None) -> None:
    assert get(name, **params).check(text).obeyed is obeyed


def test_a_verdict_does_not_depend_on_what_was_judged_before() -> None:
    rule = get("language", language="es")
    text = "La suma es cuatro."
    first = rule.check(text)
    for other in ("The sum is four and that is it.", "Die Summe ist vier.", "42"):
        rule.check(other)
    assert rule.check(text) == first


def test_evidence_points_at_the_original() -> None:
    text = "So $a, b$ it is, then."
    verdict = get("no_comma").check(text)
    assert [text[a:b] for a, b in verdict.evidence] == [","]
    assert verdict.evidence[0][0] == text.index(", then")
    verdict = get("words", at_most=3).check("one $x$ three four five")
    assert verdict.evidence == ((14, 18), (19, 23))
    assert verdict.reason == "5 words, 2 too many."
