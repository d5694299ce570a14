"""How good the embedded model is, by the project's own grading: the figures of its card.

answers = ask(get_engine(), crossed.load(limit=240, seed=SEED).items)
figure(answers, "hard")  -> Estimate(value=0.61, low=…, high=…, n=240, …)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bridle.benchmarks.item import Condition, Item
from bridle.grading import Grade, grade
from bridle.organism.model.chat import Effort, render
from bridle.organism.model.engine import Engine
from bridle.responses import Response, read_response
from bridle.statistics import Estimate, rate

SEED = 20_260_101  # of the card's items; training draws its problems from negative seeds
CAP = 1024  # tokens of thinking and answer


@dataclass(frozen=True, slots=True)
class Answer:
    """One graded response and what it cost."""

    item: Item
    condition: Condition
    response: Response
    grade: Grade
    tokens: int
    tokens_thinking: int


def ask(
    engine: Engine,
    items: Iterable[Item],
    *,
    condition: Condition = "with",
    thinking: bool = True,
    effort: Effort | None = None,
    temperature: float = 0.0,
    seed: int = 0,
    cap: int = CAP,
) -> list[Answer]:
    """The graded answers to the items, in their order."""
    items = list(items)
    prompts = [
        render(
            [{"role": "user", "content": i.prompt_for(condition)}],
            enable_thinking=thinking,
            effort=effort,
        )
        for i in items
    ]
    completions = engine.generate(prompts, max_tokens=cap, temperature=temperature, seed=seed)
    out: list[Answer] = []
    for item, done in zip(items, completions, strict=True):
        response = read_response(done.text, finish_reason=done.finish_reason)
        judged = grade(item, response, condition=condition)
        out.append(Answer(item, condition, response, judged, done.tokens_out, done.tokens_thinking))
    return out


def figure(answers: Sequence[Answer], what: str) -> Estimate:
    """The share of answers that are `hard`, `correct`, `joint` or `truncated`, clustered by problem."""
    read: Callable[[Answer], object] = (
        (lambda a: a.response.status == "truncated")
        if what == "truncated"
        else lambda a: getattr(a.grade, what)
    )
    problems = [a.item.problem.id for a in answers]
    return rate([bool(read(a)) for a in answers], problems, what=what)


def by_type(answers: Sequence[Answer]) -> dict[str, Estimate]:
    """The share of obeyed constraints of each type, over all answers that were asked for it."""
    seen: dict[str, list[tuple[bool, str]]] = {}
    for answer in answers:
        for rule, verdict in zip(answer.item.constraints, answer.grade.verdicts, strict=True):
            kind = rule.name
            if getattr(rule, "at_least", None) is not None:
                kind += " (at least)"
            elif getattr(rule, "less_than", None) is not None:
                kind += " (below)"
            seen.setdefault(kind, []).append((verdict.obeyed is True, answer.item.problem.id))
    return {
        kind: rate([o for o, _ in pairs], [p for _, p in pairs], what=kind)
        for kind, pairs in sorted(seen.items())
    }
