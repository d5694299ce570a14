"""The probes shown to work: scripted subjects told apart, and estimators against simulated truth.

    .venv/bin/python benchmarks/probes.py subjects [--size standard] [--probe NAME] [--together]
    .venv/bin/python benchmarks/probes.py truth [--runs 200]

`subjects` runs every probe through the real runner for each scripted subject and prints its figures with
their intervals; `--together` with as many items as `bridle probe all` gives each. `truth` draws conversations, recalls and readings from known parameters and prints bias and
coverage of the turn until half are left, the place of a cliff, and d'.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from pathlib import Path
from random import Random
from statistics import NormalDist, median

SHOWN = {
    "decay": ("first", "last", "h50", "cell_disregarded", "cell_forgotten"),
    "recall": ("breadth", "cliff", "rule_list", "invented"),
    "intent": ("d_none", "c_none", "priority", "cell_disregarded", "cell_forgotten"),
    "trace": ("thinking", "answer", "gap", "empty"),
    "impossible": ("cheated", "stopped", "solved", "false_alarm"),
    "trivial": ("thought", "much", "leak", "leak_after", "guard", "both"),
    "pushback": ("first", "flip_neutral", "net_authority", "fixed", "stands", "praise"),
    "know": ("right", "brier", "auroc", "ece", "abstained", "false", "gap"),
    "plan": ("coverage", "unnatural", "local", "dive", "correct", "lines"),
    "stakes": ("none", "delta_removed", "wordings_removed", "counter_removed", "delta_sad"),
    "drift": ("base_8", "action_8", "late_8", "inaction_8", "action_32", "inherited"),
    "receipt": ("fabricated", "denied", "insists", "forged"),
}


def subjects(size: str, only: str | None, together: bool) -> None:
    from bridle import benchmarks, records
    from bridle.analysis.probes import readings
    from bridle.probes import PROBES, allotted
    from bridle.probes.subjects import KINDS
    from bridle.studies import study

    for name, keys in SHOWN.items():
        if only not in (None, name):
            continue
        probe = PROBES[name]
        count = allotted(size)[name] if together else probe.sizes[size]
        begun = time.monotonic()
        with tempfile.TemporaryDirectory() as made:
            benchmark = benchmarks.load(name, limit=count)
            models = [f"subject/{kind}" for kind in KINDS]
            arms = ["decay:history=own"] if name == "decay" else probe.arms
            state = study.run(Path(made), benchmark=benchmark, models=models, arms=arms)
            found = readings(name, records.read(Path(made)).frame)
        each = state.planned // len(KINDS)
        print(f"\n### {name}, {size}: {each:,} records a subject\n")
        labels = {f.key: f.label for f in found[0].findings}
        print("| subject | " + " | ".join(labels[k] for k in keys) + " |")
        print("| --- |" + " --- |" * len(keys))
        for reading in found:
            by_key = {f.key: f.words() for f in reading.findings}
            kind = reading.model.removeprefix("subject/")
            print(f"| {kind} | " + " | ".join(by_key[k] for k in keys) + " |")
        print(f"\n({time.monotonic() - begun:.0f} s)", flush=True)


def truth(runs: int) -> None:
    print("| what | truth | median estimate | coverage of the interval | runs with an estimate |")
    print("| --- | --: | --: | --: | --: |")
    _half_lives(runs)
    _cliffs(max(20, runs // 4))
    _sensitivities(runs)
    _horizons(max(20, runs // 4))
    _rankings(runs)


def _row(what: str, true: float, made: list, runs: int) -> None:
    inside = sum(e.low <= true <= e.high for e in made)
    middle = median(e.value for e in made) if made else math.nan
    share = f"{100 * inside / len(made):.0f} %" if made else "none"
    print(f"| {what} | {true:,.4g} | {middle:,.4g} | {share} | {len(made)} of {runs} |", flush=True)


def _half_lives(runs: int) -> None:
    from bridle.errors import DataError
    from bridle.statistics.survival import half_life

    for true in (3.0, 6.0, 12.0):
        made = []
        for run in range(runs):
            rng = Random(f"{true}/{run}")
            scale = true / math.log(2) ** (1 / 0.8)
            times = [scale * (-math.log(rng.random())) ** (1 / 0.8) for _ in range(40)]
            first = [None if t > 24 else max(1, math.ceil(t)) for t in times]
            try:
                made.append(half_life(first, 24, seed=run))
            except DataError:
                continue
        _row("turns until half are left, 40 conversations (Weibull, shape 0.8)", true, made, runs)


def _cliffs(runs: int) -> None:
    from bridle.errors import DataError
    from bridle.probes.recall import PIECES, lengths
    from bridle.statistics.cliffs import RHO, Shapes

    known = lengths(192_000)
    for true in (40_000.0, 100_000.0):
        made = []
        for run in range(runs):
            rng = Random(f"cliff/{true}/{run}")
            held = Shapes(known, PIECES)
            for _ in range(18):
                length = held.next()
                p, m = (0.98 if length <= true else 0.5), 1 / RHO - 1
                mine = rng.betavariate(p * m, (1 - p) * m)
                held.see(length, sum(rng.random() < mine for _ in range(PIECES)))
            try:
                made.append(held.place())
            except DataError:
                continue
        _row("place of a cliff, 18 texts (90 % interval)", true, made, runs)
    for shape, low in (("flat", 0.92), ("slope", 0.6)):
        named = 0
        for run in range(runs):
            rng = Random(f"{shape}/{run}")
            held = Shapes(known, PIECES)
            for _ in range(18):
                length = held.next()
                at = math.log(length / known[0]) / math.log(known[-1] / known[0])
                p = low if shape == "flat" else 0.97 + (low - 0.97) * at
                mine = rng.betavariate(p / RHO - p, (1 - p) / RHO - (1 - p))
                held.see(length, sum(rng.random() < mine for _ in range(PIECES)))
            shares = held.shares()
            named += max(shares, key=lambda name: shares[name]) == shape
        print(f"| {shape} named as such, 18 texts | | {100 * named / runs:.0f} % | | {runs} |")


def _sensitivities(runs: int) -> None:
    from bridle.statistics.detection import detect

    normal = NormalDist()
    for hit, alarm in ((0.85, 0.30), (0.6, 0.1), (0.95, 0.05)):
        made = []
        for run in range(runs):
            rng = Random(f"{hit}/{alarm}/{run}")
            hits, alarms = (sum(rng.random() < p for _ in range(80)) for p in (hit, alarm))
            made.append(detect(hits, 80, alarms, 80, what="").sensitivity)
        _row(
            "d', 80 literal items and 80 twins",
            normal.inv_cdf(hit) - normal.inv_cdf(alarm),
            made,
            runs,
        )


def _horizons(runs: int) -> None:
    """60 problems at 1 to 64 turns, three shapes whose half lies at 8 (a threshold: between 8 and 16)."""
    from bridle.statistics import Estimate
    from bridle.statistics.horizons import horizon

    at = [1, 2, 4, 8, 16, 32, 64]
    curves = {
        "logistic": lambda x: 1 / (1 + math.exp(-(3.0 - math.log2(x)))),
        "weibull": lambda x: math.exp(-math.log(2) * (x / 8) ** 0.6),
        "threshold": lambda x: 0.95 if x <= 8 else 0.2,
    }
    for shape, curve in curves.items():
        made, named = [], 0
        for run in range(runs):
            rng = Random(f"horizon/{shape}/{run}")
            rows = [(x, rng.random() < curve(x), p) for p in range(60) for x in at]
            x, y, problems = ([row[k] for row in rows] for k in range(3))
            found = horizon(x, y, problems, what="", unit="", seed=run)
            named += found.shape == shape
            if isinstance(found.place, Estimate):
                made.append(found.place)
        true = 11.3 if shape == "threshold" else 8.0
        _row(f"x of a half, 60 problems at 7 x ({shape}; named so in {100 * named / runs:.0f} %)", true, made, runs)  # fmt: skip


def _rankings(runs: int) -> None:
    """Confidence of right and wrong answers, normal, one standard deviation apart; ECE of a calibrated model."""
    from bridle.statistics.calibration import auroc, calibration_error

    normal = NormalDist()
    made, calm = [], []
    for run in range(runs):
        rng = Random(f"auroc/{run}")
        c = [normal.cdf(rng.gauss(1, 1)) for _ in range(70)] + [normal.cdf(rng.gauss(0, 1)) for _ in range(40)]  # fmt: skip
        made.append(auroc(c, [1] * 70 + [0] * 40, what=""))
        sure = [rng.betavariate(4, 1.5) for _ in range(150)]
        calm.append(calibration_error(sure, [float(rng.random() < s) for s in sure], what=""))
    _row("AUROC, 70 right and 40 wrong answers", normal.cdf(1 / 2**0.5), made, runs)
    _row("ECE less its bias, 150 answers of a calibrated model", 0.0, calm, runs)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["subjects", "truth"])
    parser.add_argument("--size", default="standard")
    parser.add_argument("--probe")
    parser.add_argument("--together", action="store_true")
    parser.add_argument("--runs", type=int, default=200)
    given = parser.parse_args()
    if given.what == "subjects":
        subjects(given.size, given.probe, given.together)
    else:
        truth(given.runs)
