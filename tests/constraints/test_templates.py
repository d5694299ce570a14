"""Labels in order; sentences by the alphabet."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import from_peer, get, witness
from bridle.errors import ConstraintError


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        ("My Answer: 4\nMy Conclusion: It is even.\nFuture Outlook: None.", True),
        ("**My Answer:** $4$\n\n**My Conclusion:** Even.\n\n## Future Outlook:\n- None", True),
        # taken by IFBench's checker, which asks only whether the labels occur
        ("Future Outlook: None. My Conclusion: Even. My Answer: 4", False),
        ("My Answer: My Conclusion: Future Outlook:", False),
        ("Hello. My Answer: 4 My Conclusion: Even. Future Outlook: None.", False),
    ],
)
def test_template(text: str, obeyed: bool) -> None:
    assert from_peer("format:output_template", {}).check(text).obeyed is obeyed


def test_template_evidence() -> None:
    text = "A: 1\nC: 2\nB: 3"
    verdict = get("output_template", labels=["A:", "B:", "C:"]).check(text)
    assert [text[a:b] for a, b in verdict.evidence] == ["B:"]
    assert verdict.reason == "The label after 'B:' stands before it."


def test_a_draft_with_labels_out_of_place_keeps_its_words() -> None:
    rule = get("output_template", labels=["Answer:", "Reason:"])
    built = rule.build("Reason: We add. Answer: \\boxed{4}.")
    assert built.startswith("Answer: Reason We add. Answer \\boxed{4}.\nReason: ")


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (["答案：", "理由："], "答案：四\n理由：相加。"),
        (["答案", "理由"], "答案是四。理由是相加。"),
        (["[Answer]", "So ->"], "[Answer]4\nSo ->add"),
        (["Today's Plan:"], "Today’s Plan: go"),
        (["Réponse :", "Raison:"], "Réponse\u202f: 4\nRaison\u00a0: on additionne."),
        (["Answer:", "Reason:"], "\ufeff_Answer_: 4\n_Reason_: add"),
    ],
)
def test_labels_of_any_kind(labels: list[str], text: str) -> None:
    rule = get("output_template", labels=labels)
    assert rule.check(text).obeyed is True, rule.check(text).reason
    built = rule.build("The answer is \\boxed{42}.")
    assert rule.obeyed_by(built)
    assert all(piece.text in text for piece in rule.requires())


@pytest.mark.parametrize("labels", [["$x$:"], ["`a`"], [], ["**"], ["Answer:", "My Answer:"]])
def test_wrong_labels(labels: list[str]) -> None:
    with pytest.raises(ConstraintError):
        get("output_template", labels=labels)


@pytest.mark.parametrize(
    ("params", "text", "obeyed"),
    [
        ({"last": "C"}, "*Áfter all we add.* But wait! “Can it be?”", True),
        ({"last": "C"}, "1. Add.\n2. But wait.\n3. Check.", True),
        ({"last": "B"}, "Add 2.5 to it. But wait, Dr. Li.", True),
        ({"last": "B"}, "Add. 3 it is.", False),
        ({"last": "B"}, "Add it. $B$ is the sum.", True),  # the letter that is seen
        ({"last": "B"}, "Add it. $\\beta$ is the sum.", False),
        ({"last": "B"}, "A. Apples add up.\nB. But stop.", True),
        ({"first": "X"}, "Xenia adds. Zoe stops. Yes.", False),
        ({"last": "A"}, "", False),
    ],
)
def test_alphabet(params: dict[str, Any], text: str, obeyed: bool) -> None:
    assert get("sentence_alphabet", **params).check(text).obeyed is obeyed


@pytest.mark.parametrize("letters", [{}, {"last": "E"}, {"first": "Q", "last": "R"}])
def test_the_answer_finds_a_letter(letters: dict[str, str]) -> None:
    text = witness([get("sentence_alphabet", **letters)], "42")
    assert isinstance(text, str) and "\\boxed{42}" in text


@pytest.mark.parametrize("params", [{"first": "1"}, {"first": "Z", "last": "A"}, {"last": "AB"}])
def test_wrong_letters(params: dict[str, str]) -> None:
    with pytest.raises(ConstraintError):
        get("sentence_alphabet", **params)
