"""A study as a file: models, arms, benchmark, samples, prices and the question it is run for.

    found = read_study_file(Path("study.yaml"))
    found.options()   -> {"models": ("organism",), "arms": ("plain", "reminder"), "limit": 300, …}
    found.primary     -> Question(arm="reminder", base="plain", outcome="joint")

    models: [organism]
    benchmark: crossed
    items: 300
    arms: [plain, "wait:times=2"]
    primary: wait vs plain on joint
    prices: {organism: {in: 0.5, out: 2.0}}     # USD a million tokens

Whatever is wrong is said with its line and its key.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bridle import arms as all_arms
from bridle.benchmarks.files.marked import Marked, read
from bridle.errors import BridleError, DataError
from bridle.studies.question import Question, read_question
from bridle.studies.settings import checked_body

LARGEST = 1_000_000  # bytes
_USD = "USD a million tokens"
CONDITIONS = {"both": ("with", "without"), "with": ("with",), "without": ("without",)}


@dataclass(frozen=True)
class StudyFile:
    """What the file says; a key that it lacks has its usual value."""

    path: Path
    given: Mapping[str, Any]
    primary: Question | None = None
    prices: Mapping[str, tuple[float, float]] = field(
        default_factory=dict[str, tuple[float, float]]
    )  # model → USD a million tokens in, and out

    def options(self) -> dict[str, Any]:
        """The options of `bridle run` that the file gives."""
        return dict(self.given)

    @property
    def name(self) -> str:
        """What its folder is called, where none is named."""
        stem = self.path.stem
        return self.path.resolve().parent.name if stem == "study" else stem


def read_study_file(path: Path) -> StudyFile:
    """The study that a YAML (or JSON) file describes.

    Raises:
        DataError: no such file, no YAML, an unknown or repeated key, a value of the wrong kind; with
            the line and the key.
        MissingExtra: PyYAML is not installed.
    """
    top = read(path, largest=LARGEST).fields(KEYS)
    given: dict[str, Any] = {}
    for key, at in top.items():
        if key in ("primary", "prices"):
            continue
        name, reader = KEYS[key]
        value = at.plain()
        try:
            given[name] = reader(value)
        except _Wrong as wrong:
            raise _impossible(at, value, str(wrong)) from None
    if "arms" in top:
        for at in [top["arms"]] if top["arms"].is_scalar else top["arms"].list():
            _tried(at, lambda at=at: all_arms.get(at.text()))
    primary = _primary(top["primary"], given.get("arms", ("plain",))) if "primary" in top else None
    models = given.get("models", ("organism",))
    prices = _prices(top["prices"], models) if "prices" in top else {}
    return StudyFile(path, given, primary, prices)


def _primary(at: Marked, arms: tuple[str, ...]) -> Question:
    found: Question = _tried(at, lambda: read_question(str(at.plain())))
    names = {all_arms.read_name(arm)[0] for arm in arms}
    for arm in (found.arm, found.base):
        if arm not in names and arm not in arms:
            raise _impossible(at, arm, "an arm of this study")
    return found


def _prices(at: Marked, models: tuple[str, ...]) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for model, sides in at.fields(models).items():
        price: dict[str, float] = {}
        for side, amount in sides.fields(("in", "out")).items():
            value = amount.plain()
            if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                raise _impossible(amount, value, _USD)
            price[side] = float(value)
        if missing := {"in", "out"} - price.keys():
            raise sides.bad("a price has two sides.", f"{min(missing)}: {_USD}")
        found[model] = (price["in"], price["out"])
    return found


def _tried(at: Marked, make: Callable[[], Any]) -> Any:
    try:
        return make()
    except BridleError as error:
        raise at.bad(error.what, error.expected or "", error.hint) from error


def _impossible(at: Marked, value: Any, expected: str) -> DataError:
    return at.bad(f"{value!r} is not possible.", expected)


class _Wrong(Exception):
    pass


def _texts(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    if not items or not all(isinstance(v, str) and v for v in items):
        raise _Wrong("a text, or a list of texts")
    return tuple(items)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise _Wrong("a text")
    return value


def _whole(least: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise _Wrong(f"a whole number, at least {least}")
        return value

    return read


def _number(low: float, high: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not low <= value <= high
        ):
            raise _Wrong(f"a number from {low:g} to {high:g}")
        return float(value)

    return read


def _conditions(value: Any) -> tuple[str, ...]:
    if value not in CONDITIONS:
        raise _Wrong(f"one of: {', '.join(CONDITIONS)}")
    return CONDITIONS[value]


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict) or not value:
        raise _Wrong("names with their values, such as {location: eu}")
    return {str(k): v for k, v in value.items()}


def _body(value: Any) -> dict[str, Any]:
    try:
        return checked_body(value, "extra_body")
    except DataError as error:
        raise _Wrong(f"{error.expected}: {error.what}") from error


def _factors(value: Any) -> dict[str, list[Any]]:
    if not isinstance(value, dict) or not all(isinstance(v, list) and v for v in value.values()):
        raise _Wrong("a list of levels for each factor, such as reasoning_effort: [low, high]")
    return {str(k): v for k, v in value.items()}


# key of the file → (option of `bridle run`, reader)
KEYS: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "models": ("models", _texts),
    "benchmark": ("benchmark", _text),
    "data": ("data", _text),
    "items": ("limit", _whole(1)),
    "arms": ("arms", _texts),
    "factors": ("factors", _factors),
    "conditions": ("conditions", _conditions),
    "samples": ("samples", _whole(1)),
    "seed": ("seed", _whole(0)),
    "temperature": ("temperature", _number(0, 5)),
    "top_p": ("top_p", _number(1e-6, 1)),
    "max_tokens": ("max_tokens", _whole(1)),
    "top_k": ("top_k", _whole(1)),
    "system": ("system", _text),
    "extra_body": ("extra_body", _body),
    "model_args": ("model_args", _mapping),
    "label": ("label", _text),
    "reasoning_effort": ("reasoning_effort", _text),
    "out": ("out", _text),
    "primary": ("primary", str),
    "prices": ("prices", dict),
}
