"""Before training: what best-of-n by a reward does to every other outcome.

    forecast(run, reward="correct")    # several samples a prompt of one fixed model
    -> each outcome at n = 1, 2, 4, … with its interval, paired with n = 1

Source: best-of-n as a forecast of optimisation: Gao, Schulman & Hilton 2023 (arXiv 2210.10760).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from bridle import outcomes
from bridle.analysis.run_table import Run
from bridle.errors import DataError
from bridle.statistics import Estimate
from bridle.statistics.estimate import LEVEL, t_of
from bridle.statistics.overoptimisation import SHARE, best_of_n, kl_of_best

LEAST = 8  # samples a prompt: a quarter of them are two


@dataclass(frozen=True)
class Best:
    """An outcome at one n: its mean, and the change from n = 1 over the same prompts."""

    n: int
    kl: float
    level: Estimate
    change: Estimate | None


@dataclass(frozen=True)
class Forecast:
    """The curve of each outcome; `sold` names those that get worse beyond doubt at the greatest n:
    that fall, or rise where less is better (truncation); of tokens neither is worse."""

    name: str
    reward: str
    samples: int
    prompts: int
    curves: dict[str, tuple[Best, ...]]
    notes: tuple[str, ...] = ()

    @property
    def sold(self) -> list[str]:
        last = {name: curve[-1].change for name, curve in self.curves.items()}
        return [n for n, change in last.items() if change is not None and _worse(n, change)]

    def to_dict(self) -> dict[str, Any]:
        return {
            "samples": self.samples,
            "prompts": self.prompts,
            "reward": self.reward,
            "sold": self.sold,
            "curves": {
                name: [
                    {
                        "n": b.n,
                        "kl": b.kl,
                        "level": b.level.to_dict(),
                        "change": None if b.change is None else b.change.to_dict(),
                    }
                    for b in curve
                ]
                for name, curve in self.curves.items()
            },
            "notes": list(self.notes),
        }


def forecast(run: Run, *, reward: str, gold: tuple[str, ...] = ()) -> Forecast:
    """The best-of-n curve of every outcome, n = 1, 2, 4, … up to a quarter of the samples.

    Prompts without the reward, or with fewer samples than most others have, are left out and said.

    Raises:
        BridleError: no such column.
        DataError: fewer than LEAST samples a prompt, fewer than two prompts.
    """
    import numpy as np
    import polars as pl

    by = run.outcome(reward, "--reward")
    names = [run.outcome(n, "--gold") for n in gold] or list(run.outcomes)
    rows = run.frame.drop_nulls(by)
    sizes = rows.group_by("item").len()
    if not sizes.height:
        raise DataError(f"No row has the reward {by!r}.", expected="a number in each row")
    size = int(sizes["len"].mode().max())  # pyright: ignore[reportArgumentType]
    notes = list(run.notes)
    short = sizes.filter(pl.col("len") < size).height
    if short:
        notes.append(f"{short:,} prompts have fewer than {size} samples, left out.")
    if size < LEAST:
        raise DataError(
            f"{size} samples a prompt are too few for a forecast.",
            expected=f"{LEAST} or more: the best of n is told for n up to a quarter of them",
            hint=f"bridle run … --samples {LEAST * 4}",
        )
    kept = sizes.filter(pl.col("len") >= size)["item"]
    rows = rows.filter(pl.col("item").is_in(kept.implode())).sort("item", maintain_order=True)
    ns = [2**k for k in range(int(math.log2(size // SHARE)) + 1)]
    curves: dict[str, tuple[Best, ...]] = {}
    prompts = 0
    for name in names:
        r: list[Any] = []
        g: list[Any] = []
        where: list[str] = []
        for _, part in rows.group_by("item", maintain_order=True):
            part = part.head(size)
            if part[name].null_count() == 0:
                r.append(part[by].to_numpy())
                g.append(part[name].to_numpy())
                where.append(part["problem"][0])
        if len(r) < 2:
            continue
        prompts = max(prompts, len(r))
        drawn = {n: best_of_n(np.stack(r), np.stack(g), n) for n in ns}
        _, codes = np.unique(where, return_inverse=True)
        curves[name] = tuple(
            Best(
                n,
                kl_of_best(n),
                _estimate(drawn[n], codes, name),
                None if n == 1 else _estimate(drawn[n] - drawn[1], codes, name),
            )
            for n in ns
        )
    if not curves:
        raise DataError("Fewer than two prompts have all their samples.", expected="more prompts")
    return Forecast(run.name, by, size, prompts, curves, tuple(notes))


def _worse(name: str, change: Estimate) -> bool:
    """Whether a change is for the worse beyond doubt; of an outcome that nobody registered more is better."""
    kind = outcomes.OUTCOMES.get(name)
    better = "higher" if kind is None else kind.better
    if better == "neither":
        return False
    return change.high < 0 if better == "higher" else change.low > 0


def _estimate(values: Any, codes: Any, what: str) -> Estimate:
    """The mean over prompts; its error is that of problems' sums, where prompts share one."""
    import numpy as np

    n = len(values)
    mean = float(values.mean())
    sums = np.bincount(codes, values - mean)
    clusters = len(sums)
    if clusters < 2:
        return Estimate(mean, mean, mean, n, "no interval: one problem", what, clusters, "value")
    error = float(np.sqrt(clusters / (clusters - 1) * (sums @ sums))) / n
    half = t_of(LEVEL, clusters - 1) * error
    return Estimate(
        mean, mean - half, mean + half, n, "Student's t over problems", what, clusters, "value"
    )
