"""Probes: observations about models as measurements. A probe is items, arms and outcomes, nothing else.

    get("decay")                    -> Probe(name="decay", sizes={"smoke": 2, "standard": 40, ...}, ...)
    benchmarks.load("decay")        -> the same items as a benchmark: bridle run --benchmark decay

Importing this package registers every probe's items, arms and outcomes (`bridle.plugins` does it when
a name is looked up). What is computed of a probe's records stands in `analysis/probes/`.
"""

from __future__ import annotations

import importlib

from bridle.probes.base import PROBES, SIZES, Probe, allotted, get, register

# one module each, in the order of `bridle list probes`
MODULES = (
    "heard",
    "decay",
    "recall",
    "intent",
    "trace",
    "impossible",
    "receipt",
    "trivial",
    "pushback",
    "know",
    "plan",
    "stakes",
    "drift",
)

for _name in MODULES:
    importlib.import_module(f"bridle.probes.{_name}")

__all__ = ["PROBES", "SIZES", "Probe", "allotted", "get", "register"]
