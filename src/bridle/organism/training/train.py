"""Training from scratch, on two cores: `python -m bridle.organism.training.train --out DIR --minutes 45`.

The data stream is made while training and depends on the seed alone; its running hash is in the
checkpoint and in the log. A budget in `--tokens` gives the same weights again on the same machine;
one in `--minutes` ends in time on any. The rate is held for the first part and falls to nothing
over the rest; the checkpoint before the fall is kept as `before_decay.pt`, because that is where
further training starts best. Two stages follow, at a rate that falls again in each: `--last` tokens
(or minutes) that dwell on what is learned last, and `--numbers` of exact counts. Run again with the same DIR, it goes on from the last checkpoint.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from bridle.organism.model.shape import SHAPE, Shape
from bridle.organism.training.data import Encoded, Stage, encoded
from bridle.organism.training.muon import Optimizer

BATCH_TOKENS = 4096
POOL = 768  # samples sorted by length together, so that batches hold little padding
EARLY = 0.20  # share of the training on the early stage of the data
DECAY = 0.45  # share of the training over which the rate falls
WARMUP = 0.01
LAST_RATE = 0.5  # of the full rate, where each of the two last stages begins
MUON, ADAM, WEIGHT_DECAY = 4e-3, 4e-3, 0.03
SAVE_EVERY_S = 150


@dataclass
class Progress:
    """Where a training is; saved with the weights."""

    seed: int
    drawn: int = 0  # samples taken from the stream
    steps: int = 0
    tokens: int = 0
    seconds: float = 0.0
    stream: str = field(default_factory=lambda: hashlib.sha256(b"bridle organism").hexdigest())

    def share(self, budget: float, unit: str) -> float:
        """How much of a budget is used up; above 1 in the last stage."""
        return (self.seconds / 60 if unit == "minutes" else self.tokens) / budget


def stage_at(share: float, ends: tuple[float, float]) -> Stage:
    """The stage of the data after that share of the budget; the two last ones end at `ends`."""
    if share < 1:
        return "early" if share < EARLY else "late"
    return "last" if share < ends[0] else "numbers"


def rate_at(share: float, ends: tuple[float, float]) -> float:
    """The part of the full rate after that share of the budget."""
    if share < 1:
        return min(1.0, share / WARMUP + 0.05, (1 - share) / DECAY)
    start, end = (1.0, ends[0]) if share < ends[0] else ends
    return LAST_RATE * (end - share) / (end - start) if share < end else 0.0


def new_model(shape: Shape = SHAPE) -> Any:
    """A transformers Qwen3ForCausalLM of that shape with fresh weights."""
    from transformers import Qwen3Config, Qwen3ForCausalLM

    model = Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=shape.vocabulary,
            hidden_size=shape.width,
            intermediate_size=shape.inner,
            num_hidden_layers=shape.layers,
            num_attention_heads=shape.heads,
            num_key_value_heads=shape.kv_heads,
            head_dim=shape.head_size,
            max_position_embeddings=shape.context,
            rope_parameters={"rope_theta": shape.theta, "rope_type": "default"},
            rms_norm_eps=shape.epsilon,
            tie_word_embeddings=True,
        )
    )
    for name, parameter in model.named_parameters():
        # What writes into the residual stream starts at nothing: every layer begins as identity.
        if name.endswith(("o_proj.weight", "down_proj.weight")):
            torch.nn.init.zeros_(parameter)
    return model


def batches(pool: list[Encoded], rng: random.Random) -> Iterator[list[Encoded]]:
    """Batches of about BATCH_TOKENS tokens with their padding, in random order."""
    ordered = sorted(pool, key=lambda e: len(e[0]))
    out: list[list[Encoded]] = [[]]
    for row in ordered:
        if out[-1] and (len(out[-1]) + 1) * len(row[0]) > BATCH_TOKENS:
            out.append([])
        out[-1].append(row)
    rng.shuffle(out)
    yield from out


def loss_of(body: Any, embedding: Tensor, batch: list[Encoded], device: str) -> tuple[Tensor, int]:
    """Mean cross-entropy of the completions' tokens, and how many tokens were read."""
    width = -(-max(len(ids) for ids, _ in batch) // 16) * 16
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    learned = torch.zeros(len(batch), width, dtype=torch.bool)
    for row, (tokens, start) in enumerate(batch):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        learned[row, start - 1 : len(tokens) - 1] = True  # the position before predicts the token
    targets = torch.roll(ids, -1, dims=1)[learned].to(device)
    # Padding stands on the right and attention is causal, so no mask is needed.
    hidden = body(input_ids=ids.to(device), use_cache=False).last_hidden_state
    logits = hidden[learned.to(device)] @ embedding.T
    return functional.cross_entropy(logits.float(), targets), int(ids.numel())


def train(
    out: Path,
    *,
    seed: int,
    budget: float,
    unit: str,
    after: tuple[float, float] = (0.0, 0.0),
    shape: Shape = SHAPE,
    compiled: bool = False,
) -> Any:
    """Train until the budget and those of the two stages after it are used up; the weights of the
    end are in `out/last.pt`."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = new_model(shape).to(device)
    optimizer = Optimizer(model, muon=MUON, adam=ADAM, decay=WEIGHT_DECAY)
    progress = Progress(seed)
    last = out / "last.pt"
    if last.exists():
        progress = _resume(last, model, optimizer)
        print(f"goes on from step {progress.steps}", flush=True)
    body = torch.compile(model.model, dynamic=True) if compiled else model.model
    embedding = model.model.embed_tokens.weight
    saved = started = time.monotonic() - progress.seconds
    kept = (out / "before_decay.pt").exists()
    losses: list[float] = []
    ends = (1 + after[0] / budget, 1 + sum(after) / budget)
    while progress.share(budget, unit) < ends[1]:
        stage = stage_at(progress.share(budget, unit), ends)
        pool, start = _pool(progress, seed, stage)
        for batch in batches(pool, random.Random(f"order-{seed}-{start}")):
            share = progress.share(budget, unit)
            if share >= 1 and (share >= ends[1] or stage != stage_at(share, ends)):
                break
            if share >= 1 - DECAY and not kept:
                _save(out / "before_decay.pt", model, optimizer, progress)
                kept = True
            optimizer.zero_grad()
            loss, tokens = loss_of(body, embedding, batch, device)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([embedding], 1.0)
            optimizer.step(rate_at(share, ends))
            losses.append(float(loss.detach()))
            progress.steps += 1
            progress.tokens += tokens
            progress.seconds = time.monotonic() - started
            if progress.steps % 20 == 0:
                mean = sum(losses[-20:]) / len(losses[-20:])
                print(
                    f"{progress.steps:6d} steps {progress.tokens / 1e6:6.2f}M tokens "
                    f"{progress.seconds / 60:5.1f} min {share:5.1%} loss {mean:.3f} "
                    f"{progress.tokens / progress.seconds:.0f} tok/s stream {progress.stream[:12]}",
                    flush=True,
                )
        if time.monotonic() - saved > SAVE_EVERY_S:
            saved = time.monotonic()
            _save(last, model, optimizer, progress)
    _save(last, model, optimizer, progress)
    return model


def _pool(progress: Progress, seed: int, stage: Stage) -> tuple[list[Encoded], int]:
    """The next samples of the stream; the running hash takes them in."""
    start = progress.drawn
    pool: list[Encoded] = []
    hashed = hashlib.sha256(progress.stream.encode())
    while len(pool) < POOL:
        row = encoded(progress.drawn, seed, stage)
        progress.drawn += 1
        if row is not None:
            pool.append(row)
            hashed.update(repr(row).encode())
    progress.stream = hashed.hexdigest()
    return pool, start


def _save(path: Path, model: Any, optimizer: Optimizer, progress: Progress) -> None:
    """Whole or not at all: a kill in between leaves the file of before."""
    new = path.with_suffix(".new")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "progress": asdict(progress),
        },
        new,
    )
    new.replace(path)


def _resume(path: Path, model: Any, optimizer: Optimizer) -> Progress:
    state = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    return Progress(**state["progress"])


def main() -> None:
    read = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    read.add_argument("--out", type=Path, required=True)
    read.add_argument("--seed", type=int, default=1)
    read.add_argument("--threads", type=int, default=2)
    read.add_argument(
        "--compiled", action="store_true", help="a sixth faster; needs a C++ compiler"
    )
    budget = read.add_mutually_exclusive_group(required=True)
    budget.add_argument("--minutes", type=float)
    budget.add_argument("--tokens", type=float)
    read.add_argument(
        "--last", type=float, default=0.0, help="of the last stage, in the same unit (0)"
    )
    read.add_argument(
        "--numbers", type=float, default=0.0, help="of the stage of exact counts after it (0)"
    )
    given = read.parse_args()
    torch.set_num_threads(given.threads)
    unit = "minutes" if given.minutes is not None else "tokens"
    train(
        given.out,
        seed=given.seed,
        budget=getattr(given, unit),
        unit=unit,
        after=(given.last, given.numbers),
        compiled=given.compiled,
    )


if __name__ == "__main__":
    main()
