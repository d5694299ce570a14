"""What the model learns from: made-up problems, constraints on them, answers that obey.

    made = sample(12, seed=7)
    made.prompt      -> "<|im_start|>user\nMia has 12 shells. … Use no commas.<|im_end|>\n…"
    made.completion  -> "<think>\nMia gets 7 more shells: 12+7=19.\n</think>\n\nThe answer …"

Honesty: whether the answer obeys is not drawn. Every answer obeys every constraint, checked by the
same code that will judge the model, whatever the length of the thinking, the number of steps, the
number of constraints or their place; how long the thinking is, is drawn without a look at them.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bridle.benchmarks.layout import ask
from bridle.constraints import Constraint
from bridle.constraints.prose import Plan, planned
from bridle.organism.chat import render
from bridle.organism.rules import draw, mentioned, to_copy, worded
from bridle.organism.tokens import END, tokenizer
from bridle.problems.base import Problem
from bridle.problems.generated import MOST_STEPS, Generated, Step, generate

Stage = Literal["early", "late"]
MATHIF_FORMAT = "Let's think step by step and output the final answer within \\boxed{}."

# Shares of 1 to 6 steps, and of 0 to 3 constraints, in each stage.
STEPS = {"early": (5, 4, 2, 1, 0, 0), "late": (3, 4, 4, 4, 3, 2)}
COUNTS = {"early": (3, 6, 1, 0), "late": (3, 6, 5, 5)}
DRILLS = {"early": 0.20, "late": 0.04}  # share of bare sums
COPIES = {
    "early": 0.15,
    "late": 0.25,
}  # share of short problems with one thing to copy: it is learned late
NO_THINKING = 0.07
TRIES = 8
LONGEST = 640  # tokens of prompt and completion; longer samples are left out


@dataclass(frozen=True, slots=True)
class Sample:
    """One prompt with the completion to learn, and what it is made of."""

    prompt: str
    completion: str
    answer: str  # the completion without its thoughts
    thoughts: int  # characters of thinking
    steps: int
    constraints: tuple[Constraint, ...]
    layout: str  # "after" or "before" the question, or "mathif"


def sample(index: int, *, seed: int, stage: Stage = "late") -> Sample:
    """Number `index` of the stream of a seed: the same arguments give the same sample."""
    rng = random.Random(f"organism-{seed}-{stage}-{index}")
    if rng.random() < DRILLS[stage]:
        return _drill(rng)
    copies = rng.random() < COPIES[stage]
    steps = 1 if copies else 1 + _weighted(rng, STEPS[stage])
    made = generate(rng.randrange(10**9), seed=-1 - seed, steps=steps)
    wanted = _weighted(rng, COUNTS[stage])
    thinking = rng.random() >= NO_THINKING
    while True:
        for _ in range(TRIES):
            rules = [to_copy(rng)] if copies else draw(rng, made.problem, wanted)
            draft = _draft(rng, made, mentioned(rng, rules), bare=thinking)
            answer = obeying(draft, made.problem, rules, rng)
            if answer is not None:
                return _sample(rng, made, rules, answer, thinking)
        wanted -= 1  # these steps leave no room for so many rules: rare


Encoded = tuple[list[int], int]  # ids, and where the completion begins


def encoded(index: int, seed: int, early: bool) -> Encoded | None:
    """A sample of the stream as tokens, or None when it is too long."""
    made = sample(index, seed=seed, stage="early" if early else "late")
    reader = tokenizer()
    prompt = reader.encode(made.prompt).ids
    ids = prompt + reader.encode(made.completion + END).ids
    return (ids, len(prompt)) if len(ids) <= LONGEST else None


def obeying(
    draft: str, problem: Problem, rules: Sequence[Constraint], rng: random.Random
) -> str | None:
    """The draft changed until it obeys all rules, or None; always checked at the end."""
    boxed = f"\\boxed{{{problem.answer}}}"
    for terse in (False, True):
        fits = tuple(_Remembering(rule) for rule in rules)
        plan = Plan(seed=rng.randrange(6), statement=boxed, rules=fits, terse=terse)  # type: ignore[arg-type]
        text = draft
        with planned(plan):
            for _ in range(3):
                for rule in sorted(rules, key=lambda r: r.stage):
                    if not rule.obeyed_by(text):
                        text = rule.build(text)
                if boxed in text and all(rule.obeyed_by(text) for rule in rules):
                    return text
    return None


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
    rng: random.Random, made: Generated, rules: Sequence[Constraint], answer: str, thinking: bool
) -> Sample:
    said = [worded(rng, rule) for rule in rules]
    layout = rng.choice(("after", "after", "before", "mathif"))
    question = made.problem.question
    if layout == "mathif":
        prompt = question + MATHIF_FORMAT + " ".join(said)
    else:
        prompt = ask(question, said, place="before" if layout == "before" else "after")
    thoughts = think(rng, made.steps) if thinking else ""
    opened = f"<think>\n{thoughts}\n</think>\n\n" if thinking else ""
    return Sample(
        prompt=render([{"role": "user", "content": prompt}], enable_thinking=thinking),
        completion=opened + answer,
        answer=answer,
        thoughts=len(thoughts),
        steps=len(made.steps),
        constraints=tuple(rules),
        layout=layout,
    )


def think(rng: random.Random, steps: Sequence[Step]) -> str:
    """Thoughts in one of three styles, with no to three checks of the work."""
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
    checks = rng.choice((0, 0, 0, 1, 1, 2, 3))
    for again in range(checks):
        opening = ("Check:", "Wait.", "Again:")[again]
        lines.append(" ".join([opening, *(step.equation for step in steps)]))
    result = steps[-1].equation.rpartition("=")[2]
    return "\n".join([*lines, f"So {result}."])


def _draft(rng: random.Random, made: Generated, mention: str, *, bare: bool) -> str:
    """The answer before the rules; without thoughts before it, it has to show its work."""
    ending = rng.choice(("The answer is", "So the answer is", "The result is"))
    final = f"{mention}{ending} \\boxed{{{made.problem.answer}}}."
    style = rng.randrange(3) if bare else 1 + rng.randrange(2)
    if style == 0:
        return final
    if style == 1:
        work = " ".join(f"{step.equation}." for step in made.steps)
    else:
        work = " ".join(
            f"{step.text[:1].upper()}{step.text[1:]}: {step.equation}." for step in made.steps
        )
    return f"{work} {final}"


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
