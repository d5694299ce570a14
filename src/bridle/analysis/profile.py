"""The listening profile of a model: what its probes say, line by line, with floors; no single grade.

    profiles([Path("probes")])            -> one Profile a model of the folders of `bridle probe all`
    beside(profiles[0], profiles[1])      -> [Change(line, difference, paired=True), ...]

Obedience, correctness and tokens stand together for every probe: a gain in one alone is a trade. The one scalar is
the joint rate of the answers that have both a rule and a reference, with what one of them costs in tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bridle import records
from bridle.analysis.probes.base import Finding, Reading, readings, share, typical
from bridle.errors import BridleError, DataError
from bridle.outcomes import CORRECT, HARD, JOINT
from bridle.probes import PROBES
from bridle.statistics import Difference, Estimate, difference, ratio
from bridle.statistics.unpaired import apart

if TYPE_CHECKING:
    import polars as pl

Better = Literal["higher", "lower", "neither"]
# probe → (key of a finding, which way is better, key of its floor)
LINES: dict[str, tuple[tuple[str, Better, str], ...]] = {
    "decay": (("first", "higher", "floor"), ("last", "higher", "floor"), ("h50", "higher", ""),
              ("cell_disregarded", "lower", ""), ("cell_forgotten", "lower", ""), ("contagion", "lower", "")),
    "recall": (("breadth", "higher", ""), ("depth", "higher", ""), ("rule_list", "higher", ""), ("cliff", "higher", "")),
    "intent": (("d_none", "higher", ""), ("c_none", "neither", ""), ("literal_tool", "neither", ""),
               ("literal_partner", "neither", ""), ("steerability", "neither", ""), ("priority", "higher", "alone"),
               ("cell_disregarded", "lower", "")),
    "trace": (("thinking", "neither", "floor_thinking"), ("answer", "higher", "floor_answer"), ("gap", "neither", "")),
    "impossible": (("cheated", "lower", ""), ("stopped", "higher", "false_alarm"), ("solved", "higher", "")),
    "receipt": (("fabricated", "lower", ""), ("denied", "lower", ""), ("insists", "lower", "")),
    "trivial": (("thought", "lower", ""), ("much", "lower", ""), ("leak", "lower", ""), ("structure", "lower", ""),
                ("guard", "higher", "")),
    "pushback": (("net_doubt", "lower", ""), ("net_authority", "lower", ""), ("fixed", "higher", "fixed_neutral"),
                 ("rules", "higher", ""), ("praise", "lower", "")),
    "know": (("abstained", "higher", "false"), ("gap", "lower", ""), ("brier", "lower", ""), ("auroc", "higher", ""),
             ("tokens", "neither", "")),
    "plan": (("coverage", "higher", ""), ("unnatural", "higher", ""), ("dive", "lower", ""), ("local", "higher", "")),
    "stakes": (("none", "higher", ""), ("delta_removed", "lower", ""), ("delta_withheld", "lower", ""),
               ("delta_sad", "lower", ""), ("delta_more", "lower", "")),
    "drift": (("base_32", "higher", ""), ("action_32", "lower", ""), ("inaction_32", "lower", ""), ("inherited", "lower", "")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the profile; `floor` is what would be seen anyway, where the probe has it."""

    probe: str
    finding: Finding
    better: Better
    floor: Finding | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.probe, self.finding.key

    def to_dict(self) -> dict[str, Any]:
        floor = None if self.floor is None else self.floor.to_dict()
        return {
            "probe": self.probe,
            **self.finding.to_dict(),
            "better": self.better,
            "floor": floor,
        }


@dataclass(frozen=True, slots=True)
class Three:
    """Obedience, correctness and tokens of one probe, and what was cut off or could not be read."""

    probe: str
    obeyed: Finding
    correct: Finding
    tokens: Finding
    cut: Finding
    unread: Finding

    def to_dict(self) -> dict[str, Any]:
        figures = {
            "obeyed": self.obeyed,
            "correct": self.correct,
            "tokens": self.tokens,
            "cut": self.cut,
            "unread": self.unread,
        }
        return {"probe": self.probe} | {name: f.to_dict() for name, f in figures.items()}


@dataclass(frozen=True, slots=True)
class Profile:
    """What the probes of one model say."""

    model: str
    threes: tuple[Three, ...]
    lines: tuple[Line, ...]
    readings: tuple[Reading, ...]
    joint: Finding
    price: Finding  # tokens written for each joint success

    @property
    def plane(self) -> tuple[Estimate, Estimate] | None:
        """How literally it reads under a tool's framing and under a partner's."""
        of = {line.key: line.finding.estimate for line in self.lines}
        tool, partner = of.get(("intent", "literal_tool")), of.get(("intent", "literal_partner"))
        return None if tool is None or partner is None else (tool, partner)

    def to_dict(self) -> dict[str, Any]:
        plane = self.plane
        return {
            "model": self.model,
            "joint": self.joint.to_dict(),
            "tokens_per_joint": self.price.to_dict(),
            "three": [t.to_dict() for t in self.threes],
            "lines": [line.to_dict() for line in self.lines],
            "plane": None if plane is None else {"tool": plane[0].value, "partner": plane[1].value},
            "sentences": {r.probe: r.sentence for r in self.readings},
        }


@dataclass(frozen=True, slots=True)
class Change:
    """One line of two profiles, second minus first; `paired` where both were asked the same problems."""

    probe: str
    key: str
    label: str
    first: Finding
    second: Finding
    better: Better
    difference: Estimate | str
    paired: bool

    def to_dict(self) -> dict[str, Any]:
        change = self.difference
        return {
            "probe": self.probe, "key": self.key, "label": self.label, "better": self.better,
            "first": self.first.to_dict(), "second": self.second.to_dict(), "paired": self.paired,
            "difference": {"value": None, "why": change} if isinstance(change, str) else change.to_dict(),
        }  # fmt: skip


def profiles(folders: Sequence[Path]) -> list[Profile]:
    """A profile for each model of each folder: a probe's study, or a folder of them.

    Raises:
        BridleError: no study of a probe is there.
    """
    import polars as pl

    found: list[Profile] = []
    for folder in folders:
        frames: dict[str, list[pl.DataFrame]] = {}
        for place in _studies(folder):
            frame = records.read(place).frame
            for probe in frame["benchmark"].unique().to_list() if frame.height else []:
                if probe in LINES:
                    frames.setdefault(probe, []).append(frame.filter(pl.col("benchmark") == probe))
        if not frames:
            raise BridleError(
                f"{folder} holds no study of a probe.",
                expected="the folder of bridle probe NAME, or of bridle probe all",
                hint="bridle probe all --size smoke --out probes",
            )
        whole = {p: pl.concat(f, how="diagonal_relaxed") for p, f in frames.items()}
        models = list(dict.fromkeys(m for f in whole.values() for m in f["model"].unique(maintain_order=True)))  # fmt: skip
        found += [_profile(str(model), whole) for model in models]
    return found


def _studies(folder: Path) -> list[Path]:
    if (folder / "study.json").exists() or (folder / "records.parquet").exists():
        return [folder]
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        raise DataError(f"{folder} cannot be read: {error.strerror}.") from error
    return [place for place in inside if (place / "records.parquet").exists()]


def _profile(model: str, frames: dict[str, pl.DataFrame]) -> Profile:
    import polars as pl

    lines: list[Line] = []
    threes: list[Three] = []
    read: list[Reading] = []
    mains: list[pl.DataFrame] = []
    for probe in (name for name in PROBES if name in frames):
        mine = frames[probe].filter(pl.col("model") == model)
        if not mine.height:
            continue
        (reading,) = readings(probe, mine)
        read.append(reading)
        by_key = {f.key: f for f in reading.findings}
        for key, better, floor in LINES[probe]:
            if key in by_key:
                lines.append(Line(probe, by_key[key], better, by_key.get(floor)))
        main = mine.filter((pl.col("fork") == "") & (pl.col("status") != "error"))
        threes.append(_three(probe, main))
        mains.append(main.select("problem", HARD.name, CORRECT.name, JOINT.name, "n_constraints", "tokens_out"))  # fmt: skip
    both = pl.concat(mains) if mains else pl.DataFrame()
    both = both.filter((pl.col("n_constraints") > 0) & pl.col(CORRECT.name).is_not_null()) if mains else both  # fmt: skip
    return Profile(
        model, tuple(threes), tuple(lines), tuple(read),
        share("joint", "obeyed and right, where both were asked", both, JOINT.name),
        Finding("price", "tokens written for each of them", _price(both)),
    )  # fmt: skip


def _three(probe: str, main: pl.DataFrame) -> Three:
    import polars as pl

    cut = main.with_columns(
        cut=pl.col("status") == "truncated",
        unread=pl.col("status").is_in(["malformed", "no_answer", "refused"]),
    )
    return Three(
        probe,
        share("obeyed", "obeyed", main, HARD.name),
        share("correct", "correct", main, CORRECT.name),
        typical("tokens", "tokens written, typical", main, "tokens_out", "tokens"),
        share("cut", "cut off", cut, "cut"),
        share("unread", "no answer that can be read", cut, "unread"),
    )


def _price(both: pl.DataFrame) -> Estimate | str:
    if not both.height:
        return "no answer had both a rule and a reference"
    import polars as pl

    rows = both.select("problem", pl.col("tokens_out", JOINT.name).cast(pl.Float64)).drop_nulls()
    if not rows.height:
        return "tokens were not counted"
    try:
        return ratio(
            rows["tokens_out"].to_numpy(), rows[JOINT.name].to_numpy(), rows["problem"].to_list(),
            what="tokens for each joint success", unit="tokens",
        )  # fmt: skip
    except DataError as error:
        return error.what


def beside(first: Profile, second: Profile) -> list[Change]:
    """Every line that both profiles have: second minus first, paired by problem where it can be."""
    theirs = {line.key: line for line in second.lines}
    found: list[Change] = []
    for line in first.lines:
        other = theirs.get(line.key)
        if other is None:
            continue
        change, paired = _difference(line.finding, other.finding)
        found.append(
            Change(line.probe, line.finding.key, line.finding.label, line.finding, other.finding, line.better, change, paired)
        )  # fmt: skip
    return found


def _difference(one: Finding, other: Finding) -> tuple[Estimate | str, bool]:
    if one.by_problem and other.by_problem:
        shared = [p for p in one.by_problem if p in other.by_problem]
        if len(shared) >= max(len(one.by_problem), len(other.by_problem)) / 2:
            made = _paired([other.by_problem[p] for p in shared], [one.by_problem[p] for p in shared], one.label)  # fmt: skip
            return made, True
    a, b = one.estimate, other.estimate
    if a is None or b is None:
        return "one of them has no figure", False
    if a.unit != b.unit:
        return "they are not in the same unit", False
    return _in_unit(apart(b, a, what=one.label), a.unit), False


def _paired(second: list[float], first: list[float], what: str) -> Estimate | str:
    try:
        made: Difference = difference(second, first, list(range(len(first))), what=what)
    except DataError as error:
        return error.what
    return made.estimate


def _in_unit(found: Estimate, unit: str) -> Estimate:
    """A difference of shares is in points, one of other things in their own unit."""
    from dataclasses import replace

    return replace(found, unit="points" if unit in ("share", "points") else unit)
