"""One file a trainer: its own signature around `Reward.score`. None imports its trainer when imported."""
