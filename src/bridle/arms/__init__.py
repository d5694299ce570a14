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
from bridle.arms.cap import Cap
from bridle.arms.effort import EffortHigh, EffortLow, EffortMedium, ThinkingOff
from bridle.arms.plain import Plain
from bridle.arms.position import Position
from bridle.arms.reminder import QuestionAgain, Reminder, ReminderNeutral
from bridle.arms.rewrite import Rewrite, RewriteNeutral
from bridle.arms.thoughts import CloseThinking, NeutralThinking, QuestionThinking, RemindThinking
from bridle.arms.wait import Wait, WaitNeutral

__all__ = [
    "ARMS",
    "Arm",
    "Cap",
    "CloseThinking",
    "EffortHigh",
    "EffortLow",
    "EffortMedium",
    "NeutralThinking",
    "OneTurn",
    "Plain",
    "Position",
    "QuestionAgain",
    "QuestionThinking",
    "RemindThinking",
    "Reminder",
    "ReminderNeutral",
    "Rewrite",
    "RewriteNeutral",
    "Steps",
    "ThinkingOff",
    "Wait",
    "WaitNeutral",
    "factors_of",
    "get",
    "level",
    "opening",
    "read_name",
    "register",
]
