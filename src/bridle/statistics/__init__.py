"""Numbers with their uncertainty: arrays in, an `Estimate` out; one file a question."""

from bridle.statistics.betting import Betting, Wealth
from bridle.statistics.clusters import pooled_icc
from bridle.statistics.estimate import Estimate
from bridle.statistics.length import ArmSlope, arm_slope, within_slope
from bridle.statistics.lifts import lift, over_floor
from bridle.statistics.losses import Loss, Share, decompose
from bridle.statistics.multiple import holm
from bridle.statistics.odds import OddsRatio, odds_ratio
from bridle.statistics.paired import Difference, difference, difference_of_differences, mcnemar
from bridle.statistics.planning import pairs_needed, replan, smallest_difference, unpaired_needed
from bridle.statistics.rates import rate, wilson
from bridle.statistics.ratios import ratio
from bridle.statistics.samples import consistency, pass_all
from bridle.statistics.sequential import Decision, Looks

__all__ = [
    "ArmSlope",
    "Betting",
    "Decision",
    "Difference",
    "Estimate",
    "Looks",
    "Loss",
    "OddsRatio",
    "Share",
    "Wealth",
    "arm_slope",
    "consistency",
    "decompose",
    "difference",
    "difference_of_differences",
    "holm",
    "lift",
    "mcnemar",
    "odds_ratio",
    "over_floor",
    "pairs_needed",
    "pass_all",
    "pooled_icc",
    "rate",
    "ratio",
    "replan",
    "smallest_difference",
    "unpaired_needed",
    "wilson",
    "within_slope",
]
