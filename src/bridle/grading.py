"""Item × response → grade: which constraints were obeyed, whether the answer is right, and both.

    grade(item, read_response("<think>2+2 is 4</think>The answer is 4."))
    -> Grade(verdicts=(...), hard=True, soft=1.0, found="4", correct=True, joint=True, ...)

Pure: no files, no models, no terminal. It is what a trainer calls.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bridle.benchmarks.item import CONDITIONS, Condition, Item
from bridle.constraints.base import Constraint, Verdict
from bridle.errors import BridleError, ConstraintError, nearest
from bridle.maths import equal, find_answer
from bridle.response import Response
from bridle.text import View

# Why a response that is not complete has no verdicts: half an answer obeys "at most 300 words"
# for the wrong reason.
UNFINISHED = {
    "truncated": "the response was cut off before it ended",
    "no_answer": "the response holds no answer",
    "malformed": "thinking and answer cannot be told apart",
    "refused": "the model refused",
    "error": "there is no response",
}


@dataclass(frozen=True, kw_only=True)
class NotJudged(Constraint):
    """An instruction of another project that no type of ours judges: kept in its place, seen, left out.

    Its verdict is never True or False. An item that holds one has `hard=None` (whatever came back,
    so that leaving it out cannot favour one outcome), and `soft` is the share of the others.
    """

    name: ClassVar[str] = "not_judged"
    version: ClassVar[int] = 0
    family: ClassVar[str] = "not judged"
    meaning: ClassVar[str] = "an instruction without a counterpart here"

    peer_id: str
    text: str = ""

    def phrasings(self) -> tuple[str, ...]:
        return (self.text or self.peer_id,)

    def judge(self, view: View) -> Verdict:
        return Verdict(
            obeyed=None,
            observed=None,
            wanted=self.describe(),
            reason=f"not judged: no constraint type here is the counterpart of {self.peer_id}",
            constraint=self.peer_id,
        )

    def build(self, draft: str) -> str:
        return draft

    def violate(self, draft: str) -> str:
        return draft


@dataclass(frozen=True, slots=True)
class Grade:
    """The judgement on one response; the fields mean what they mean in `records.Record`.

    `verdicts` runs parallel to the item's constraints. With `condition="without"` nothing was
    demanded, and the same fields say how an answer written without the instruction fares: the floor.
    """

    verdicts: tuple[Verdict, ...]
    hard: bool | None
    soft: float | None
    undetermined: int
    found: str | None
    correct: bool | None
    equality: str | None
    joint: bool | None
    condition: Condition = "with"


@dataclass(frozen=True, slots=True)
class UpstreamGrade:
    """What the published rules of the item's benchmark say; None where they cannot run here."""

    verdicts: list[bool | None] | None = None
    hard: bool | None = None
    soft: float | None = None


def grade(item: Item, response: Response, *, condition: Condition = "with") -> Grade:
    """Judge a response: a verdict for each constraint, the final answer, and both together.

    A constraint of scope "answer" reads the answer, "thinking" the thinking (undetermined if none
    came back), "both" the thinking, a blank line, and the answer, as one text. The final answer is
    never taken from the thinking.

    Raises:
        BridleError: a condition other than "with" and "without".
    """
    if condition not in CONDITIONS:
        near = nearest(str(condition), CONDITIONS)
        raise BridleError(
            f"There is no condition {condition!r}.",
            expected=f"did you mean {near!r}?" if near else f"one of: {', '.join(CONDITIONS)}",
        )
    verdicts = tuple(_verdict(rule, response) for rule in item.constraints)
    judged = [v for c, v in zip(item.constraints, verdicts, strict=True) if not _left_out(c)]
    all_judged = len(judged) == len(verdicts)
    reference = item.problem.answer

    if response.status == "error":
        return Grade(verdicts, None, None, 0, None, None, None, None, condition)
    if response.status != "complete":
        hard = False if judged and all_judged else None
        correct = None if reference is None else False
        joint = _joint(hard, correct, bare=not verdicts, reference=reference)
        soft = 0.0 if judged else None
        return Grade(verdicts, hard, soft, 0, None, correct, None, joint, condition)

    hard = all(v.obeyed is True for v in judged) if judged and all_judged else None
    soft = sum(v.obeyed is True for v in judged) / len(judged) if judged else None
    undetermined = sum(v.obeyed is None for v in judged)
    found, correct, equality = _correctness(reference, response.answer)
    joint = _joint(hard, correct, bare=not verdicts, reference=reference)
    return Grade(verdicts, hard, soft, undetermined, found, correct, equality, joint, condition)


def judged_text(scope: str, thinking: str, answer: str) -> str:
    """The text that a constraint of that scope reads, and that its evidence points into."""
    if scope == "thinking":
        return thinking
    if scope == "both" and thinking:
        return f"{thinking}\n\n{answer}"
    return answer


def upstream_grade(item: Item, raw: str) -> UpstreamGrade:
    """The verdicts that the benchmark's own published code would give to the raw output.

    All None where the item is not a peer's. Where a single verdict cannot be had (its rule needs a
    package that is not installed) it is None, and so is the share, which nobody would have published.
    """
    if not item.peer:
        return UpstreamGrade()
    from bridle import upstream

    named = [(peer.id, peer.kwargs) for peer in item.peer]
    try:
        judgement = upstream.judge(item.benchmark, raw, named, prompt=item.prompt)
    except ConstraintError:  # an instruction of the user's own under a peer's field names
        return UpstreamGrade()
    return UpstreamGrade(list(judgement.obeyed), judgement.hard, judgement.soft)


def _left_out(rule: Constraint) -> bool:
    return isinstance(rule, NotJudged)


def _verdict(rule: Constraint, response: Response) -> Verdict:
    if isinstance(rule, NotJudged):
        return rule.check("")
    why = UNFINISHED.get(response.status)
    if why is None and rule.scope == "thinking" and not response.thinking.strip():
        why = "no thinking came back"
    if why is not None:
        return rule.verdict(
            None, observed=None, wanted=rule.describe(), reason=f"undetermined: {why}"
        )
    return rule.check(judged_text(rule.scope, response.thinking, response.answer))


def _correctness(reference: str | None, answer: str) -> tuple[str | None, bool | None, str | None]:
    """(final answer as it stands, right or wrong or undecided, how that was decided)."""
    if reference is None:  # nothing to compare with: an essay's last number is no answer
        return None, None, None
    found = find_answer(answer)
    if found is None:
        return None, False, "absent"
    equality = equal(reference, found.text, patient=True)  # grading gives the same verdict always
    return found.text, equality.equal, equality.how


def _joint(
    hard: bool | None, correct: bool | None, *, bare: bool, reference: str | None
) -> bool | None:
    """hard and correct; `correct` alone where nothing was demanded; None without a reference."""
    if reference is None:
        return None
    if bare:
        return correct
    if hard is None:
        return None
    if hard is False or correct is False:
        return False
    return None if correct is None else True
