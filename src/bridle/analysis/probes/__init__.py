"""What the records of a probe say: findings with intervals, and a sentence. `base.py` has the registry."""

from bridle.analysis.probes.base import Finding, Reading, readings

__all__ = ["Finding", "Reading", "readings"]
