"""Item × completion → a reward with its parts: the rules of the test, and nothing for free.

    Reward.of("joint")                                     # by name
    Reward({"correct": 1, "format": 0.1})                  # a weighted sum (MathIF's format reward)
    Reward({"joint": 1}, length=Length(4096, ramp=1024))   # nothing beyond 4,096 tokens
    Reward({"obeyed": 1}, floors={"words": 0.9})           # what is obeyed anyway earns its lift alone

Parts: `correct`, `obeyed` (the share of constraints), `hard` (all of them), `joint` (all of them, and
correct), `format` (thinking tags that are well formed), and every registered outcome by its name.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bridle import outcomes
from bridle.benchmarks.item import Item
from bridle.constraints import Verdict
from bridle.constraints.not_judged import NotJudged
from bridle.errors import BridleError, nearest
from bridle.grading import grade, judged_text
from bridle.maths import equal, find_answer, kind_of
from bridle.outcomes import Judged
from bridle.responses import NotAMessage, Response, message_of, read_response
from bridle.reward.guards import own, seen
from bridle.reward.length import Length
from bridle.reward.rows import item_of_row

# What is read of one completion at most; with these no completion takes 2 s (benchmarks/reward.py).
LONGEST = 1_000_000  # characters of thinking and answer
LONGEST_ANSWER = 40_000  # characters of the answer, some 10,000 tokens
CHARACTERS = 4  # of a token, where nobody counted the tokens

NAMED: dict[str, dict[str, float]] = {
    "correct": {"correct": 1.0},
    "obeyed": {"obeyed": 1.0},
    "hard": {"hard": 1.0},
    "joint": {"joint": 1.0},
    "format": {"correct": 1.0, "format": 0.1},  # MathIF, arXiv 2505.14810, section 5.2
}
OURS = ("correct", "obeyed", "hard", "joint", "format")
_OPENED = re.compile(r"<(?:think|thinking|thought|reasoning)>\s*\Z")


@dataclass(frozen=True, slots=True)
class Scored:
    """What one completion earns. `reward` is None where the item lacks what a part needs (a reference
    answer): then nothing is known, and the trainer leaves the completion out.

    `status` is that of the response (complete, truncated, no_answer, …), or `unreadable` (no text),
    `too_long`, `no_item`, `failed` (a fault of ours, in `why`). `why` says what took reward away.
    """

    reward: float | None
    status: str
    parts: Mapping[str, float] = field(default_factory=dict[str, float])
    why: tuple[str, ...] = ()
    tokens: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        return {
            "reward": self.reward,
            "status": self.status,
            "parts": dict(self.parts),
            "why": list(self.why),
        }


@dataclass(frozen=True)
class Reward:
    """A weighted sum of parts, made once and asked for every completion.

    `floors` says by a constraint's type how often an answer to the bare prompt obeys it: obeying then
    earns 1 − floor, and obeying several at once 1 − the product of their floors (as if independent).
    `max_tokens` is the rollout cap of the trainer: a completion that long was cut off, also where the
    trainer does not say so.

    Raises:
        BridleError: an unknown part, a weight that is no number, a floor outside 0 to 1.
    """

    weights: Mapping[str, float]
    length: Length | None = None
    floors: Mapping[str, float] = field(default_factory=dict[str, float])
    max_tokens: int | None = None

    def __post_init__(self) -> None:
        if not self.weights:
            raise BridleError("A reward needs a part.", expected=f"of: {', '.join(OURS)}")
        for name, weight in self.weights.items():
            _known(name)
            if isinstance(weight, bool) or not math.isfinite(weight):
                raise BridleError(f"The weight of {name!r} is {weight!r}.", expected="a number")
        for name, floor in self.floors.items():
            if not 0 <= floor <= 1:
                raise BridleError(f"The floor of {name!r} is {floor!r}.", expected="from 0 to 1")

    @classmethod
    def of(cls, spec: str | Mapping[str, float] | Reward, **settings: Any) -> Reward:
        """A reward by name, by weights, or as it is; `settings` are the fields of the class.

        Raises:
            BridleError: as the class; an unknown name.
        """
        if isinstance(spec, Reward):
            return replace(spec, **settings) if settings else spec
        if isinstance(spec, str):
            if spec not in NAMED:
                _known(spec)
            return cls(NAMED.get(spec, {spec: 1.0}), **settings)
        return cls(dict(spec), **settings)

    def prepare(self) -> Reward:
        """Starts what the first formula would wait for (Math-Verify's process, seconds); for adapters."""
        equal(r"\\sqrt{\\frac{2}{3}}^{x}_{1}", r"\\operatorname{f}(2)_{1}", patient=True)
        return self

    def score(
        self,
        item: Item | str | Mapping[str, Any],
        completion: object,
        *,
        prompt: object = None,
        reasoning: str | None = None,
        finish_reason: str | None = None,
        tokens: int | None = None,
    ) -> Scored:
        """What the completion earns; never raises for any text.

        `completion` is a text, a message, or a list of messages of any provider; `prompt` what it
        continues, of which only the end is looked at: a template may have opened the thinking there.
        `tokens` is its length; else four characters are taken for one.
        """
        try:
            item = item_of_row(item)
        except BridleError as error:
            return self._nothing("no_item", str(error))
        try:
            return self._score(item, completion, prompt, reasoning, finish_reason, tokens)
        except Exception as error:  # a trainer must not lose its run to a fault of ours
            return self._nothing("failed", f"{type(error).__name__}: {error}"[:300])

    def _nothing(self, status: str, why: str, tokens: float = 0.0) -> Scored:
        return Scored(0.0, status, dict.fromkeys(self.weights, 0.0), (why,), tokens)

    def _score(
        self,
        item: Item,
        completion: object,
        prompt: object,
        reasoning: str | None,
        finish_reason: str | None,
        tokens: int | None,
    ) -> Scored:
        try:
            said = message_of(completion, finish_reason=finish_reason)
        except NotAMessage:
            return self._nothing("unreadable", f"a completion of type {type(completion).__name__}")
        thought = reasoning if reasoning is not None else said.reasoning
        size = len(said.text) + len(thought or "")
        count = float(tokens) if tokens is not None else size / CHARACTERS
        if size > LONGEST:
            return self._nothing("too_long", f"{size:,} characters", count)
        text = said.text
        if thought is None and _opened(prompt) and not _opens(text):
            text = f"<think>\n{text}"
        why = said.finish_reason
        if self.max_tokens is not None and tokens is not None and tokens >= self.max_tokens:
            why = "length" if why in (None, "stop") else why
        response = read_response(text, reasoning=thought, finish_reason=why)
        if response.status != "complete":
            return self._nothing(response.status, f"the response is {response.status}", count)
        if len(response.answer) > LONGEST_ANSWER:
            told = f"an answer of {len(response.answer):,} characters"
            return self._nothing("too_long", told, count)
        if not any(map(str.isalnum, seen(response.answer))):
            return self._nothing("no_answer", "the answer shows nothing", count)
        judged, taken = _judged(item, response)
        parts: dict[str, float] = {}
        missing = False
        for name in self.weights:
            value = self._part(name, judged, response)
            missing = missing or value is None
            parts[name] = value or 0.0
        total = math.fsum(self.weights[name] * value for name, value in parts.items())
        if self.length is not None:
            factor = self.length.factor(count)
            total *= factor
            parts["length"] = factor
        return Scored(None if missing else total, "complete", parts, tuple(taken), count)

    def _part(self, name: str, judged: Judged, response: Response) -> float | None:
        if name == "format":
            return float(_well_formed(response))
        if name == "obeyed" and not judged.verdicts:
            return None
        measured = outcomes.get("soft" if name == "obeyed" else name).of(judged)
        value = None if measured is None else measured.value
        if value is None and _decidable(name, judged):
            value = False  # undetermined: nobody can tell, and that earns nothing
        if value is None or isinstance(value, str):
            return None
        if self.floors and judged.verdicts:
            floors = [self.floors.get(v.constraint, 0.0) for v in judged.counted]
            if name in ("obeyed", outcomes.SOFT.name):
                lifts = [
                    (v.obeyed is True) * (1 - f)
                    for v, f in zip(judged.counted, floors, strict=True)
                ]
                return math.fsum(lifts) / len(lifts) if lifts else None
            if name in (outcomes.HARD.name, outcomes.JOINT.name):
                return float(value) * (1 - math.prod(floors))
        return float(value)


def read_spec(text: str) -> str | dict[str, float]:
    """A reward as typed: a name, or parts with their weights ("joint=1,format=0.1").

    Raises:
        BridleError: a weight that is no number, a part twice.
    """
    if "=" not in text:
        return text.strip()
    weights: dict[str, float] = {}
    for part in text.split(","):
        name, _, weight = (piece.strip() for piece in part.partition("="))
        try:
            value = float(weight)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or name in weights:
            what = "names a part twice" if name in weights else "has no number as weight"
            raise BridleError(f"The reward {text!r} {what}: {part!r}.", hint="joint=1,format=0.1")
        weights[name] = value
    return weights


def _decidable(name: str, judged: Judged) -> bool:
    """Whether the item has all that the part needs: its reference, a type for each instruction."""
    if name in (outcomes.CORRECT.name, outcomes.JOINT.name) and judged.item.problem.answer is None:
        return False
    if name in (outcomes.HARD.name, outcomes.JOINT.name):
        return bool(judged.verdicts or name == outcomes.JOINT.name) and not any(judged.left_out)
    return name == outcomes.CORRECT.name


def _known(name: str) -> None:
    if name in OURS:
        return
    try:
        kind = outcomes.get(name)
    except BridleError:
        near = nearest(name, (*OURS, *outcomes.OUTCOMES))
        raise BridleError(
            f"There is no part {name!r} of a reward.",
            expected=(f"did you mean {near!r}? " if near else "")
            + f"Of: {', '.join(OURS)}, or an outcome",
        ) from None
    if kind.kind == "text":
        raise BridleError(f"The outcome {name!r} is a text, and earns nothing.")


def _judged(item: Item, response: Response) -> tuple[Judged, list[str]]:
    """The verdicts and the correctness that the guards leave standing, and what they took away."""
    graded = grade(item, response)
    taken: list[str] = []
    shown = seen(response.answer)
    left = own(shown, item)
    verdicts: list[Verdict] = list(graded.verdicts)
    if left is not shown:
        for i, (rule, verdict) in enumerate(zip(item.constraints, verdicts, strict=True)):
            if verdict.obeyed and rule.scope != "thinking":
                text = judged_text(rule.scope, response.thinking, left)
                if rule.check(text).obeyed is not True:
                    told = "obeyed only by text that is copied, repeated or a bare list of keywords"
                    verdicts[i] = verdict._replace(obeyed=False, reason=told)
                    taken.append(f"{rule.name}: {told}")
    correct = graded.correct
    if correct and shown != response.answer and not _correct(item, shown):
        correct = False
        taken.append("correct: the answer is not seen")
    return (
        Judged(
            item=item,
            condition="with",
            response=response,
            verdicts=tuple(verdicts),
            left_out=tuple(isinstance(rule, NotJudged) for rule in item.constraints),
            found=graded.found,
            found_how=graded.found_how,
            correct=correct,
            equality=graded.equality,
        ),
        taken,
    )


def _correct(item: Item, answer: str) -> bool:
    reference = item.problem.answer
    if reference is None:
        return False
    found = find_answer(answer, kind=kind_of(reference))
    return found is not None and equal(reference, found.text, patient=True).equal is True


def _well_formed(response: Response) -> bool:
    """One block of thinking with something in it, then an answer."""
    if not response.thinking.strip():
        return False
    raw = response.raw
    return raw.count("<think>") <= 1 and raw.count("</think>") <= 1


def _opened(prompt: object) -> bool:
    """Whether the prompt ends with an opening tag, as templates of reasoning models write it."""
    if isinstance(prompt, list) and prompt:
        last = prompt[-1]
        prompt = (
            last.get("content")
            if isinstance(last, Mapping) and last.get("role") == "assistant"
            else None
        )
    return isinstance(prompt, str) and _OPENED.search(prompt[-200:]) is not None


def _opens(text: str) -> bool:
    return text.lstrip()[:12].lower().startswith(("<think", "<thought", "<reasoning"))
