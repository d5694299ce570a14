"""Inspect AI makes the calls; this folder is the one place that knows it.

Two ways lead through here:
- `ask(...)`, what `bridle run` uses: the missing calls through Inspect's model layer, whose replies go
  to the journal as they come back (`calls.py`, `endpoints.py`, `replies.py`, `templates.py`), and
  `Logs`, the same study as logs that `inspect view` opens (`logs.py`).
- `inspect eval bridle/mathif --model ...`: tasks with a scorer that gives the same judgement into
  Inspect's own log (`tasks.py`).
And two models that Inspect lacks (`models.py`): `organism/default`, embedded, and `scripted/...`,
no model at all. Inspect finds tasks, scorer and models by the entry point that names this module.
"""

from bridle.inspect_bridge.calls import RETRIES, ask
from bridle.inspect_bridge.endpoints import Endpoint, open_endpoint, open_model
from bridle.inspect_bridge.logs import Logs
from bridle.inspect_bridge.models import organism, scripted, subject
from bridle.inspect_bridge.probe_tasks import TASKS as PROBE_TASKS
from bridle.inspect_bridge.tasks import (
    crossed,
    ifbench,
    ifeval,
    judged,
    mathif,
    reasonif,
)

__all__ = [
    "PROBE_TASKS",
    "RETRIES",
    "Endpoint",
    "Logs",
    "ask",
    "crossed",
    "ifbench",
    "ifeval",
    "judged",
    "mathif",
    "open_endpoint",
    "open_model",
    "organism",
    "reasonif",
    "scripted",
    "subject",
]
