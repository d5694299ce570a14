"""What is measured of a graded turn: `base.py` is the registry, one file a group of outcomes."""

from bridle.outcomes.base import (
    OUTCOMES,
    Judged,
    Outcome,
    OutcomeType,
    Value,
    get,
    measure,
    register,
    value,
)
from bridle.outcomes.correctness import CORRECT, JOINT
from bridle.outcomes.cost import TOKENS, TRUNCATED
from bridle.outcomes.lenient import HARD_LOOSE, SOFT_LOOSE
from bridle.outcomes.obedience import HARD, SOFT, UNDETERMINED

__all__ = [
    "CORRECT",
    "HARD",
    "HARD_LOOSE",
    "JOINT",
    "OUTCOMES",
    "SOFT",
    "SOFT_LOOSE",
    "TOKENS",
    "TRUNCATED",
    "UNDETERMINED",
    "Judged",
    "Outcome",
    "OutcomeType",
    "Value",
    "get",
    "measure",
    "register",
    "value",
]
