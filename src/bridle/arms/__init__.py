"""Ways to draw a response out of a model: `base.py` says what an arm is, one file per kind."""

from bridle.arms.base import (
    ARMS,
    Arm,
    OneTurn,
    Steps,
    factors_of,
    get,
    level,
    opening,
    read_name,
    register,
)
from bridle.arms.plain import Plain

__all__ = [
    "ARMS",
    "Arm",
    "OneTurn",
    "Plain",
    "Steps",
    "factors_of",
    "get",
    "level",
    "opening",
    "read_name",
    "register",
]
