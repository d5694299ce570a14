"""What is wrong with MathIF beyond its checkers: how it reads a response, and its grader.

Found by running the code published with arXiv 2505.14810. Its checkers are in tests/constraints
(test_meaning.py: the right verdicts; test_faults.py: both judges), its rows in tests/cli/test_audit.py.
"""

from __future__ import annotations

import pytest

from bridle.benchmarks.item import Item, PeerConstraint
from bridle.benchmarks.published import judge
from bridle.constraints import from_peer
from bridle.grading import grade
from bridle.maths import equal
from bridle.problems.base import Problem
from bridle.responses import read_response

NO_COMMA = PeerConstraint("punctuation:no_comma", {})


def item() -> Item:
    problem = Problem(id="p", question="What is 2+2?", answer="4")
    rule = from_peer(NO_COMMA.id, NO_COMMA.kwargs)
    return Item("i", problem, (rule,), "prompt", "bare", "mathif", peer=(NO_COMMA,))


@pytest.mark.parametrize(
    ("raw", "theirs", "ours", "answer"),
    [
        # thinking that never closes is scored as the answer, and is right in everything
        (r"<think>It is \boxed{4}.", True, False, ""),
        # the thinking's commas count against an answer whose tags are not known
        (r"[THINK]Two, and two.[/THINK]It is \boxed{4}.", False, True, r"It is \boxed{4}."),
        (
            "<|channel|>analysis<|message|>Two, and two.<|end|><|start|>assistant"
            "<|channel|>final<|message|>It is \\boxed{4}.<|return|>",
            False,
            True,
            r"It is \boxed{4}.",
        ),
        # a second closing tag: what follows it is lost, with its comma
        (
            r"<think>Two.</think>So.</think>It is four, \boxed{4}.",
            True,
            False,
            r"It is four, \boxed{4}.",
        ),
    ],
)
def test_reading(raw: str, theirs: bool, ours: bool, answer: str) -> None:
    assert judge("mathif", raw, [(NO_COMMA.id, NO_COMMA.kwargs)]).hard is theirs
    response = read_response(raw)
    assert response.answer == answer
    assert grade(item(), response).hard is ours


def test_unfinished_thinking_is_truncated_and_never_right() -> None:
    response = read_response(r"<think>It is \boxed{4}.")
    found = grade(item(), response)
    assert (response.status, found.hard, found.correct) == ("truncated", False, False)
    assert [verdict.obeyed for verdict in found.verdicts] == [None]


@pytest.mark.parametrize(
    ("reference", "answer", "same"),
    [
        ("12345", "12346", False),  # within its relative tolerance
        ("500", "5", False),  # taken for 500 %
        ("1/2", "2/4", True),
        (r"\{1,2\}", r"\{2,1\}", True),
        ("3e8", r"3\times10^8", True),
    ],
)
def test_grader(reference: str, answer: str, same: bool) -> None:
    assert equal(reference, answer).equal is same
