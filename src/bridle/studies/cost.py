"""What a study will cost and what it can see, before anything is sent.

    estimate(plan, items, prices)  -> Estimate(requests=4500, tokens_in=…, tokens_out=…, usd=12.3)
    within(budget, …)              -> how many items a budget pays for

An arm is pure, so its requests are counted by drawing it once with replies of the model's longest kind:
both tokens and price are upper bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bridle.benchmarks.item import Item
from bridle.calls import Reply
from bridle.studies.drawing import Drawing
from bridle.studies.plan import CHARACTERS_A_TOKEN, Call, Plan
from bridle.studies.providers import OURS
from bridle.studies.treatments import Cell

MOST_STEPS = 100
LOOKED_AT = 30  # items whose requests are counted; the rest is taken to be like them
FLIPS = (0.15, 0.25)  # shares of pairs that flip: published models, the embedded one


@dataclass(frozen=True)
class Cost:
    """Upper bounds; `usd` is None where the price of a model is not known, `tokens_out` without a limit."""

    requests: int
    tokens_in: int
    tokens_out: int | None
    usd: float | None


def estimate(
    plan: Plan,
    items: Mapping[str, Item],
    prices: Mapping[str, tuple[float, float]] | None = None,
) -> Cost:
    """Requests, tokens and price of the whole plan. What is asked once and shared is counted once a
    drawing all the same."""
    looked = [items[name] for name in plan.asked[:LOOKED_AT]]
    scale = len(plan.asked) / len(looked) * plan.samples
    most = plan.decoding.get("max_tokens")
    limit = None if most is None else int(most)
    requests, into, out = 0.0, 0.0, 0.0
    for cell in plan.cells():
        for item in looked:
            for condition in plan.conditions:
                call = Call("m", item.id, condition, cell.arm, 0, cell.factors)
                steps, characters, turns = _drawn(cell, item, call)
                requests += steps * scale
                written = limit or 0
                into += (characters / CHARACTERS_A_TOKEN + (steps - turns) * written) * scale
                out += max(turns, _chat_steps(cell, steps, turns)) * written * scale
    models = len(plan.models)
    usd: float | None = 0.0
    for model in plan.models:
        if model.split("/")[0] in OURS and model not in (prices or {}):
            continue
        if model not in (prices or {}) or limit is None:
            usd = None
            break
        price_in, price_out = (prices or {})[model]
        usd = (usd or 0.0) + (into * price_in + out * price_out) / 1e6
    return Cost(
        round(requests * models), round(into * models),
        None if limit is None else round(out * models), usd,
    )  # fmt: skip


def _drawn(cell: Cell, item: Item, call: Call) -> tuple[int, int, int]:
    """Requests of one drawing, characters of their prompts, and turns."""
    drawing = Drawing(cell.make(), item, call, {})
    steps, characters = 0, 0
    while drawing.pending is not None and steps < MOST_STEPS:
        request = drawing.pending
        steps += 1
        characters += sum(len(m["content"]) for m in request.messages) + len(request.prefix)
        stopped = request.stop[0] if request.stop else ""
        drawing.send(Reply(raw="x", finish_reason="stop", stopped=stopped))
    return steps, characters, len(item.asks)


def _chat_steps(cell: Cell, steps: int, turns: int) -> int:
    """Steps that have a limit of tokens each; those of one turn at the level of tokens share it."""
    return turns if "raw" in cell.make().needs else steps


def fits(
    budget: float,
    plan: Plan,
    items: Mapping[str, Item],
    prices: Mapping[str, tuple[float, float]],
) -> int | None:
    """How many of the plan's items the budget (USD) pays for; None where the price is not known."""
    cost = estimate(plan, items, prices)
    if cost.usd is None:
        return None
    if cost.usd <= budget:
        return len(plan.asked)
    return int(len(plan.asked) * budget / cost.usd + 1e-9)


def can_see(plan: Plan, flips: Sequence[float] = FLIPS) -> list[float]:
    """The smallest difference between two arms that is found four times in five, for each share of
    pairs that flip. Samples of an item count as half a pair more each: their noise is shared."""
    from bridle.statistics.planning import DEFF, smallest_difference

    pairs = len(plan.asked) * (1 + (plan.samples - 1) / 2)
    return [smallest_difference(pairs, flips=f, deff=DEFF) for f in flips]
