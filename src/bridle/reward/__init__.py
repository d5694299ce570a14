"""A reward from the rules of the test: what a trainer imports. Pure: no torch, no files, no network.

    from bridle.reward import Reward, row_of
    Reward.of("joint").score(item, "<think>2+2</think>The answer is 4.")
    -> Scored(reward=1.0, status="complete", parts={"joint": 1.0}, why=())

`row_of(item)` is the column that travels through a trainer's dataset; `bridle.reward.adapters` holds
a function in the signature of each trainer. What cannot be earned: docs/training.md.
"""

from bridle.reward.core import Reward, Scored
from bridle.reward.length import Length
from bridle.reward.rows import item_of_row, row_of

__all__ = ["Length", "Reward", "Scored", "item_of_row", "row_of"]
