"""Item × response → grade: which constraints were obeyed, whether the answer is right, and both.

    grade(item, read_response("<think>2+2 is 4</think>The answer is 4."))
    -> Grade(verdicts=(...), hard=True, soft=1.0, found="4", correct=True, joint=True, ...)

Pure: no files, no models, no terminal. It is what a trainer calls.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from bridle import outcomes
from bridle.benchmarks.item import CONDITIONS, Condition, Item
from bridle.calls import Turn
from bridle.constraints.base import Constraint
from bridle.constraints.not_judged import NotJudged
from bridle.constraints.verdict import Verdict
from bridle.errors import BridleError, ConstraintError, nearest
from bridle.maths import NONE_STATED, equal, find_answer, kind_of
from bridle.outcomes import Judged, Outcome
from bridle.responses import Hints, Response, read_response

Part = Literal["thinking", "answer"]
SEAM = "\n\n"  # between thinking and answer where a constraint reads both as one text

# Why a response that is not complete has no verdicts: half an answer obeys "at most 300 words"
# for the wrong reason.
UNFINISHED = {
    "truncated": "the response was cut off before it ended",
    "no_answer": "the response holds no answer",
    "malformed": "thinking and answer cannot be told apart",
    "refused": "the model refused",
    "error": "there is no response",
}


@dataclass(frozen=True, slots=True)
class Grade:
    """The judgement on one response: its verdicts, and every outcome that applies to it.

    `verdicts` runs parallel to the item's constraints. An outcome's value is an attribute by its name
    (`grade.hard`, `grade.joint`: `bridle.outcomes` lists them), None where it does not apply. With
    `condition="without"` nothing was demanded, and the same outcomes say how an answer written
    without the instruction fares: the floor.

    `found` is the final answer as it stands, `found_how` how it was found ("boxed", "phrase",
    "sentence", ...: `maths.HOWS`), or "none stated" for a complete answer that states none, which is
    apart from a wrong one. Both are None where nothing was looked for: no reference, no answer.
    """

    verdicts: tuple[Verdict, ...]
    outcomes: tuple[Outcome, ...]
    found: str | None
    equality: str | None
    condition: Condition = "with"
    found_how: str | None = None

    def __getattr__(self, name: str) -> Any:
        if name in outcomes.OUTCOMES:
            return next((o.value for o in self.outcomes if o.name == name), None)
        raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")


@dataclass(frozen=True, slots=True)
class UpstreamGrade:
    """What the published rules of the item's benchmark say; None where they cannot run here."""

    verdicts: list[bool | None] | None = None
    hard: bool | None = None
    soft: float | None = None
    loose: list[bool | None] | None = None  # the lenient verdicts, where the project has them


def grade(
    item: Item,
    response: Response,
    *,
    condition: Condition = "with",
    turn: Turn | None = None,
    spoken: str | None = None,
) -> Grade:
    """Judge a response: a verdict for each constraint, the final answer, and every outcome.

    A constraint of scope "answer" reads the answer, "thinking" the thinking (undetermined if none
    came back), "both" the thinking, a blank line, and the answer, as one text. The final answer is
    never taken from the thinking.

    `turn` is the transcript's turn that the response was read from, `spoken` its answer with what an
    arm put in: "The final answer is" stands there, and what the model wrote after it is found by it.

    Raises:
        BridleError: a condition other than "with" and "without", an outcome that is not registered.
    """
    if condition not in CONDITIONS:
        near = nearest(str(condition), CONDITIONS)
        raise BridleError(
            f"There is no condition {condition!r}.",
            expected=f"did you mean {near!r}?" if near else f"one of: {', '.join(CONDITIONS)}",
        )
    verdicts = tuple(_verdict(rule, response) for rule in item.constraints)
    final = _Final()
    if response.status == "complete":
        final = _final_answer(item.problem.answer, response.answer)
        if final.found is None and spoken is not None and spoken != response.answer:
            final = _final_answer(item.problem.answer, spoken)
    judged = Judged(
        item=item,
        condition=condition,
        response=response,
        verdicts=verdicts,
        left_out=tuple(_left_out(rule) for rule in item.constraints),
        found=final.found,
        found_how=final.how,
        correct=final.correct,
        equality=final.equality,
        turn=turn,
    )
    return Grade(
        verdicts, outcomes.measure(judged), final.found, final.equality, condition, final.how
    )


def grade_turn(
    item: Item,
    turn: Turn,
    *,
    condition: Condition = "with",
    hints: Hints | None = None,
    read: tuple[Response, str] | None = None,
) -> Grade:
    """Judge one turn of a transcript, or a side question: against its own ask, by its last reply.

    `read` is what `read_turn` gave for it, where that is known already.

    Raises:
        BridleError: as `grade`; the item has no such turn.
    """
    response, spoken = read or read_turn(turn, hints)
    return grade(item_of(item, turn), response, condition=condition, turn=turn, spoken=spoken)


def not_graded(item: Item, response: Response, why: str, *, condition: Condition = "with") -> Grade:
    """The grade of a response that grading failed on: every verdict says why, no outcome has a value."""
    verdicts = tuple(
        rule.verdict(None, observed=None, wanted="", reason=f"undetermined: {why}")
        for rule in item.constraints
    )
    return Grade(verdicts, (), None, None, condition)


def published_text(turn: Turn, response: Response) -> str:
    """What published code reads: the raw output, its thinking in tags, without an arm's words."""
    if all(piece.author == "model" for piece in turn.pieces) and len(turn.pieces) == 1:
        return turn.last.text
    if not response.thinking:
        return response.answer
    return f"<think>\n{response.thinking}\n</think>\n\n{response.answer}"


def item_of(item: Item, turn: Turn) -> Item:
    """What a turn is graded against: that turn of the item, or the side question."""
    return item.at(turn.number) if turn.ask is None else item.asking(turn.ask)


OPEN = "<think>\n"
# What an arm put in is taken out by a character that stands for it while the text is read: one of
# Unicode's noncharacters, which no text holds, save those that are made to.
_STAND_INS = tuple(map(chr, range(0xFDD0, 0xFDF0)))
# What stays: tags, and the names that follow the marks of channels.
_ARM_TEXT = re.compile(
    r"(<\|(?:start|channel)\|>\w+|<[^<>\s][^<>\n]{0,60}>)|[^\s<](?:[^<]*[^\s<])?|<"
)


def read_turn(turn: Turn, hints: Hints | None = None) -> tuple[Response, str]:
    """The response of a turn as the model wrote it, and its answer with what an arm put in.

    Tags that an arm put in ("</think>") separate thinking from answer as the model's own do; its
    words are in neither. An error in any step gives the status "error". `hints` is what the model's
    other responses show together.
    """
    last = turn.last
    pieces = [p for p in turn.pieces if p.author != "item"]  # a raw prompt is not the model's text
    if len(pieces) == 1 and not _opened_by_the_template(turn):
        response = read_response(
            last.raw, reasoning=last.reasoning, finish_reason=last.finish_reason, hints=hints
        )
        spoken = response.answer
    else:
        whole = "".join(p.text for p in pieces)
        held = set(whole)
        mark = next((c for c in _STAND_INS if c not in held), _STAND_INS[0])
        shown = "".join(
            p.text if p.author == "model" else _ARM_TEXT.sub(lambda m: m[1] or mark, p.text)
            for p in pieces
        )
        if _opened_by_the_template(turn):
            shown = OPEN + shown
        read = read_response(shown, finish_reason=last.finish_reason, hints=hints)
        thinking, answer = _without(read.thinking, mark), _without(read.answer, mark)
        status = read.status
        if status == "complete" and not answer:
            status = "no_answer"
        response = dataclasses.replace(
            read, thinking=thinking, answer=answer, status=status, raw=whole
        )
        spoken = read_response(whole, finish_reason=last.finish_reason, hints=hints).answer
    if turn.error is not None:
        response = dataclasses.replace(response, status="error")
    return _with_tokens(response, turn), spoken


def _opened_by_the_template(turn: Turn) -> bool:
    """Whether the rendered prompt had opened the thought already (DeepSeek-R1), as a probe saw."""
    return any((reply.sent or {}).get("thought_opened") for reply in turn.replies)


def _without(text: str, mark: str) -> str:
    """The text without the marks; what they held apart stays apart."""
    text = re.sub(rf"(?<=\S){mark}+(?=\S)", "\n", text)
    return re.sub(f"{mark}+", "", text).strip()


def _with_tokens(response: Response, turn: Turn) -> Response:
    """The response with its token counts, where every step that it is made of was counted."""
    written = sum(piece.author == "model" for piece in turn.pieces)
    parts = turn.replies[-written:]
    counts = [(r.tokens_thinking, r.tokens_out) for r in parts]
    if response.status == "error" or any(None in pair for pair in counts):
        return response
    thought = sum(t for t, _ in counts if t is not None)
    out = sum(o for _, o in counts if o is not None)
    return dataclasses.replace(
        response, tokens_thinking=thought, tokens_answer=max(0, out - thought)
    )


def judged_text(scope: str, thinking: str, answer: str) -> str:
    """The text that a constraint of that scope reads, and that its evidence points into."""
    if scope == "thinking":
        return thinking
    if scope == "both" and thinking:
        return f"{thinking}{SEAM}{answer}"
    return answer


def located(scope: str, thinking: str, start: int, end: int) -> list[tuple[Part, int, int]]:
    """Where a span of `judged_text` stands: (part, start, end), with offsets into that part.

    A span of scope "both" that crosses from the thinking into the answer is two; of one that
    touches only the blank line between them nothing remains.
    """
    if scope == "thinking":
        return [("thinking", start, end)]
    if scope != "both" or not thinking:
        return [("answer", start, end)]
    seam, after = len(thinking), len(thinking) + len(SEAM)
    found: list[tuple[Part, int, int]] = []
    if start < seam:
        found.append(("thinking", start, min(end, seam)))
    if end > after or start >= after:
        found.append(("answer", max(start, after) - after, end - after))
    return found


def upstream_grade(item: Item, raw: str) -> UpstreamGrade:
    """The verdicts that the benchmark's own published code would give to the raw output.

    All None where the item is not a peer's. Where a single verdict cannot be had (its rule needs a
    package that is not installed) it is None, and so is the share, which nobody would have published.
    """
    if not item.peer:
        return UpstreamGrade()
    from bridle.benchmarks import published as upstream

    named = [(peer.id, peer.kwargs) for peer in item.peer]
    try:
        judgement = upstream.judge(item.benchmark, raw, named, prompt=item.prompt)
    except ConstraintError:  # an instruction of the user's own under a peer's field names
        return UpstreamGrade()
    return UpstreamGrade(list(judgement.obeyed), judgement.hard, judgement.soft, judgement.loose)


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


class _Final(NamedTuple):
    found: str | None = None  # the final answer as it stands
    correct: bool | None = None  # right, wrong, undecided
    equality: str | None = None  # how that was decided
    how: str | None = None  # how it was found


def _final_answer(reference: str | None, answer: str) -> _Final:
    if reference is None:  # nothing to compare with: an essay's last number is no answer
        return _Final()
    found = find_answer(answer, kind=kind_of(reference))
    if found is None:
        return _Final(None, False, "absent", NONE_STATED)
    equality = equal(reference, found.text, patient=True)  # grading gives the same verdict always
    return _Final(found.text, equality.equal, equality.how, found.how)
