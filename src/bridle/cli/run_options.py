"""What the options of bridle run name: items of a panel, factors, settings that are passed on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bridle.studies.plan import Plan


def items_of(panel: str, limit: int | None) -> int:
    from bridle.benchmarks import PANELS
    from bridle.errors import BridleError

    if limit is not None:
        raise BridleError(f"--panel {panel} and --limit {limit} exclude each other.")
    return PANELS[panel]


def options_of(plan: Plan) -> dict[str, Any]:
    """The options that make a plan again."""
    return {
        "benchmark": plan.benchmark,
        "models": plan.models,
        "conditions": plan.conditions,
        "samples": plan.samples,
        "seed": plan.seed,
        "arms": plan.arms,
        "factors": plan.factors,
        "label": plan.label,
        "system": plan.system,
        "model_args": plan.model_args,
        **plan.loaded,
        **plan.decoding,
    }


def passed_on(given: dict[str, Any], model_config: Path | None) -> None:
    """Read the options that go to the model as they were typed, in their places.

    Raises:
        DataError: one cannot be read.
    """
    from bridle.studies.settings import arguments_of, body_of, text_of

    if given["system"] is not None:
        given["system"] = text_of(given["system"], "--system")
    if given["extra_body"] is not None:
        given["extra_body"] = body_of(given["extra_body"])
    given["model_args"] = arguments_of(given["model_args"], model_config) or None


def factors_of(given: tuple[str, ...]) -> dict[str, list[Any]] | None:
    """Factors as they were typed: "times=2,4" -> {"times": [2, 4]}.

    Raises:
        BridleError: no "=" in one.
    """
    from bridle.arms import level
    from bridle.errors import BridleError

    found: dict[str, list[Any]] = {}
    for text in given:
        name, sign, levels = text.partition("=")
        if not sign or not levels:
            raise BridleError(f"--factor {text} names no levels.", expected="--factor NAME=A,B")
        found[name] = [level(one) for one in levels.split(",")]
    return found or None
