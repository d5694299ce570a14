"""A training run watched: every outcome over steps, paired with step 0; what rises, falls, turns.

    watched = watch(read_run("runs/"), proxy="correct", gold=("joint",))
    watched.lines[0].says     -> "falls: −3.1 points over the run (−5.0 to −1.2)"

The verdicts come from a trend test and a two-slope test (statistics/turning.py), with Holm's
correction over the outcomes; never from the best checkpoint against the last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bridle import outcomes
from bridle.analysis.gate import Change
from bridle.analysis.run_table import Run, matrix
from bridle.errors import BridleError, DataError
from bridle.statistics import Estimate, holm
from bridle.statistics.estimate import LEVEL, t_of
from bridle.statistics.overoptimisation import Curve, best_stop
from bridle.statistics.turning import Slope, Turn, trend, up_then_down

if TYPE_CHECKING:
    pass

ALPHA = 1 - LEVEL
AXES = ("step", "tokens", "kl")  # what the run is drawn over


@dataclass(frozen=True)
class Point:
    """A checkpoint: the mean, and its difference from the first one on the same problems."""

    step: float
    x: float
    level: Estimate
    change: Estimate | None  # None at the first


@dataclass(frozen=True)
class Line:
    """One outcome over the run. `verdict`: rises, falls, turns, "cannot tell", or "too little data"."""

    outcome: str
    points: tuple[Point, ...]
    verdict: str
    says: str
    trend: Slope | None = None
    turn: Turn | None = None
    p: float | None = None  # of the trend, corrected over the outcomes
    span: float = 0.0  # of x over the run

    def to_dict(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "verdict": self.verdict,
            "says": self.says,
            "p": self.p,
            "trend": None if self.trend is None else _slope(self.trend),
            "turn": None
            if self.turn is None
            else {
                "peak": self.turn.peak,
                "p": self.turn.p,
                "before": _slope(self.turn.before),
                "after": _slope(self.turn.after),
            },
            "points": [
                {
                    "step": p.step,
                    "x": p.x,
                    "level": p.level.to_dict(),
                    "change": None if p.change is None else p.change.to_dict(),
                }
                for p in self.points
            ],
        }


@dataclass(frozen=True)
class Stop:
    """Where gold is best on a fitted curve over √KL, with its interval (None: no such bound)."""

    outcome: str
    curve: Curve
    low: float | None
    high: float | None

    def to_dict(self) -> dict[str, Any]:
        c = self.curve
        fitted = {"form": c.form, "alpha": c.alpha, "beta": c.beta, "best_sqrt_kl": c.best}
        return {"outcome": self.outcome, **fitted, "low": self.low, "high": self.high}


@dataclass(frozen=True)
class Watch:
    """A run as watched."""

    name: str
    axis: str
    proxy: str | None
    lines: tuple[Line, ...]
    stops: tuple[Stop, ...] = ()
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "run": self.name,
            "x": self.axis,
            "proxy": self.proxy,
            "outcomes": [line.to_dict() for line in self.lines],
            "stops": [stop.to_dict() for stop in self.stops],
            "notes": list(self.notes),
        }


def watch(
    run: Run, *, proxy: str | None = None, gold: Sequence[str] = (), axis: str = "step"
) -> Watch:
    """Every outcome of the run, or the proxy and those of `gold`.

    `axis` is step, tokens (the mean of the column) or kl: √ of the mean of the column `kl`, or of the
    k3 estimate from the column `logratio` (log-probability of the start minus that of the policy).

    Raises:
        BridleError: an outcome or axis that is not there.
        DataError: the checkpoints have not the same items.
    """
    if axis not in AXES:
        raise BridleError(f"There is no axis {axis!r}.", expected=f"one of: {', '.join(AXES)}")
    wanted = [run.outcome(name, "--gold") for name in gold]
    if proxy is not None:
        wanted = [run.outcome(proxy, "--proxy"), *wanted]
    shown = list(dict.fromkeys(wanted if gold else [*wanted, *run.outcomes]))
    shown = [name for name in shown if name not in ("kl", "logratio")]
    place = _places(run, axis)
    drawn: list[tuple[Line, float | None]] = [_line(run, name, place) for name in shown]
    corrected = holm([p for _, p in drawn])
    lines = tuple(_told(line, p) for (line, _), p in zip(drawn, corrected, strict=True))
    notes = list(run.notes)
    stops: list[Stop] = []
    if axis == "kl":
        for name in gold or [outcomes.JOINT.name]:
            if name in shown:
                stops += _stops(run, name, place, notes)
    return Watch(run.name, axis, proxy, lines, tuple(stops), tuple(notes))


def k3(logratio: Any) -> Any:
    """Schulman's k3 estimate of KL(policy ‖ start) from log(start/policy) of sampled tokens: r − 1 − log r.

    Source: Schulman 2020, "Approximating KL divergence", http://joschu.net/blog/kl-approx.html.
    """
    import numpy as np

    ratio = np.asarray(logratio, dtype=np.float64)
    return np.expm1(np.clip(ratio, -60, 60)) - ratio


def _places(run: Run, axis: str) -> dict[float, float]:
    """step → x."""
    import polars as pl

    steps = run.frame["step"].unique().sort().to_list()
    if axis == "step":
        return {step: step for step in steps}
    if axis == "tokens":
        column = run.outcome(outcomes.TOKENS.name, "--x")
        means = run.frame.group_by("step").agg(pl.col(column).mean())
        return {s: float(v or 0.0) for s, v in means.iter_rows()}
    if "kl" in run.outcomes:
        means = run.frame.group_by("step").agg(pl.col("kl").mean())
        return {s: math.sqrt(max(0.0, float(v or 0.0))) for s, v in means.iter_rows()}
    if "logratio" in run.outcomes:
        found = {}
        for step in steps:
            rows = run.frame.filter(pl.col("step") == step)["logratio"].drop_nulls()
            found[step] = (
                math.sqrt(max(0.0, float(k3(rows.to_numpy()).mean()))) if rows.len() else 0.0
            )
        return found
    raise BridleError(
        "There is no KL in this run.",
        expected="a column kl (of an answer, in nats), or logratio (log-probability at the start minus now)",
        hint="--x step",
    )


def _line(run: Run, name: str, place: dict[float, float]) -> tuple[Line, float | None]:
    steps, values, _ = matrix(run.frame, name)
    x = [place[step] for step in steps]
    points = tuple(
        Point(step, at, _mean(values[:, i], name), _change(values, i, name) if i else None)
        for i, (step, at) in enumerate(zip(steps, x, strict=True))
    )
    slope = turn = None
    why = ""
    try:
        slope = trend(x, values)
    except DataError as error:
        why = str(error).splitlines()[0]
    try:
        turn = up_then_down(x, values)
    except DataError:
        turn = None  # fewer checkpoints or problems than a trend needs more of
    span = max(x) - min(x)
    line = Line(name, points, "too little data", why, slope, turn, span=span)
    return line, None if slope is None else slope.p


def _told(line: Line, p: float | None) -> Line:
    from dataclasses import replace

    if line.trend is None:
        return replace(line, says=f"too little data: {line.says}")
    slope, scale, unit = line.trend, *_unit(line)
    over = [scale * line.span * v for v in (slope.value, slope.low, slope.high)]
    moved = f"{over[0]:+.1f}{unit} over the run ({over[1]:.1f} to {over[2]:.1f})".replace("-", "−")
    turned = ""
    if line.turn is not None and line.turn.p < ALPHA:
        turned = f"rises up to {line.turn.peak:g} and falls after it (p = {line.turn.p:.2g})"
    if turned:
        verdict, says = "turns", turned
    elif p is not None and p < ALPHA:
        verdict = "rises" if slope.value > 0 else "falls"
        says = f"{verdict}: {moved}"
    else:
        verdict, says = "cannot tell", f"no trend can be told: {moved}"
        if line.turn is None:
            says += "; too few checkpoints or problems to look for a peak"
    return replace(line, verdict=verdict, says=says, p=p)


def _unit(line: Line) -> tuple[float, str]:
    share = all(0 <= p.level.value <= 1 for p in line.points)
    return (100.0, " points") if share else (1.0, "")


def _mean(values: Any, what: str) -> Estimate:
    return _estimate(values, what, "Student's t over problems")


def _change(values: Any, at: int, what: str) -> Estimate:
    return _estimate(values[:, at] - values[:, 0], what, "paired with the first checkpoint")


def _estimate(values: Any, what: str, method: str) -> Estimate:
    n = len(values)
    mean = float(values.mean())
    half = t_of(LEVEL, n - 1) * float(values.std(ddof=1)) / n**0.5 if n > 1 else 0.0
    return Estimate(mean, mean - half, mean + half, n, method, what, n, "value")


def _stops(run: Run, name: str, place: dict[float, float], notes: list[str]) -> list[Stop]:
    steps, values, _ = matrix(run.frame, name)
    d = [place[step] for step in steps]
    found: list[Stop] = []
    for form in ("rl", "bon"):
        try:
            curve, low, high = best_stop(d, values - values[:, :1], form=form)
        except DataError as error:
            notes.append(f"No curve of {name}: {str(error).splitlines()[0]}")
            break
        found.append(Stop(name, curve, low, high))
    return found


def judge(limit: Change, watched: Watch) -> tuple[bool | None, str]:
    """Whether a gate such as "joint drops > 2" is passed by the trend over the run: (True: it fell so,
    beyond doubt; False: it did not; None: cannot tell), and a sentence. A turn counts by its slope
    after the peak.

    Raises:
        BridleError: no such outcome.
    """
    found = next((line for line in watched.lines if line.outcome == limit.outcome), None)
    if found is None:
        raise BridleError(
            f"--fail-if {limit.text!r}: there is no outcome {limit.outcome!r}.",
            expected="one of: " + ", ".join(line.outcome for line in watched.lines),
        )
    if found.trend is None:
        return None, f"{limit.text}: cannot tell, {found.says}"
    scale, unit = _unit(found)
    slope, span = found.trend, found.span
    if found.verdict == "turns" and found.turn is not None and limit.way < 0:
        slope, span = found.turn.after, max(p.x for p in found.points) - found.turn.peak
    low, high = sorted(scale * span * limit.way * v for v in (slope.low, slope.high))
    shown = f"{low:.1f} to {high:.1f}{unit}".replace("-", "−")
    verb = "drop" if limit.way < 0 else "rise"
    if low > limit.points:
        return True, f"{limit.text}: yes, the {verb} over the run is {shown}."
    if high <= limit.points:
        return False, f"{limit.text}: no, the {verb} over the run is {shown}."
    return None, f"{limit.text}: cannot tell, the {verb} over the run may be {shown}."


def _slope(slope: Slope) -> dict[str, Any]:
    return {"value": slope.value, "low": slope.low, "high": slope.high, "p": slope.p, "n": slope.n}
