"""verl's reward-manager form: as `compute_score`, told how many tokens the response has.

    reward.reward_manager.source=importlib
    reward.reward_manager.name=BridleRewardManager
    reward.reward_manager.module.path=pkg://bridle.reward.adapters.verl_manager

Imported by verl alone, since its base class is verl's.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from verl.experimental.reward_loop.reward_manager.base import (  # pyright: ignore[reportMissingImports]
    RewardManagerBase,
)

from bridle.reward.adapters.verl import compute_score


class BridleRewardManager(RewardManagerBase):
    """`compute_score` with the number of tokens, so that a rollout cut at its cap earns nothing.

    Settings are those of `reward.custom_reward_function.reward_kwargs`, where verl has them.
    """

    def __init__(self, config: Any, tokenizer: Any, compute_score: Any = None, **_: Any) -> None:
        super().__init__(config, tokenizer, compute_score)
        chosen = config.reward.get("custom_reward_function") or {}
        self._settings = dict(chosen.get("reward_kwargs") or {})

    async def run_single(self, data: Any) -> dict[str, Any]:
        one = data[-1:][0]
        ids = one.batch["responses"]
        length = int(one.batch["attention_mask"][-ids.shape[-1] :].sum())
        tokenizer: Any = self.tokenizer
        text = tokenizer.decode(ids[:length], skip_special_tokens=True)
        fields = one.non_tensor_batch
        settings = {"max_tokens": int(ids.shape[-1]), **self._settings}
        call = partial(
            compute_score,
            data_source=fields.get("data_source", ""),
            solution_str=text,
            ground_truth=fields["reward_model"]["ground_truth"],
            extra_info=fields.get("extra_info"),
            tokens=length,
            **settings,
        )
        result = await self.loop.run_in_executor(None, call)
        return {"reward_score": result["score"], "reward_extra_info": result}
