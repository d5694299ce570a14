"""What the model learns from: made-up problems, constraints on them, answers that obey.

    made = sample(12, seed=7)
    made.prompt      -> "<|im_start|>user\nMia has 12 shells. … Use no commas.<|im_end|>\n…"
    made.completion  -> "<think>\nMia gets 7 more shells: 12+7=19.\n</think>\n\nThe answer …"

Honesty: whether the answer obeys is not drawn. Every answer obeys every constraint, checked by the
same code that will judge the model, whatever the length of the thinking, the number of steps, the
number of constraints or their place; how long the thinking is, is drawn without a look at them, or
asked for by the effort that the system message names ("Reasoning: high").
"""

from __future__ import annotations

import dataclasses
import functools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bridle.benchmarks.prompts import ask
from bridle.constraints import Constraint
from bridle.constraints.drafts.prose import Plan, answer_sentence, fillers, planned
from bridle.organism.model.chat import Effort, render
from bridle.organism.model.tokens import END, tokenizer
from bridle.organism.training.rules import (
    draw,
    exactly,
    mentioned,
    to_copy,
    to_count,
    with_margin,
    worded,
)
from bridle.problems.base import Problem
from bridle.problems.generated import MOST_STEPS, Generated, Step, generate

Stage = Literal["early", "late", "last", "numbers"]
MATHIF_FORMAT = "Let's think step by step and output the final answer within \\boxed{}."

# Shares of 1 to 6 steps, and of 0 to 3 constraints, in each stage.
STEPS = {"early": (5, 4, 2, 1, 0, 0), "late": (3, 4, 4, 4, 3, 2), "last": (2, 3, 4, 4, 4, 3)}
STEPS["numbers"] = STEPS["last"]
COUNTS = {
    "early": (3, 6, 1, 0),
    "late": (3, 6, 5, 5),
    "last": (2, 5, 5, 5),
    "numbers": (1, 6, 4, 4),
}
DRILLS = {"early": 0.20, "late": 0.03, "last": 0.02, "numbers": 0.01}  # share of bare sums
LISTS = {
    "early": 0.20,
    "late": 0.04,
    "last": 0.03,
    "numbers": 0.01,
}  # of bare requests to copy, many words at once
NUMBERS = {
    "early": 0.0,
    "late": 0.0,
    "last": 0.20,
    "numbers": 0.45,
}  # of bare requests for a number of things
COPIES = {
    "early": 0.20,
    "late": 0.15,
    "last": 0.08,
    "numbers": 0.0,
}  # of short problems with one thing to copy
NO_THINKING = 0.07
# Checks of the work in the thinking: as the effort says, or so many where none is named.
CHECKS: dict[Effort, int] = {"low": 0, "medium": 3, "high": 11}
EFFORTS: dict[Stage, tuple[float, float, float]] = {  # shares of samples that name one
    "early": (0.03, 0.03, 0.0),
    "late": (0.06, 0.06, 0.05),
    "last": (0.05, 0.05, 0.05),
    "numbers": (0.04, 0.04, 0.05),
}
FREE_CHECKS = {0: 45, 1: 25, 2: 15, 3: 10, 6: 3, 11: 1}
TRIES = 8
LONGEST = 1536  # tokens of prompt and completion; longer samples are left out


@dataclass(frozen=True, slots=True)
class Sample:
    """One prompt with the completion to learn, and what it is made of."""

    prompt: str
    completion: str
    answer: str  # the completion without its thoughts
    thoughts: int  # characters of thinking
    steps: int
    constraints: tuple[Constraint, ...]
    layout: str  # "after" or "before" the question, "mathif", or "drill" without a problem
    effort: Effort | None = None  # that the system message names


def sample(index: int, *, seed: int, stage: Stage = "late") -> Sample:
    """Number `index` of the stream of a seed: the same arguments give the same sample."""
    rng = random.Random(f"organism-{seed}-{stage}-{index}")
    if rng.random() < DRILLS[stage]:
        return _drill(rng)
    if rng.random() < LISTS[stage]:
        return _bare(rng, to_copy(rng, most=8))
    if NUMBERS[stage] and rng.random() < NUMBERS[stage]:
        rule = (exactly if stage == "numbers" else to_count)(rng, generate(0, seed=0).problem)
        return _bare(rng, rule, Plan(seed=rng.randrange(6), rules=(rule,)))
    copies = rng.random() < COPIES[stage]
    steps = 1 if copies else 1 + _weighted(rng, STEPS[stage])
    made = generate(rng.randrange(10**9), seed=-1 - seed, steps=steps)
    wanted = _weighted(rng, COUNTS[stage])
    thinking = rng.random() >= NO_THINKING
    effort = _effort(rng, stage) if thinking else None
    while True:
        for _ in range(TRIES):
            rules = [to_copy(rng)] if copies else draw(rng, made.problem, wanted, stage=stage)
            draft = _draft(rng, made, rules, bare=thinking)
            answer = obeying(draft, made.problem, rules, rng, wide=stage in ("last", "numbers"))
            if answer is not None:
                return _sample(rng, made, rules, answer, thinking, effort)
        wanted -= 1  # these steps leave no room for so many rules: rare


Encoded = tuple[list[int], int]  # ids, and where the completion begins


def encoded(index: int, seed: int, stage: Stage) -> Encoded | None:
    """A sample of the stream as tokens, or None when it is too long."""
    made = sample(index, seed=seed, stage=stage)
    reader = tokenizer()
    prompt = reader.encode(made.prompt).ids
    ids = prompt + reader.encode(made.completion + END).ids
    return (ids, len(prompt)) if len(ids) <= LONGEST else None


def obeying(
    draft: str,
    problem: Problem,
    rules: Sequence[Constraint],
    rng: random.Random,
    *,
    wide: bool = False,
) -> str | None:
    """The draft changed until it obeys all rules, or None; always checked at the end. Lower bounds
    are passed by a margin where that is possible, a `wide` one or a usual one."""
    boxed = f"\\boxed{{{problem.answer}}}"
    ordered = sorted(rules, key=lambda r: r.stage)
    for terse in (False, True):
        fits = tuple(_Remembering(rule) for rule in rules)
        plan = Plan(
            language=_language(rules),
            seed=rng.randrange(6),
            statement=boxed,
            rules=fits,  # type: ignore[arg-type]
            terse=terse,
        )
        text = draft
        with planned(plan):
            for margin in (True, False, False):
                for rule in ordered:
                    aimed = with_margin(rule, wide=wide) if margin and not terse else rule
                    if not aimed.obeyed_by(text):
                        text = aimed.build(text)
                if boxed in text and all(rule.obeyed_by(text) for rule in rules):
                    return text
    return None


def _language(rules: Sequence[Constraint]) -> str:
    """The language that a rule asks for, else English."""
    return next((dataclasses.asdict(r)["language"] for r in rules if r.name == "language"), "en")


class _Remembering:
    """A rule that remembers which sentences fit it: telling languages apart is slow, and the
    sentences are few."""

    def __init__(self, rule: Constraint) -> None:
        self._rule = rule

    def fit(self, sentence: str | None) -> str | None:
        return _fit(self._rule, sentence)

    def __getattr__(self, name: str) -> object:
        return getattr(self._rule, name)


@functools.lru_cache(maxsize=100_000)
def _fit(rule: Constraint, sentence: str | None) -> str | None:
    return None if sentence is None else rule.fit(sentence)


def _sample(
    rng: random.Random,
    made: Generated,
    rules: Sequence[Constraint],
    answer: str,
    thinking: bool,
    effort: Effort | None,
) -> Sample:
    said = [worded(rng, rule) for rule in rules]
    layout = rng.choice(("after", "after", "before", "mathif"))
    question = made.problem.question
    if layout == "mathif":
        prompt = question + MATHIF_FORMAT + " ".join(said)
    else:
        prompt = ask(question, said, place="before" if layout == "before" else "after")
    thoughts = think(rng, made.steps, effort) if thinking else ""
    opened = f"<think>\n{thoughts}\n</think>\n\n" if thinking else ""
    messages = [{"role": "user", "content": prompt}]
    return Sample(
        prompt=render(messages, enable_thinking=thinking, effort=effort),
        completion=opened + answer,
        answer=answer,
        thoughts=len(thoughts),
        steps=len(made.steps),
        constraints=tuple(rules),
        layout=layout,
        effort=effort,
    )


def _effort(rng: random.Random, stage: Stage) -> Effort | None:
    shares = EFFORTS[stage]
    return rng.choices((*CHECKS, None), (*shares, 1 - sum(shares)))[0]


def think(rng: random.Random, steps: Sequence[Step], effort: Effort | None = None) -> str:
    """Thoughts in one of three styles, with as many checks of the work as the effort says."""
    style = rng.randrange(3)
    if style == 0:
        lines = [f"{step.text}: {step.equation}." for step in steps]
    elif style == 1:
        lines = [step.equation for step in steps]
    else:
        lines = [
            f"{'First' if i == 0 else 'Next'} {step.text} so {step.equation}."
            for i, step in enumerate(steps)
        ]
    checks = rng.choices([*FREE_CHECKS], [*FREE_CHECKS.values()])[0]
    if effort is not None:
        checks = CHECKS[effort]
    for again in range(1, checks + 1):
        lines.append(" ".join([f"Check {again}:", *(step.equation for step in steps)]))
    result = steps[-1].equation.rpartition("=")[2]
    return "\n".join([*lines, f"So {result}."])


def _draft(rng: random.Random, made: Generated, rules: Sequence[Constraint], *, bare: bool) -> str:
    """The answer before the rules; without thoughts before it, it has to show its work. Where a
    rule forbids words or asks for a language, the work is shown in equations alone; where it wants
    few sentences, in one."""
    boxed = f"\\boxed{{{made.problem.answer}}}"
    plain = any(rule.name in ("forbidden_words", "language") for rule in rules)
    if (language := _language(rules)) != "en":
        with planned(Plan(language=language, seed=rng.randrange(6))):
            ending = answer_sentence(boxed)
    else:
        endings = [f"{start} {boxed}." for start in ENDINGS]
        rng.shuffle(endings)
        ending = next((e for e in endings if all(_allows(r, e) for r in rules)), endings[0])
    final = mentioned(rng, rules) + _loud(rng, rules) + ending
    few = any(r.name == "sentences" and _bounds(r)["less_than"] for r in rules)
    style = rng.randrange(3) if bare else 1 + rng.randrange(2)
    if style == 0 or (few and bare):
        return final
    if few:
        work = " and ".join(step.equation for step in made.steps) + "."
    elif style == 1 or plain:
        work = " ".join(f"{step.equation}." for step in made.steps)
    else:
        work = " ".join(
            f"{step.text[:1].upper()}{step.text[1:]}: {step.equation}." for step in made.steps
        )
    return f"{work} {final}"


def _loud(rng: random.Random, rules: Sequence[Constraint]) -> str:
    """A sentence in capitals where a rule asks for words in capitals, or nothing."""
    if not any(r.name == "capital_words" and _bounds(r)["at_least"] for r in rules):
        return ""
    plan = Plan(language=_language(rules), seed=rng.randrange(6), rules=tuple(rules))
    with planned(plan):
        return next((f"{s.upper()} " for s in fillers() if len(s.split()) > 5), "")


def _bounds(rule: Constraint) -> dict[str, int | None]:
    return dataclasses.asdict(rule)


ENDINGS = ("The answer is", "So the answer is", "The result is", "So we get")


def _allows(rule: Constraint, sentence: str) -> bool:
    return rule.name != "forbidden_words" or rule.obeyed_by(sentence)


def _bare(rng: random.Random, rule: Constraint, plan: Plan | None = None) -> Sample:
    """A request that is one rule and nothing else: finding the place, and counting, are learned by
    doing them often."""
    answer = mentioned(rng, [rule]).strip() or "Here it is."
    with planned(plan or Plan()):
        if not rule.obeyed_by(answer):
            answer = with_margin(rule).build(answer)
    return Sample(
        prompt=render([{"role": "user", "content": worded(rng, rule)}], enable_thinking=False),
        completion=answer,
        answer=answer,
        thoughts=0,
        steps=0,
        constraints=(rule,),
        layout="drill",
    )


def _drill(rng: random.Random) -> Sample:
    """A bare sum or two, so that the arithmetic does not wait for the reading."""
    terms: list[str] = []
    steps: list[Step] = []
    for _ in range(rng.randint(1, 3)):
        kind = rng.choice("++--*/")
        if kind in "+-":
            a, b = rng.randint(2, 380), rng.randint(2, 40)
            a, b = (max(a, b + 1), b) if kind == "-" else (a, min(b, 400 - a) if a < 398 else 2)
        else:
            b = rng.randint(2, 9)
            a = rng.randint(2, 400 // b)
            a = a * b if kind == "/" else a
        c = {"+": a + b, "-": a - b, "*": a * b, "/": a // b}[kind]
        terms.append(f"{a}{kind}{b}")
        steps.append(Step("", f"{a}{kind}{b}={c}"))
    result = steps[-1].equation.rpartition("=")[2]
    thoughts = "\n".join(step.equation for step in steps)
    answer = f"The answer is \\boxed{{{result}}}."
    return Sample(
        prompt=render([{"role": "user", "content": " ".join(terms)}]),
        completion=f"<think>\n{thoughts}\n</think>\n\n{answer}",
        answer=answer,
        thoughts=len(thoughts),
        steps=0,
        constraints=(),
        layout="drill",
    )


def _weighted(rng: random.Random, weights: Sequence[int]) -> int:
    return rng.choices(range(len(weights)), weights)[0]


assert len(STEPS["late"]) == MOST_STEPS
