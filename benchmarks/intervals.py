"""Do 95 % intervals hold the truth 95 times in 100, and do tests refuse true nulls 5 times in 100?

    nice -n 10 python benchmarks/intervals.py                     every estimator, 2,000 studies a cell
    python benchmarks/intervals.py --studies 500 --only rates     quicker, and one part alone

Each cell simulates studies with a known truth and asks bridle's own estimator about each: how many
intervals hold the truth (aim: 93 to 97), their mean width, and for differences how often the test
refuses (aim: at most 6 where nothing differs) and how often test and interval disagree (at most 3).
With 2,000 studies a coverage of 95 is known to within ±1. A cell outside its aim is marked.

Problems have their own chance of success, drawn from a Beta with the ICC that the cell names; "skew"
asks every tenth problem twelve times and the others once.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from bridle.errors import DataError
from bridle.statistics import (
    Betting,
    Looks,
    arm_slope,
    decompose,
    difference,
    difference_of_differences,
    lift,
    odds_ratio,
    pass_all,
    pooled_icc,
    rate,
    ratio,
    within_slope,
)

Rng = np.random.Generator
Floats = np.ndarray


@dataclass
class Cell:
    """What one cell found: intervals that hold, their width, refusals and disagreements."""

    name: str
    null: bool = False
    hits: int = 0
    width: float = 0.0
    asked: int = 0
    refused: int = 0
    tested: int = 0
    parted: int = 0
    said: int = 0  # studies that got words instead of an interval

    def add(self, low: float, high: float, truth: float, p: float | None = None) -> None:
        self.asked += 1
        self.hits += low - 1e-9 <= truth <= high + 1e-9
        self.width += high - low
        if p is not None:
            self.tested += 1
            self.refused += p < 0.05
            self.parted += (p < 0.05) != (low > 0 or high < 0)

    @property
    def coverage(self) -> float:
        return 100 * self.hits / max(1, self.asked)

    def faults(self) -> list[str]:
        found = []
        if self.coverage < 93:
            found.append("too narrow")
        if self.coverage > 97:
            found.append("wide")
        if self.null and self.tested and self.refused > 0.06 * self.tested:
            found.append("refuses")
        if self.null and self.tested and self.parted > 0.03 * self.tested:
            found.append("disagree")
        return found

    def line(self) -> str:
        test = ""
        if self.tested:
            test = f"{100 * self.refused / self.tested:7.1f}{100 * self.parted / self.tested:9.1f}"
        said = f"  {self.said} without" if self.said else ""
        width = self.width / max(1, self.asked)
        shown = f"{100 * width:7.1f}" if width < 9.995 else f"{'>999':>7}"
        return (
            f"  {self.name:34}{self.coverage:6.1f}{shown}{test:16}{', '.join(self.faults())}{said}"
        )


def chances(rng: Rng, p: float, icc: float, problems: int) -> Floats:
    if not icc:
        return np.full(problems, p)
    spread = 1 / icc - 1
    return rng.beta(p * spread, (1 - p) * spread, problems)


def design(problems: int, size: int | str) -> Floats:
    """The problem of each item."""
    if size == "skew":
        return np.repeat(np.arange(problems), np.where(np.arange(problems) % 10 == 0, 12, 1))
    return np.repeat(np.arange(problems), int(size))


def draw(rng: Rng, chance: Floats) -> Floats:
    return (rng.random(len(chance)) < chance).astype(float)


def rates(studies: int) -> Iterator[Cell]:
    shapes = [(30, 1), (100, 1), (500, 1), (2000, 1), (10, 3), (30, 3), (140, 3), (500, 4)]
    for p in (0.02, 0.1, 0.3, 0.5, 0.8, 0.95):
        for problems, size in [*shapes, (30, "skew"), (100, "skew")]:
            for icc in (0.2, 0.6) if size != 1 else (0.0,):
                cell = Cell(f"p {p}, {problems} x {size}" + (f", ICC {icc}" if icc else ""))
                rng = np.random.default_rng([problems, int(1000 * p), int(10 * icc)])
                keys = design(problems, size)
                for _ in range(studies):
                    y = draw(rng, chances(rng, p, icc, problems)[keys])
                    found = rate(y, keys, what="x")
                    cell.add(found.low, found.high, p)
                yield cell


def small(studies: int) -> Iterator[Cell]:
    """Tables of 27 cells with few problems each: one ICC a table against each cell's own."""
    for icc in (0.0, 0.2, 0.6):
        for problems in (1, 2, 4, 7, 12):
            pooled = Cell(f"{problems} problems x 3, ICC {icc}, pooled")
            own = Cell(f"{problems} problems x 3, ICC {icc}, own")
            rng = np.random.default_rng([problems, int(10 * icc)])
            for _ in range(max(1, studies // 27)):
                # half of the table's cells are of the size in question, half are larger
                sizes = np.where(np.arange(27) % 2 == 0, problems, 12)
                truth = rng.uniform(0.2, 0.95, 27)
                cells, keys, ys = [], [], []
                for place, (m, p) in enumerate(zip(sizes, truth, strict=True)):
                    keys.append(np.repeat(np.arange(m), 3) + 100 * place)
                    cells.append(np.full(3 * m, place))
                    ys.append(draw(rng, np.repeat(chances(rng, p, icc, m), 3)))
                common = pooled_icc(*(np.concatenate(v) for v in (ys, keys, cells)))
                for place in range(0, 27, 2):
                    for cell, value in ((pooled, common), (own, None)):
                        found = rate(ys[place], keys[place], what="x", icc=value)
                        cell.add(found.low, found.high, truth[place])
            yield pooled
            yield own


PAIRS = [
    (30, 1, 1), (100, 1, 1), (500, 1, 1), (2000, 1, 1), (5, 3, 1), (10, 3, 1), (20, 3, 1), (80, 3, 1),
    (250, 3, 1), (10, 3, 4), (80, 3, 4), (30, "skew", 1), (100, "skew", 1),
]  # fmt: skip


def differences(studies: int) -> Iterator[Cell]:
    """Each item's chance moves by an effect of its problem that is as often up as down (null), or
    falls by a tenth; obedience of half, and of nineteen in twenty."""
    for p, change in ((0.5, 0.0), (0.95, 0.0), (0.9, -0.1), (0.5, -0.1)):
        for problems, size, samples in PAIRS:
            name = f"{p} → {p + change:.2g}, {problems} x {size}" + f", {samples} samples" * (
                samples > 1
            )
            cell = Cell(name, null=not change)
            rng = np.random.default_rng([problems, samples, int(100 * p), int(-100 * change)])
            keys = design(problems, size)
            for _ in range(studies):
                base = chances(rng, p, 0.4, problems)
                room = np.minimum(base, 1 - base)
                push = rng.choice((-0.5, 0.5), problems) * room  # differs by problem, mean 0
                after = np.clip(base + push if not change else base * (1 + change / p), 0, 1)
                a, b = (rng.binomial(samples, c[keys]) / samples for c in (after, base))
                found = difference(a, b, keys, what="x", samples=samples)
                cell.add(found.estimate.low, found.estimate.high, change, found.p)
            yield cell


def skewed(studies: int) -> Iterator[Cell]:
    """Nulls of mean 0 with many small gains and few large losses: where sign flips must fail."""
    for problems in (20, 40, 100, 300):
        for values, weights in (
            ((-1, 0, 1 / 3), (0.1, 0.6, 0.3)),
            ((-1, 0, 1 / 3), (0.03, 0.88, 0.09)),
        ):
            cell = Cell(
                f"−1 in {100 * weights[0]:.0f} %, +1/3 in {100 * weights[2]:.0f} %, {problems}",
                null=True,
            )
            rng = np.random.default_rng([problems, int(100 * weights[0])])
            for _ in range(studies):
                d = rng.choice(values, problems, p=weights)
                found = difference(np.maximum(d, 0), np.maximum(-d, 0), what="x", samples=3)
                cell.add(found.estimate.low, found.estimate.high, 0.0, found.p)
            yield cell


def beyond_control(studies: int) -> Iterator[Cell]:
    for problems, size in ((30, 1), (80, 3), (250, 3)):
        cell = Cell(f"arm − control, {problems} x {size}", null=True)
        rng = np.random.default_rng(problems)
        keys = design(problems, size)
        for _ in range(studies):
            base = chances(rng, 0.6, 0.4, problems)
            y = [draw(rng, c[keys]) for c in (base * 0.9, base, base * 0.8, base * 0.9)]
            # treated − plain = −.06 (arm), control − plain = −.06: the difference of both is 0
            found = difference_of_differences(y[0], y[1], y[2], y[3], keys, what="x")
            cell.add(found.estimate.low, found.estimate.high, 0.0, found.p)
        yield cell


def lifts(studies: int) -> Iterator[Cell]:
    for p, p0 in ((0.5, 0.2), (0.8, 0.5), (0.95, 0.2), (0.9, 0.75), (0.2, 0.2)):
        for problems, size in ((30, 1), (20, 3), (140, 3), (500, 1)):
            cell = Cell(f"{p} over {p0}, {problems} x {size}")
            rng = np.random.default_rng([problems, int(100 * p), int(100 * p0)])
            keys = design(problems, size)
            for _ in range(studies):
                y = draw(rng, chances(rng, p, 0.3, problems)[keys])
                y0 = draw(rng, chances(rng, p0, 0.3, problems)[keys])
                try:
                    found = lift(y, keys, y0, keys, what="x")
                except DataError:
                    cell.said += 1
                    continue
                cell.add(found.low, found.high, (p - p0) / (1 - p0))
            yield cell


def slopes(studies: int) -> Iterator[Cell]:
    """A linear model: a doubling of length costs 5 points, hard items are longer and worse."""
    for items, samples in ((30, 8), (150, 4), (750, 2)):
        within, by_arm = (
            Cell(f"within item, {items} x {samples}"),
            Cell(f"by arm, {items} x {samples}"),
        )
        weak = Cell(f"by a weak arm, {items} x {samples}")
        rng = np.random.default_rng(items)
        item = np.repeat(np.arange(items), samples)
        problem, arm = item // 3, np.tile([0.0, 1.0], items * samples // 2)
        for _ in range(studies // 2):
            hard = rng.normal(size=items)[item]
            noise = rng.normal(size=len(item))
            for cells, shift in (((within, by_arm), 1.0), ((weak,), 0.25)):
                x = hard + shift * arm + noise
                # the noise of one sample's length also makes it fail: biases the slope within items
                bias = 0.0 if within in cells else 0.05
                y = draw(rng, np.clip(0.5 - 0.1 * hard - 0.05 * (x - hard) - bias * noise, 0, 1))
                for cell in cells:
                    try:
                        found = (
                            within_slope(y, x, item, problem, what="x")
                            if cell is within
                            else arm_slope(y, x, arm, item, problem, what="x").estimate
                        )
                    except DataError:
                        cell.said += 1
                        continue
                    cell.add(found.low, found.high, -0.05)
        yield from (within, by_arm, weak)


def odds(studies: int) -> Iterator[Cell]:
    for problems, size in ((60, 1), (300, 1), (40, 3), (250, 3)):
        for true in (1.0, 2.5):
            cell = Cell(f"odds ratio {true}, {problems} x {size}")
            rng = np.random.default_rng([problems, int(10 * true)])
            keys = design(problems, size)
            strata = keys % 5
            for _ in range(studies // 2):
                base = strata * 0.4 - 0.8
                x = draw(rng, 1 / (1 + np.exp(-base)))
                y = draw(rng, 1 / (1 + np.exp(-base - math.log(true) * x)))
                try:
                    found = odds_ratio(x, y, strata, keys, what="x").estimate
                except DataError:
                    cell.said += 1
                    continue
                cell.add(found.low, found.high, true)
            yield cell


def others(studies: int) -> Iterator[Cell]:
    for problems in (30, 100, 400):
        rng = np.random.default_rng(problems)
        keys = np.repeat(np.arange(problems), 4)
        price, again, share = (
            Cell(f"{what}, {problems} x 4")
            for what in ("price per success", "pass^2", "share of a loss")
        )
        for _ in range(studies // 2):
            skill = rng.beta(2, 1, problems)[keys]
            y = draw(rng, skill)
            try:
                found = ratio(rng.gamma(4, 0.25 * (2 - skill)), y, keys, what="x")
                price.add(found.low, found.high, 2.0)
            except DataError:
                price.said += 1
            found = pass_all(y, keys, k=2, what="x")
            again.add(found.low, found.high, 0.5)  # E of the square of a Beta(2, 1)
            cut = draw(rng, np.full(len(keys), 0.3))
            found = decompose(1 - y, {"truncated": cut}, keys, what="x").shares[0].sequential
            share.add(found.low, found.high, 0.1)
        yield from (price, again, share)


def sequences(studies: int) -> None:
    """How often a difference that is not there is found, looking all the time; power and cost."""
    pairs = 600
    shapes = {
        "flips 25 %": ((-1.0, 0.0, 1.0), (0.125, 0.75, 0.125)),
        "problems of three items": ((-1 / 3, 0.0, 1 / 3), (0.3, 0.4, 0.3)),
        "−1 in 10 %, +1/3 in 30 %": ((-1.0, 0.0, 1 / 3), (0.1, 0.6, 0.3)),
        "−1 in 3 %, +1/3 in 9 %": ((-1.0, 0.0, 1 / 3), (0.03, 0.88, 0.09)),
        "5 points, flips 25 %": ((-1.0, 0.0, 1.0), (0.1, 0.75, 0.15)),
        "10 points, flips 25 %": ((-1.0, 0.0, 1.0), (0.075, 0.75, 0.175)),
    }
    planned = 778  # a fixed test of 5 points at 80 %
    print(
        f"\nsequences: decided %, mean problems of {planned} planned (looks) or {2 * planned} at most (bets)"
    )
    print(f"  {'':30}{'5 looks':>16}{'bets each problem':>20}{'peeked t, 5 looks':>20}")
    for name, (values, weights) in shapes.items():
        rng = np.random.default_rng(pairs + len(name))
        looked = bet = peeked = 0
        cost = [0.0, 0.0]
        for _ in range(studies // 2):
            d = rng.choice(values, 2 * planned, p=weights)
            fractions: list[float] = []
            for look in range(1, 6):
                fractions.append(look / 5)
                n = planned * look // 5
                found = Looks(5).decide(d[:n], np.ones(n), fractions=fractions, target=0.05)
                if found.verdict != "go on":
                    break
            cost[0] += n
            looked += found.verdict in ("better", "worse")
            wealth = curve(d)
            stop = int(np.argmax(wealth >= 20)) if (wealth >= 20).any() else len(d) - 1
            bet += bool((wealth >= 20).any())
            cost[1] += stop + 1
            ends = [planned * look // 5 for look in range(1, 6)]
            t = [d[:n].mean() / max(1e-12, d[:n].std(ddof=1)) * n**0.5 for n in ends]
            peeked += max(abs(v) for v in t) > 1.96
        n = studies // 2
        mark = " too often" if "points" not in name and max(looked, bet) > 0.05 * n + 1 else ""
        print(
            f"  {name:30}{100 * looked / n:8.1f}{cost[0] / n:8.0f}{100 * bet / n:12.1f}{cost[1] / n:8.0f}"
            f"{100 * peeked / n:20.1f}{mark}"
        )


def curve(d: Floats) -> Floats:
    fractions, weights = Betting(planned=0.05, variance=0.25).bets()
    return np.exp(np.cumsum(np.log1p(np.outer(d, fractions)), axis=0)) @ weights


PARTS: dict[str, Callable[[int], Iterator[Cell]]] = {
    "rates": rates,
    "small": small,
    "differences": differences,
    "skewed": skewed,
    "control": beyond_control,
    "lifts": lifts,
    "slopes": slopes,
    "odds": odds,
    "others": others,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--studies", type=int, default=2000)
    parser.add_argument("--only", choices=[*PARTS, "sequences"])
    chosen = parser.parse_args()
    cells: list[Cell] = []
    for name, part in PARTS.items():
        if chosen.only not in (None, name):
            continue
        start = time.perf_counter()
        print(f"\n{name}: {(part.__doc__ or '').strip()}".rstrip(": "))
        print(f"  {'':34}{'holds':>6}{'width':>7}{'refuses':>7}{'disagree':>9}")
        mine: list[Cell] = []
        for cell in part(chosen.studies):
            mine.append(cell)
            print(cell.line(), flush=True)
        held = sorted(cell.coverage for cell in mine)
        good = sum(93 <= c <= 97 for c in held)
        print(
            f"  {good} of {len(mine)} cells in 93 to 97, {sum(c < 93 for c in held)} below, "
            f"{sum(c > 97 for c in held)} above; least {held[0]:.1f}, median {held[len(held) // 2]:.1f}"
            f" ({time.perf_counter() - start:.0f} s)"
        )
        cells += mine
    if chosen.only in (None, "sequences"):
        sequences(chosen.studies)
    tested = [cell for cell in cells if cell.null and cell.tested]
    if tested:
        print(
            f"\nnulls: refused at most {max(100 * c.refused / c.tested for c in tested):.1f} %, "
            f"test and interval disagree in at most {max(100 * c.parted / c.tested for c in tested):.1f} %"
        )


if __name__ == "__main__":
    main()
