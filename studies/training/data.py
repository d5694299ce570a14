"""What the arms learn from, and the frozen panel that measures them. All of it follows from seeds.

python studies/training/data.py studies/training/panel.jsonl     # writes the panel anew
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bridle import benchmarks
from bridle.benchmarks.item import Item
from bridle.benchmarks.item_rows import fields_of, item_of
from bridle.constraints import get
from bridle.organism.training.data import ENDINGS, think
from bridle.problems.generated import tell

PANEL, PANEL_SEED = "crossed:problems=stories,difficulty=1-8,constraints=0-3", 7
PANEL_ITEMS, TRIVIAL_ITEMS = 320, 40
TRAIN_SEED = 7_000  # prompts of training seed s are those of the seed TRAIN_SEED + s
LONGEST_THOUGHT = (1, 2, 3)  # checks of the work in a long thought


@dataclass(frozen=True)
class Row:
    """A question, the thought and the answer to learn."""

    question: str
    thought: str
    answer: str


def prompts(count: int, steps: Sequence[int], *, seed: int, constrained: float = 0.0) -> list[Item]:
    """Problems for RL; that share of them under one to three constraints, evenly spread.

    The problems are the same whatever the share, so that arms differ in the constraints alone.
    """
    name = f"crossed:problems=stories,difficulty={'+'.join(map(str, steps))},constraints="
    bare = list(benchmarks.load(name + "0", limit=count, seed=TRAIN_SEED + seed).items)
    if not constrained:
        return bare
    ruled = benchmarks.load(name + "1-3", limit=3 * count, seed=TRAIN_SEED + seed).items
    rng = random.Random(f"constrained-{seed}")
    of: dict[str, list[Item]] = {}
    for item in ruled:
        of.setdefault(item.problem.id, []).append(item)
    out: list[Item] = []
    for i, item in enumerate(bare):
        due = int((i + 1) * constrained) > int(i * constrained) and item.problem.id in of
        out.append(rng.choice(of[item.problem.id]) if due else item)
    return out


def long_thoughts(count: int, steps: Sequence[int], *, seed: int) -> list[Row]:
    """Problems with every step worked out and checked, and the correct answer; no constraint."""
    out: list[Row] = []
    for index in range(count):
        rng = random.Random(f"long-{TRAIN_SEED + seed}-{index}")
        question, chain, value = tell(rng, steps[index % len(steps)])
        *lines, last = think(rng, chain, "medium").split("\n")  # with three checks
        checks = [line for line in lines if line.startswith("Check ")]
        worked = [line for line in lines if line not in checks]
        kept = [*worked, *checks[: rng.choice(LONGEST_THOUGHT)], last]
        out.append(Row(question, "\n".join(kept), f"{rng.choice(ENDINGS)} \\boxed{{{value}}}."))
    return out


def panel() -> list[Item]:
    """The items of the panel: crossed ones, and trivial problems under rules of hard ones."""
    crossed = list(benchmarks.load(PANEL, limit=PANEL_ITEMS, seed=PANEL_SEED).items)
    ruled = [i for i in crossed if i.constraints and (i.problem.difficulty or 0) >= 4]
    rng = random.Random(f"trivial-{PANEL_SEED}")
    out: list[Item] = []
    for index, item in enumerate(rng.sample(ruled, len(ruled))):
        question, _, value = tell(random.Random(f"trivial-{PANEL_SEED}-{index}"), 1)
        rules = [
            get("repeat_prompt", prompt=question) if rule.name == "repeat_prompt" else rule
            for rule in item.constraints
        ]
        fields = {
            "question": question,
            "answer": str(value),
            "constraints": [rule.spec() for rule in rules],
            "source": "trivial",
            "group": "trivial",
            "difficulty": 1.0,
            "problem": f"trivial-{index}",
        }
        out.append(item_of(fields, name=f"trivial-{index}-{len(rules)}"))
        if len(out) == TRIVIAL_ITEMS:
            break
    return crossed + out


def line(item: Item) -> str:
    """The item as the benchmark `custom` reads it."""
    given = fields_of(item, "with")
    kept = ("problem", "question", "answer", "constraints", "source", "difficulty", "group")
    row = {"id": item.id, **{k: given[k] for k in (*kept, "prompt", "bare_prompt")}}
    return json.dumps(row, ensure_ascii=False)


if __name__ == "__main__":
    made = panel()
    Path(sys.argv[1]).write_text("".join(line(i) + "\n" for i in made), encoding="utf-8")
    print(f"{len(made)} items")
