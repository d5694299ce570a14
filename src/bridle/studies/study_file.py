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
from bridle.errors import BridleError, DataError, MissingExtra, nearest
from bridle.studies.question import Question, read_question
from bridle.studies.settings import checked_body

LARGEST = 1_000_000  # bytes
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
    try:
        import yaml
    except ModuleNotFoundError as error:
        raise MissingExtra.of("run", "A study file") from error
    try:
        if path.stat().st_size > LARGEST:
            raise DataError(f"{path} is larger than {LARGEST:,} bytes.", expected="a study file")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read: {error}.", expected="a study file") from error
    try:
        _refuse_aliases(text, path)
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark is not None else ""
        said = getattr(error, "problem", None) or "it cannot be read"
        raise DataError(f"{path}{line}: {said}.", expected="YAML or JSON") from error
    except RecursionError as error:
        raise DataError(f"{path} is nested too deeply.", expected="a study file") from error
    return _File(path, yaml).read(root)


def _refuse_aliases(text: str, path: Path) -> None:
    """Aliases (&, *) unfold to any size, and no study needs them."""
    import yaml

    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        if isinstance(token, yaml.AliasToken | yaml.AnchorToken):
            raise DataError(
                f"{path}, line {token.start_mark.line + 1}: anchors and aliases are not read.",
                expected="the value itself",
            )


class _File:
    def __init__(self, path: Path, yaml: Any) -> None:
        self.path = path
        self.yaml = yaml

    def read(self, root: Any) -> StudyFile:
        rows = self.rows(root, "the file")
        given: dict[str, Any] = {}
        primary: Question | None = None
        prices: dict[str, tuple[float, float]] = {}
        for key, (node, value) in rows.items():
            if key not in KEYS:
                self.unknown(node, key, KEYS)
            name, read = KEYS[key]
            if key == "primary":
                primary = self.tried(node, key, lambda v=value: read_question(str(v)))
            elif key == "prices":
                prices = self.prices(node)
            else:
                try:
                    given[name] = read(value)
                except _Wrong as wrong:
                    self.wrong(node, key, value, str(wrong))
        for place, arm in enumerate(given.get("arms", ())):
            node = rows["arms"][0]
            at = node.value[place] if isinstance(node, self.yaml.SequenceNode) else node
            self.tried(at, "arms", lambda arm=arm: all_arms.get(arm))
        names = {all_arms.read_name(arm)[0] for arm in given.get("arms", ("plain",))}
        if primary is not None:
            for arm in (primary.arm, primary.base):
                if arm not in names and arm not in given.get("arms", ()):
                    self.wrong(rows["primary"][0], "primary", arm, "an arm of this study")
        for model in prices:
            if model not in given.get("models", ("organism",)):
                self.unknown(rows["prices"][0], model, given.get("models", ("organism",)))
        return StudyFile(self.path, given, primary, prices)

    def rows(self, node: Any, what: str) -> dict[str, tuple[Any, Any]]:
        """key → (node of the value, the value) of a mapping."""
        if not isinstance(node, self.yaml.MappingNode):
            line = 1 if node is None else node.start_mark.line + 1
            raise DataError(
                f"{self.path}, line {line}: {what} is no mapping.", expected="key: value"
            )
        found: dict[str, tuple[Any, Any]] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in found:
                raise DataError(
                    f"{self.path}, line {key_node.start_mark.line + 1}: the key {key!r} is there twice.",
                    expected="each key once",
                )
            found[key] = (value_node, self.value(value_node))
        return found

    def value(self, node: Any) -> Any:
        loader = self.yaml.SafeLoader("")
        try:
            return loader.construct_object(node, deep=True)
        except (self.yaml.YAMLError, ValueError) as error:
            raise DataError(
                f"{self.path}, line {node.start_mark.line + 1}: {error}", expected="a plain value"
            ) from error
        finally:
            loader.dispose()

    def prices(self, node: Any) -> dict[str, tuple[float, float]]:
        found: dict[str, tuple[float, float]] = {}
        for model, (inner, _) in self.rows(node, "prices").items():
            sides = self.rows(inner, f"the price of {model}")
            for key, (at, value) in sides.items():
                if key not in ("in", "out"):
                    self.unknown(at, key, ("in", "out"))
                if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
                    self.wrong(at, f"prices: {model}: {key}", value, "USD a million tokens")
            if missing := {"in", "out"} - sides.keys():
                self.wrong(inner, f"prices: {model}", None, f"{min(missing)}: USD a million tokens")
            found[model] = (float(sides["in"][1]), float(sides["out"][1]))
        return found

    def tried(self, node: Any, key: str, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except BridleError as error:
            raise DataError(
                f"{self.path}, line {node.start_mark.line + 1}, {key}: {error.what}",
                expected=error.expected,
                hint=error.hint,
            ) from error

    def unknown(self, node: Any, key: str, known: Any) -> None:
        near = nearest(key, known)
        raise DataError(
            f"{self.path}, line {node.start_mark.line + 1}: there is no key {key!r}.",
            expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(known)}",
        )

    def wrong(self, node: Any, key: str, value: Any, expected: str) -> None:
        raise DataError(
            f"{self.path}, line {node.start_mark.line + 1}, {key}: {value!r} is not possible.",
            expected=expected,
        )


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
