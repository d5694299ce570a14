"""`bridle serve`: the embedded model as an OpenAI-compatible server, or a reward for trainers."""

from __future__ import annotations

import click


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8077,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port; 0 takes a free one.",
)
@click.option(
    "--api-key",
    envvar="BRIDLE_API_KEY",
    help="Ask callers for this key (or set BRIDLE_API_KEY); needed beyond this machine.",
)
@click.option(
    "--max-queue",
    default=256,
    show_default=True,
    type=click.IntRange(min=1),
    help="Answers in the making at most; more are refused with 429.",
)
@click.option(
    "--threads", default=2, show_default=True, type=click.IntRange(min=1), help="Cores to use."
)
@click.option(
    "--reward",
    metavar="NAME|PART=WEIGHT,...",
    help="Score completions for a trainer instead: joint, hard, obeyed, correct, format, or a weighted "
    "sum such as joint=1,format=0.1.",
)
@click.option(
    "--reward-cap",
    type=click.IntRange(min=1),
    metavar="TOKENS",
    help="With --reward: the trainer's rollout cap; a completion that long was cut off.",
)
@click.option(
    "--grace",
    default=60,
    show_default=True,
    type=click.IntRange(min=1),
    metavar="SECONDS",
    help="For answers that have begun, once the server is told to end.",
)
def command(
    host: str,
    port: int,
    api_key: str | None,
    max_queue: int,
    threads: int,
    reward: str | None,
    reward_cap: int | None,
    grace: int,
) -> None:
    """Offer the embedded model as an OpenAI-compatible server, or a reward to trainers.

    Endpoints: /v1/chat/completions, /v1/completions, /v1/models, and vLLM's /tokenize, /detokenize
    and /tokenizer_info; bodies are application/json. Ends on Ctrl-C or SIGTERM, when the answers that
    have begun are finished, or --grace is over. With --reward: /reward (a batch of items and
    completions), /get_reward (OpenRLHF) and /verify (NeMo Gym).
    """
    from bridle.cli.terminal import say
    from bridle.organism.server.serve import serve
    from bridle.reward import Reward
    from bridle.reward.core import read_spec

    if reward_cap is not None and reward is None:
        raise click.UsageError("--reward-cap is for --reward.")
    made = None if reward is None else Reward.of(read_spec(reward), max_tokens=reward_cap)

    serve(
        host=host,
        port=port,
        api_key=api_key,
        max_queue=max_queue,
        threads=threads,
        reward=made,
        grace=grace,
        announce=say,
    )
