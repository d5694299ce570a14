"""The model card, from a real evaluation: `python -m bridle.organism.training.card` writes CARD.md anew."""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from bridle.benchmarks.crossed import items as crossed
from bridle.organism.model.chat import Effort
from bridle.organism.model.engine import MODEL, Engine
from bridle.organism.training.data import CHECKS
from bridle.organism.training.evaluate import CAP, SEED, Answer, ask, by_type, figure
from bridle.statistics import Estimate

EFFORT_ITEMS = 258  # of the items, for each effort
CARD = Path(__file__).parent.parent / "CARD.md"

HEAD = """\
# The organism: model card

A transformer of {parameters:.2f} million parameters (Qwen3-type: {layers} layers, width {width},
{heads} heads, {kv_heads} key-value heads), trained from scratch by this project's own code on its
own generated problems. It reads a word problem and its constraints, thinks in `<think>…</think>`
and answers with `\\boxed{{N}}`. It is in the package, so that a run needs no network and no GPU.

**What it is for**: a subject to run the instrument on, for demos, tests, documentation and the
development of methods. **What it is not**: evidence about large models. What it misses, it misses
by itself; nothing about obedience is planted. Every training answer obeys all of its constraints,
whatever the length of the thinking, the number of steps or the place of the constraint
(`tests/organism/test_data.py` reads the stream and shows it).

It knows only its own world: word problems of 1 to 6 steps with whole numbers up to 400, in English.
Other mathematics (MathIF's questions, say) it cannot do; it answers such prompts with stories of its
own, and only its obedience to constraints can be looked at there.

It thinks as long as it is told to: a system message `Reasoning: low`, `medium` or `high` (the server
and `--reasoning-effort` write it) asks for no, 3 or 11 checks of the work; without one it checks as
often as it happens to.
"""

TRAINING = """\
## Training
- Data: `organism/training/data.py` draws a problem (`problems/generated.py`), 0 to 3 constraints of the
  crossed benchmark's types, MathIF's 15 among them (`organism/training/rules.py`), and an answer that `build`
  makes obey and `check` confirms; thoughts in three styles with 0 to 11 checks of the work; 7 %
  without thinking; drills of bare sums and of words to copy.
- Tokenizer: byte-level BPE, {vocabulary:,} tokens, frozen in `weights/tokenizer.json`.
- Optimizer: Muon on matrices, AdamW on the rest; loss on the completion only; float32 on two shared
  cores. The rate falls over the last 45 % of the main budget, and once more, from half, over each of
  two stages after it: what is learned last, and exact numbers (`organism/training/rules.py`).
- This file: {samples:,} samples, {tokens:.1f} million tokens, {steps:,} steps, {minutes:.0f} minutes,
  seed {seed}; sha256 chain of the data stream `{stream}`.
- Again: `make organism`, which trains from the seed on as many tokens, exports and writes this card.
  The data are the same on every machine (compare the hash); the sums of floats are not.
- `RUN/before_decay.pt` is the checkpoint before the rate falls: further training starts best there.
{remark}- Weights are stored as float16 and computed with in float32.
"""


def card(engine: Engine, *, limit: int, seed: int = SEED) -> str:
    """The text of the card from `limit` crossed items of a seed and their bare prompts."""
    items = crossed.load(limit=limit, seed=seed).items
    bare = list({item.problem.id: item for item in items}.values())
    started = time.perf_counter()
    answers = ask(engine, items)
    seconds = time.perf_counter() - started
    without = ask(engine, bare, condition="without")
    off = ask(engine, items, thinking=False)
    drawn = ask(engine, items, temperature=1.0)
    efforts: dict[Effort, Sequence[Answer]] = {
        effort: ask(engine, items[:EFFORT_ITEMS], effort=effort) for effort in CHECKS
    }
    parts = [
        head(engine),
        "## Figures\n"
        f"`python -m bridle.organism.training.card --limit {limit} --seed {seed}`: {len(items)} items of the "
        f"benchmark `crossed` and their {len(bare)} bare prompts, of a seed that training never sees; "
        f"greedy unless said otherwise; cap {CAP} tokens; 95 % intervals, clustered by problem.\n",
        table(answers, without, off, drawn),
        _by("constraints", answers, lambda a: str(len(a.item.constraints))),
        _by("steps", [*answers], lambda a: f"{a.item.problem.difficulty:.0f}"),
        "### Correct without constraints, by steps\n"
        + _rows(
            ("steps", "correct"),
            [
                (key, _shown(figure(group, "correct")))
                for key, group in _groups(without, lambda a: f"{a.item.problem.difficulty:.0f}")
            ],
        ),
        "### Obeyed, by type\n"
        + _rows(
            ("type", "thinking", "no thinking"),
            [
                (kind, _shown(est), _shown(by_type(off)[kind]))
                for kind, est in by_type(answers).items()
            ],
        ),
        _lengths(answers),
        _efforts(efforts),
        f"Speed of this evaluation: {len(items)} answers in {seconds:.0f} s "
        f"({sum(a.tokens for a in answers) / seconds:,.0f} tokens a second, two threads).\n",
        _failures(answers),
        "## To cite\nbridle, the organism (this file and the version of the package).\n",
    ]
    return "\n".join(parts)


def head(engine: Engine) -> str:
    """What the card says of the model and its training, out of the file's own metadata."""
    shape = engine.shape
    notes = json.loads(engine.notes.get("training", "{}"))
    what = HEAD.format(parameters=shape.parameters() / 1e6, **shape.to_dict())
    return (
        what
        + "\n"
        + TRAINING.format(
            vocabulary=shape.vocabulary,
            samples=notes.get("drawn", 0),
            tokens=notes.get("tokens", 0) / 1e6,
            steps=notes.get("steps", 0),
            minutes=notes.get("seconds", 0) / 60,
            seed=notes.get("seed", 0),
            stream=notes.get("stream", "unknown"),
            remark=f"- {engine.notes['remark']}\n" if engine.notes.get("remark") else "",
        )
    )


def table(
    answers: Sequence[Answer],
    without: Sequence[Answer],
    off: Sequence[Answer],
    drawn: Sequence[Answer],
) -> str:
    rows = [
        (name, *(_shown(figure(group, w)) for w in ("hard", "correct", "joint", "truncated")))
        for name, group in (("greedy", answers), ("temperature 1", drawn), ("no thinking", off))
    ]
    bare = (_shown(figure(without, "correct")), "–", _shown(figure(without, "truncated")))
    rows.append(("greedy, no constraints", "–", *bare))
    return _rows(("", "hard (all obeyed)", "correct", "joint", "truncated"), rows)


def _by(what: str, answers: Sequence[Answer], key) -> str:
    rows = [
        (name, *(_shown(figure(group, w)) for w in ("hard", "correct", "joint")))
        for name, group in _groups(answers, key)
    ]
    return f"### By number of {what}\n" + _rows((what, "hard", "correct", "joint"), rows)


def _groups(answers: Sequence[Answer], key) -> list[tuple[str, list[Answer]]]:
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(key(answer), []).append(answer)
    return sorted(groups.items())


def _lengths(answers: Sequence[Answer]) -> str:
    lengths = sorted(a.tokens_thinking for a in answers)
    cuts = statistics.quantiles(lengths, n=20)
    return (
        f"Thinking, in tokens: median {statistics.median(lengths):.0f}, 5 % to 95 % "
        f"{cuts[0]:.0f} to {cuts[-1]:.0f}, longest {lengths[-1]}.\n"
    )


def _efforts(efforts: Mapping[Effort, Sequence[Answer]]) -> str:
    rows: list[tuple[str, ...]] = []
    for effort, group in efforts.items():
        lengths = sorted(a.tokens_thinking for a in group)
        long = f"{statistics.median(lengths):.0f}, {lengths[0]} to {lengths[-1]}"
        figures = (_shown(figure(group, w)) for w in ("hard", "correct", "truncated"))
        rows.append((effort, long, *figures))
    return f"### By effort (the first {EFFORT_ITEMS} items)\n" + _rows(
        ("effort", "thinking, tokens", "hard", "correct", "truncated"), rows
    )


def _failures(answers: Sequence[Answer]) -> str:
    """What goes wrong most, from these answers."""
    types = sorted(by_type(answers).items(), key=lambda pair: pair[1].value)[:4]
    worst = ", ".join(f"{kind} ({est.value:.0%})" for kind, est in types)
    wrong = [a for a in answers if not a.grade.correct]
    unfinished = sum(a.response.status == "truncated" for a in wrong)
    none = sum(a.response.status == "complete" and a.grade.found is None for a in wrong)
    return (
        "## Known failures\n"
        f"- The types it obeys least: {worst}.\n"
        f"- Of {len(wrong)} answers that are not correct, {unfinished} did not end within {CAP} tokens, "
        f"{none} state no answer, and the others state a wrong one.\n"
        "- Prompts unlike those of its training get answers about problems nobody asked.\n"
    )


def _shown(est: Estimate) -> str:
    return f"{est.value:.1%} [{est.low:.1%}, {est.high:.1%}] n={est.n}"


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(r) + " |" for r in (head, ["---"] * len(head), *rows)]
    return "\n".join(lines) + "\n"


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("--limit", type=int, default=1024)
    read.add_argument("--seed", type=int, default=SEED)
    read.add_argument("--model", type=Path, default=MODEL)
    read.add_argument("--out", type=Path, default=CARD)
    given = read.parse_args()
    engine = Engine.load(given.model)
    given.out.write_text(card(engine, limit=given.limit, seed=given.seed), encoding="utf-8")
    engine.close()
    print(given.out.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
