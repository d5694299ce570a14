"""Ways to draw a response out of a model: `base.py` says what an arm is, one file per kind."""

from bridle.arms.base import ARMS, Arm, Message, get
from bridle.arms.plain import PLAIN

__all__ = ["ARMS", "PLAIN", "Arm", "Message", "get"]
