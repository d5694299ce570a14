"""The judgement on one response: verdicts by scope, hard, soft, correct, joint."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.benchmarks.item import Item, PeerConstraint
from bridle.constraints.base import Constraint
from bridle.constraints.not_judged import NotJudged
from bridle.constraints.registry import make
from bridle.constraints.verdict import Verdict
from bridle.errors import BridleError
from bridle.grading import grade, judged_text, upstream_grade
from bridle.problems.base import Problem
from bridle.responses import STATUSES, Response, read_response
from bridle.text import View


@dataclass(frozen=True, kw_only=True)
class Says(Constraint):
    """Obeyed by a text with the word in it; not to be determined on a text without letters."""

    name: ClassVar[str] = "says"
    family: ClassVar[str] = "test"
    meaning: ClassVar[str] = "the word stands in the text"
    word: str

    def phrasings(self) -> tuple[str, ...]:
        return (f"Say {self.word}.",)

    def judge(self, view: View) -> Verdict:
        at = view.text.find(self.word)
        obeyed = None if not any(c.isalpha() for c in view.text) else at >= 0
        spans = [(at, at + len(self.word))] if at >= 0 else []
        return self.verdict(
            obeyed, observed=at, wanted=self.word, reason="looked for it", evidence=spans
        )

    def build(self, draft: str) -> str:
        return f"{draft} {self.word}"

    def violate(self, draft: str) -> str:
        return draft.replace(self.word, "")


def item(
    *rules: Constraint, answer: str | None = "4", peer: tuple = (), benchmark="custom"
) -> Item:
    problem = Problem(id="p", question="What is 2+2?", answer=answer)
    return Item("i", problem, rules, "prompt", "bare", benchmark, peer=peer)


RED, BLUE = Says(word="red"), Says(word="blue")


def test_all_obeyed_and_right_is_joint():
    got = grade(item(RED), read_response("<think>2+2 is 4</think>red: the answer is 4."))
    assert [v.obeyed for v in got.verdicts] == [True]
    assert (got.hard, got.soft, got.correct, got.joint) == (True, 1.0, True, True)
    assert got.found == "4"
    assert got.equality


@pytest.mark.parametrize(
    ("raw", "hard", "soft", "correct", "joint"),
    [
        ("red blue \\boxed{4}", True, 1.0, True, True),
        ("red blue \\boxed{5}", True, 1.0, False, False),
        ("red \\boxed{4}", False, 0.5, True, False),
        ("\\boxed{5} or so", False, 0.0, False, False),
    ],
)
def test_hard_soft_correct_joint(raw, hard, soft, correct, joint):
    got = grade(item(RED, BLUE), read_response(raw))
    assert (got.hard, got.soft, got.correct, got.joint) == (hard, soft, correct, joint)


def test_undetermined_does_not_pass_and_is_counted():
    got = grade(item(RED), read_response("\\boxed{4}"))
    assert got.verdicts[0].obeyed is None
    assert (got.hard, got.soft, got.undetermined) == (False, 0.0, 1)
    assert (got.correct, got.joint) == (True, False)


@pytest.mark.parametrize("status", [s for s in STATUSES if s not in ("complete", "error")])
def test_what_is_not_complete_has_no_verdict_and_fails(status):
    # the text would obey and is right: only the status speaks against it
    got = grade(item(RED), Response("red", "red \\boxed{4}", status))
    assert got.verdicts[0].obeyed is None
    assert "undetermined:" in got.verdicts[0].reason
    assert (got.hard, got.soft, got.correct, got.joint) == (False, 0.0, False, False)
    assert got.undetermined == 0  # these are of complete answers


def test_an_error_is_nowhere():
    got = grade(item(RED), Response("", "", "error"))
    assert (got.hard, got.soft, got.correct, got.joint) == (None, None, None, None)
    assert got.verdicts[0].obeyed is None


def test_without_constraints_joint_is_correct():
    got = grade(item(), read_response("\\boxed{4}"))
    assert (got.hard, got.soft, got.correct, got.joint) == (None, None, True, True)
    cut = grade(item(), Response("", "\\boxed{4}", "truncated"))
    assert (cut.hard, cut.soft, cut.correct, cut.joint) == (None, None, False, False)


def test_without_reference_there_is_no_correct_and_no_joint():
    got = grade(item(RED, answer=None), read_response("red 4"))
    assert (got.hard, got.correct, got.equality, got.joint) == (True, None, None, None)
    cut = grade(item(RED, answer=None), Response("", "", "truncated"))
    assert (cut.hard, cut.correct, cut.joint) == (False, None, None)


def test_no_answer_in_the_text_is_wrong_and_says_absent():
    got = grade(item(RED), read_response("red is a colour and nothing else matters here"))
    if got.found is None:
        assert (got.correct, got.equality) == (False, "absent")
    assert got.correct is False


def test_the_answer_is_never_taken_from_the_thinking():
    got = grade(item(), read_response("<think>The answer is \\boxed{4}</think>I cannot say."))
    assert got.correct is False
    assert got.found != "4"


@pytest.mark.parametrize(
    ("scope", "raw", "obeyed"),
    [
        ("answer", "<think>red</think>blue", False),
        ("answer", "<think>blue</think>red", True),
        ("thinking", "<think>red</think>blue", True),
        ("thinking", "<think>blue</think>red", False),
        ("thinking", "red", None),  # no thinking came back
        ("both", "<think>red</think>blue", True),
        ("both", "<think>blue</think>red", True),
        ("both", "<think>blue</think>blue", False),
        ("both", "red", True),
    ],
)
def test_scope(scope, raw, obeyed):
    got = grade(item(Says(word="red", scope=scope)), read_response(raw))
    assert got.verdicts[0].obeyed is obeyed


@pytest.mark.parametrize("scope", ["answer", "thinking", "both"])
def test_evidence_points_into_the_judged_text(scope):
    response = read_response("<think>a red thought</think>a red answer")
    (verdict,) = grade(item(Says(word="red", scope=scope)), response).verdicts
    text = judged_text(scope, response.thinking, response.answer)
    assert [text[a:b] for a, b in verdict.evidence] == ["red"]


def test_what_nothing_judges_is_left_out_of_soft_and_leaves_hard_open():
    unknown = NotJudged(peer_id="x:y", text="Do as x says.")
    for raw, soft in (("red \\boxed{4}", 1.0), ("blue \\boxed{4}", 0.0)):
        got = grade(item(RED, unknown), read_response(raw))
        assert (got.hard, got.soft, got.joint) == (None, soft, None)
        assert got.verdicts[1].obeyed is None
        assert got.verdicts[1].constraint == "x:y"
        assert got.undetermined == 0
    cut = grade(item(RED, unknown), Response("", "red", "truncated"))
    assert (cut.hard, cut.soft) == (None, 0.0)
    alone = grade(item(unknown), read_response("\\boxed{4}"))
    assert (alone.hard, alone.soft, alone.correct, alone.joint) == (None, None, True, None)


def test_without_is_judged_alike_and_says_so():
    response = read_response("red \\boxed{4}")
    there, floor = grade(item(RED), response), grade(item(RED), response, condition="without")
    assert (floor.verdicts, floor.hard, floor.condition) == (there.verdicts, True, "without")
    with pytest.raises(BridleError, match="without"):
        grade(item(RED), response, condition="witout")  # type: ignore[arg-type]


def test_real_constraint_types_share_the_judgement():
    rules = (make("words", {"at_most": 3}), make("words", {"at_most": 2}))
    got = grade(item(*rules), read_response("one two \\boxed{4}"))
    assert [v.obeyed for v in got.verdicts] == [True, False]
    assert got.verdicts[0].constraint == "words"


def test_upstream_judges_peers_items_alone():
    assert upstream_grade(item(RED), "red").verdicts is None
    peer = (PeerConstraint("punctuation:no_comma", {}),)
    no_comma = item(RED, peer=peer, benchmark="mathif")
    assert upstream_grade(no_comma, "<think>a, b</think>one two").hard is True
    assert upstream_grade(no_comma, "one, two").verdicts == [False]
    strange = item(RED, peer=(PeerConstraint("my:own", {}),), benchmark="mathif")
    assert upstream_grade(strange, "red").verdicts is None


@settings(derandomize=True, deadline=None, max_examples=30)
@given(
    st.text(st.characters(codec=None), max_size=200), st.sampled_from(["4", "\\frac{1}{2}", None])
)
def test_any_text_gets_a_consistent_grade(raw, answer):
    got = grade(item(RED, make("words", {"at_most": 5}), answer=answer), read_response(raw))
    assert len(got.verdicts) == 2
    assert got.hard is all(v.obeyed is True for v in got.verdicts)
    assert got.soft == sum(v.obeyed is True for v in got.verdicts) / 2
    if got.joint:
        assert got.hard
        assert got.correct
    if answer is None:
        assert got.correct is None


def test_imports_light():
    heavy = ("polars", "numpy", "torch", "inspect_ai", "rich", "click", "sympy", "math_verify")
    code = f"import sys, bridle.grading; print([m for m in {heavy} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize("status", ["truncated", "no_answer", "malformed", "refused", "error"])
def test_an_unfinished_answer_has_no_undetermined_verdict(status):
    """Its verdicts are None, but it is the response that failed: it is counted by its status."""
    got = grade(item(RED, RED), Response("", "red", status))
    assert [v.obeyed for v in got.verdicts] == [None, None]
    assert got.undetermined == 0


def test_no_final_answer_stated_is_apart_from_wrong():
    silent = grade(item(), read_response("We would have to look at it more closely."))
    assert (silent.found_how, silent.correct, silent.equality) == ("none stated", False, "absent")
    wrong = grade(item(), read_response("Therefore, she is 5 years old."))
    assert (wrong.found_how, wrong.found, wrong.correct) == ("sentence", "5 years", False)
    assert grade(item(), read_response("<think>5")).found_how is None
