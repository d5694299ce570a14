"""False alarms and power of the tests behind `bridle watch`, by simulation.

python benchmarks/watch.py [--runs 400]
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np

from bridle.statistics.turning import trend, up_then_down

ALPHA = 0.05


def run(
    rng: np.random.Generator, problems: int, steps: int, wobble: float, shape: str, size: float
) -> tuple[Any, Any]:
    """Truth values of problems × checkpoints. `wobble`: standard deviation of what a whole checkpoint
    is better or worse by; `size`: the fall in points (after the peak, or over all of the run)."""
    x = np.arange(steps, dtype=float)
    u = x / (steps - 1)
    peak = 0.5
    change = {
        "flat": 0 * u,
        "falls": -size * u,
        "rises": size * u,
        "up then down": np.where(u < peak, size * u / peak, size * (1 - (u - peak) / (1 - peak))),
        "rises, then flat": np.minimum(u / peak, 1) * size,
    }[shape]
    skill = rng.beta(1.2, 1.2, problems)[:, None]  # problems differ, and keep their difference
    at = skill + change + rng.normal(0, wobble, steps)
    return x, (rng.random((problems, steps)) < np.clip(at, 0, 1)).astype(float)


def best_against_last(y: Any) -> bool:
    """What is not done: a paired test of the best checkpoint against the last."""
    means = y.mean(axis=0)
    d = y[:, int(means.argmax())] - y[:, -1]
    error = d.std(ddof=1) / len(d) ** 0.5
    return bool(error > 0 and d.mean() / error > 1.96)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--problems", type=int, default=300)
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    print(
        f"{options.problems} problems, {options.runs} runs; share of runs in which each test says so"
    )
    head = ("shape", "checkpoints", "wobble", "falls", "rises", "up, down", "best/last")
    print(("{:<18}" + "{:>12}" * 6).format(*head))
    for shape, size in (
        ("flat", 0.0), ("rises", 0.15), ("rises, then flat", 0.15),
        ("falls", 0.05), ("falls", 0.1), ("up then down", 0.1), ("up then down", 0.2),
    ):  # fmt: skip
        for steps in (8, 16):
            for wobble in (0.0, 0.02):
                said = np.zeros(4)
                for _ in range(options.runs):
                    x, y = run(rng, options.problems, steps, wobble, shape, size)
                    slope = trend(x, y)
                    said += (
                        slope.p < ALPHA and slope.value < 0,
                        slope.p < ALPHA and slope.value > 0,
                        up_then_down(x, y).p < ALPHA,
                        best_against_last(y),
                    )
                shown = (f"{share:.1%}" for share in said / options.runs)
                name = f"{shape} {100 * size:.0f}" if size else shape
                print(
                    ("{:<18}" + "{:>12}" * 6).format(name, steps, f"{wobble:.2f}", *shown),
                    flush=True,
                )


if __name__ == "__main__":
    main()
