"""A watched run and a forecast as printed: 80 columns, plain text in a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bridle.report.untrusted import line

if TYPE_CHECKING:
    from rich.console import Console

    from bridle.analysis.forecast import Forecast
    from bridle.analysis.watch import Stop, Watch
    from bridle.statistics import Estimate


def print_watch(watched: Watch, console: Console) -> None:
    """Each outcome: its verdict in a sentence, then a line a checkpoint with its band and its change."""

    def say(text: str) -> None:
        console.print(line(text), markup=False, highlight=False)

    say(watched.name)
    for note in watched.notes:
        say(note)
    axis = "√KL" if watched.axis == "kl" else watched.axis
    for found in watched.lines:
        console.print()
        role = " (proxy)" if found.outcome == watched.proxy else ""
        say(f"{found.outcome}{role}: {found.says}")
        share = all(0 <= p.level.value <= 1 for p in found.points)
        say(f"{'step':>10} {axis:>10} {'level, 95 %':>24} {'change from the first':>26}")
        for p in found.points:
            change = "" if p.change is None else _band(p.change, share, sign=True)
            say(f"{p.step:>10g} {p.x:>10.4g} {_band(p.level, share):>24} {change:>26}")
    if watched.stops:
        console.print()
    for stop in watched.stops:
        say(_stop(stop))


def print_forecast(found: Forecast, console: Console) -> None:
    """Each outcome at each n, and which of them the reward sells."""

    def say(text: str) -> None:
        console.print(line(text), markup=False, highlight=False)

    say(f"{found.name}: best of n by {found.reward}")
    say(f"{found.prompts:,} prompts with {found.samples} samples each.")
    for note in found.notes:
        say(note)
    for name, curve in found.curves.items():
        console.print()
        say(name)
        share = all(0 <= b.level.value <= 1 for b in curve)
        say(f"{'n':>10} {'KL, nats':>10} {'level, 95 %':>24} {'change from n = 1':>26}")
        for b in curve:
            change = "" if b.change is None else _band(b.change, share, sign=True)
            say(f"{b.n:>10} {b.kl:>10.2f} {_band(b.level, share):>24} {change:>26}")
    console.print()
    sold = [name for name in found.sold if name != found.reward]
    if sold:
        say(f"Optimising {found.reward} sells: {', '.join(sold)}.")
    else:
        say(f"No outcome falls beyond doubt up to n = {next(iter(found.curves.values()))[-1].n}.")


def _band(e: Estimate, share: bool, *, sign: bool = False) -> str:
    scale = 100 if share else 1
    value, low, high = (scale * v for v in (e.value, e.low, e.high))
    shown = f"{value:+.1f}" if sign else f"{value:.1f}"
    if e.few:
        return shown.replace("-", "−")
    return f"{shown} ({low:.1f} to {high:.1f})".replace("-", "−")


def _stop(stop: Stop) -> str:
    curve = stop.curve
    form = "d(α − β log d)" if curve.form == "rl" else "d(α − βd)"
    told = f"{stop.outcome}, {form}: α = {curve.alpha:.3g}, β = {curve.beta:.3g}"
    if curve.best is None:
        return f"{told}; no peak"
    if stop.high is None:
        least = "0" if stop.low is None else f"{stop.low:.3g}"
        return f"{told}; best √KL {curve.best:.3g}, but no upper bound can be told (from {least})"
    return f"{told}; best √KL {curve.best:.3g} ({stop.low:.3g} to {stop.high:.3g})"
