"""TRL: a reward function for `GRPOTrainer(reward_funcs=[...])` (and RLOOTrainer).

    GRPOTrainer(model, reward_funcs=[reward_func("joint")], train_dataset=dataset, args=config)

The dataset has a column `item` (`bridle.reward.row_of`). Signature: trl 1.16,
`trainer/grpo_trainer.py`, `_calculate_rewards`: keyword arguments `prompts`, `completions` (texts, or
lists of messages where the prompts are), `completion_ids`, every other column of the dataset,
`trainer_state`, `log_extra`, `log_metric`; one float or None a completion comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bridle.errors import BridleError
from bridle.reward.core import Reward, Scored


def reward_func(
    reward: str | Mapping[str, float] | Reward = "joint", *, column: str = "item", **settings: Any
) -> Callable[..., list[float | None]]:
    """The function; its name, under which TRL logs it, is `bridle` and the parts.

    `settings` are the fields of `Reward` (`length=`, `floors=`, `max_tokens=`: give it the trainer's
    `max_completion_length`, since TRL does not say which completions were cut off). None is returned
    for an item without the reference that a part needs, and TRL leaves it out. The parts are logged:
    their means as metrics, and each beside its completion.

    Raises (when called, never because of a text):
        BridleError: the dataset lacks the column.
    """
    made = Reward.of(reward, **settings).prepare()

    def function(
        prompts: Sequence[Any],
        completions: Sequence[Any],
        completion_ids: Sequence[Sequence[int]] | None = None,
        log_extra: Callable[[str, list[Any]], None] | None = None,
        log_metric: Callable[[str, float], None] | None = None,
        **columns: Any,
    ) -> list[float | None]:
        items = columns.get(column)
        if items is None:
            raise BridleError(
                f"The training data have no column {column!r}.",
                expected="bridle.reward.row_of(item) in each row; there are: "
                + ", ".join(sorted(columns)),
                hint=f'dataset.add_column("{column}", [row_of(i) for i in items])',
            )
        scored = [
            made.score(
                items[i],
                completions[i],
                prompt=prompts[i],
                tokens=None if completion_ids is None else len(completion_ids[i]),
            )
            for i in range(len(completions))
        ]
        _log(made, scored, log_extra, log_metric)
        return [s.reward for s in scored]

    function.__name__ = "bridle_" + "_".join(made.weights)
    return function


def _log(
    made: Reward,
    scored: Sequence[Scored],
    log_extra: Callable[[str, list[Any]], None] | None,
    log_metric: Callable[[str, float], None] | None,
) -> None:
    if not scored:
        return
    for part in made.weights:
        values = [s.parts.get(part, 0.0) for s in scored]
        if log_extra is not None:
            log_extra(part, values)
        if log_metric is not None:
            log_metric(f"bridle/{part}", sum(values) / len(values))
    if log_extra is not None:
        log_extra("status", [s.status for s in scored])
    if log_metric is not None:
        whole = sum(s.status == "complete" for s in scored)
        log_metric("bridle/complete", whole / len(scored))
