"""bridle measures whether a reasoning model still listens.

    from bridle import check, witness, read_response
    check("One two three.", words={"at_most": 2})

Names are imported when first used, so that `import bridle` stays light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bridle.version import __version__

if TYPE_CHECKING:
    from bridle.constraints import check, witness
    from bridle.errors import BridleError, ConstraintError, DataError
    from bridle.grading import grade
    from bridle.records import load
    from bridle.report.charts import charts
    from bridle.responses import Response, read_response
    from bridle.scoring.score import score

_HOMES = {
    "check": "bridle.constraints",
    "witness": "bridle.constraints",
    "BridleError": "bridle.errors",
    "ConstraintError": "bridle.errors",
    "DataError": "bridle.errors",
    "charts": "bridle.report.charts",
    "grade": "bridle.grading",
    "load": "bridle.records",
    "Response": "bridle.responses",
    "read_response": "bridle.responses",
    "score": "bridle.scoring.score",
}

__all__ = [
    "BridleError",
    "ConstraintError",
    "DataError",
    "Response",
    "__version__",
    "charts",
    "check",
    "grade",
    "load",
    "read_response",
    "score",
    "witness",
]


def __getattr__(name: str) -> Any:
    import importlib

    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    if name in ("constraints", "maths", "benchmarks", "arms", "statistics"):
        return importlib.import_module(f"bridle.{name}")
    raise AttributeError(f"module 'bridle' has no attribute {name!r}")
