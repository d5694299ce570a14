"""The parent P: the embedded model taught to think little, so that there is skill to gain.

    python studies/training/parent.py --out runs/training/parent --tokens 1.5e5

The stream is the organism's own last stage (organism/training/data.py) without checks of the work; eight
thoughts in ten state a result at once, which this model can only guess. Which do, is drawn without a
look at the constraints; every answer obeys all of its constraints. Answers that show their work are
passed over: the skill is to be in the thoughts. (Thoughts that leave out single steps were tried: they
teach it to write equations that follow from nothing, and it solves 5 % at four to eight steps.)
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bridle.organism.model.tokens import END, tokenizer
from bridle.organism.training.data import LONGEST, Encoded, Sample, sample

WRITTEN = 0.2  # share of the thoughts that work the steps out; the others state a result at once
WORKED = re.compile(r"\d ?[-+*/] ?\d+ ?= ?\d")


def short(made: Sample, rng: random.Random) -> Sample | None:
    """The sample with a shorter thought; None where the answer shows the work."""
    if not made.thoughts and made.layout != "drill":
        return None
    if made.layout != "drill" and WORKED.search(made.answer):
        return None
    if made.layout == "drill":
        return made
    head, _, rest = made.completion.partition("\n</think>")
    *steps, last = head.removeprefix("<think>\n").split("\n")
    steps = [line for line in steps if not line.startswith("Check ")]
    kept = steps if rng.random() < WRITTEN else []
    thought = "\n".join([*kept, last])
    return replace(made, completion=f"<think>\n{thought}\n</think>{rest}", thoughts=len(thought))


def stream(seed: int) -> Iterator[Encoded]:
    """Encoded samples without end; the same for a seed."""
    reader = tokenizer()
    index = 0
    while True:
        rng = random.Random(f"parent-{seed}-{index}")
        made = sample(index, seed=1000 + seed, stage="last")
        index += 1
        if made.effort is not None or (shorter := short(made, rng)) is None:
            continue
        prompt = reader.encode(shorter.prompt).ids
        ids = prompt + reader.encode(shorter.completion + END).ids
        if len(ids) <= LONGEST:
            yield ids, len(prompt)


def teach(out: Path, *, tokens: float, seed: int, rate: float, threads: int) -> None:
    import torch

    import organism
    from bridle.organism.training.muon import Optimizer
    from bridle.organism.training.train import ADAM, MUON, WEIGHT_DECAY, batches, loss_of

    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    model = organism.load()
    model.train()
    optimizer = Optimizer(model, muon=MUON, adam=ADAM, decay=WEIGHT_DECAY)
    embedding = model.model.embed_tokens.weight
    samples = stream(seed)
    seen, steps, losses, started = 0, 0, [], time.monotonic()
    while seen < tokens:
        pool = [next(samples) for _ in range(256)]
        for batch in batches(pool, random.Random(f"{seed}-{steps}")):
            optimizer.zero_grad()
            loss, read = loss_of(model.model, embedding, batch, "cpu")
            loss.backward()
            torch.nn.utils.clip_grad_norm_([embedding], 1.0)
            optimizer.step(rate * max(0.0, 1 - seen / tokens))
            seen, steps = seen + read, steps + 1
            losses.append(float(loss.detach()))
        mean = sum(losses[-20:]) / len(losses[-20:])
        print(
            f"{steps} steps {seen:,} tokens {time.monotonic() - started:.0f} s loss {mean:.3f}",
            flush=True,
        )
    organism.save(model, out)
    organism.write_onnx(model, out / "model.onnx", seed=seed, tokens=seen, steps=steps)
    (out / "parent.json").write_text(
        json.dumps({"seed": seed, "tokens": seen, "steps": steps, "rate": rate, "written": WRITTEN})
    )


def main() -> None:
    read = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    read.add_argument("--out", type=Path, required=True)
    read.add_argument("--tokens", type=float, default=1.5e5)
    read.add_argument("--seed", type=int, default=1)
    read.add_argument("--rate", type=float, default=0.3, help="of the organism's own full rate")
    read.add_argument("--threads", type=int, default=1)
    given = read.parse_args()
    teach(given.out, tokens=given.tokens, seed=given.seed, rate=given.rate, threads=given.threads)


if __name__ == "__main__":
    main()
