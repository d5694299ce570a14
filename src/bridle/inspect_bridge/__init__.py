"""Inspect AI makes the calls; this folder is the one place that knows it.

Two ways lead through here:
- `ask(...)`, what `bridle run` uses: one Inspect task per model and condition, whose samples are
  the missing calls; every reply goes to the journal as it comes back (`calls.py`, `replies.py`).
- `inspect eval bridle/mathif --model ...`: tasks with a scorer that gives the same judgement into
  Inspect's own log (`tasks.py`).
And two models that Inspect lacks (`models.py`): `organism/default`, embedded, and `scripted/...`,
no model at all. Inspect finds tasks, scorer and models by the entry point that names this module.
"""

from bridle.inspect_bridge.calls import RETRIES, ask, open_model
from bridle.inspect_bridge.models import organism, scripted
from bridle.inspect_bridge.tasks import (
    crossed,
    ifbench,
    ifeval,
    judged,
    mathif,
    reasonif,
)

__all__ = [
    "RETRIES",
    "ask",
    "crossed",
    "ifbench",
    "ifeval",
    "judged",
    "mathif",
    "open_model",
    "organism",
    "reasonif",
    "scripted",
]
