"""Three arms and a study of them, which tests run here and in a process of its own that is killed.

python arms_study.py OUT URL
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from bridle import arms, benchmarks
from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Ask, conversation
from bridle.calls import Message, Request
from bridle.constraints import get
from bridle.problems.base import Problem

MODEL = "openai-api/local/organism"
ARMS = ("plain", "two_calls", "wait_here:times=2")
STANDING = get("no_comma")


@arms.register
@dataclass(frozen=True)
class TwoCalls(arms.Arm):
    """Speaks twice: the second turn asks for a rewrite."""

    name = "two_calls"
    meaning = "After its answer the model is asked to rewrite it so that it obeys."

    def turn(self, messages: tuple[Message, ...], number: int) -> arms.OneTurn:
        draft = yield Request(messages=messages, turn=number)
        return (yield draft.answered("Now rewrite your answer so that it obeys."))


@arms.register
@dataclass(frozen=True)
class WaitHere(arms.Arm):
    """At the level of tokens: the end of the thinking is put off, then put in."""

    name = "wait_here"
    meaning = "The end of the thinking is taken back and 'Wait' put in its place, so many times."
    needs = frozenset({"raw"})
    instead = ("two_calls",)

    times: int = 2

    def turn(self, messages: tuple[Message, ...], number: int) -> arms.OneTurn:
        stop = ("</think>",)
        reply = yield Request(messages=messages, level="raw", stop=stop, turn=number)
        for _ in range(self.times):
            reply = yield reply.continued("\nWait", stop=stop)
        return (yield reply.continued("</think>\n\n"))


def benchmark() -> Benchmark:
    """Two generated items, and one of three turns with a standing constraint."""
    sums = [("What is 12+7?", "19"), ("What is 30+4?", "34"), ("What is 8+5?", "13")]
    asks = [
        Ask(
            prompt=f"{question}\nPut your final answer within \\boxed{{}}."
            + ("\nNever use a comma in any answer." if place == 0 else ""),
            bare_prompt=f"{question}\nPut your final answer within \\boxed{{}}.",
            constraints=(get("words", at_most=60),) if place == 1 else (),
            answer=answer,
        )
        for place, (question, answer) in enumerate(sums)
    ]
    talk = conversation(
        "talk:0", Problem("talk:0", "three sums", None, "own"), asks, benchmark="talk",
        standing=(STANDING,),
    )  # fmt: skip
    made = benchmarks.load("crossed", limit=2, seed=3)
    return Benchmark("talk", (*made.items, talk))


def run(out: Path | str, url: str, **more):
    from bridle.studies import study

    options = {"temperature": 1.0, "max_tokens": 400, "seed": 5, "max_connections": 4, **more}
    return study.run(out, benchmark=benchmark(), models=[MODEL], arms=ARMS, base_url=url, **options)


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], max_connections=1)
