"""Numbers with their uncertainty: `rates.py` for how often, `paired.py` for what differs."""

from bridle.statistics.paired import Difference, difference, lift, mcnemar
from bridle.statistics.rates import Estimate, rate, wilson

__all__ = ["Difference", "Estimate", "difference", "lift", "mcnemar", "rate", "wilson"]
