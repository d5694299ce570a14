"""How many completions a minute the reward scores on one core, and how long the slowest text takes.

python benchmarks/reward.py [--completions 3000]
"""

from __future__ import annotations

import argparse
import random
import time

from bridle.benchmarks.item_rows import item_of
from bridle.reward import Reward, row_of
from bridle.reward.core import LONGEST, LONGEST_ANSWER

RULES = [
    {"type": "words", "at_most": 150},
    {"type": "keywords", "keywords": ["total", "apple"]},
    {"type": "no_comma"},
]
SENTENCES = (
    "We start with {a} apples in the basket.", "Then {b} more are bought at the market.",
    "Adding both gives a total of {c}.", "Each apple is counted once.", "So we check: ${a} + {b} = {c}$.",
    "That is what the question asks for.", "No apple is lost on the way home.",
)  # fmt: skip
HOSTILE = ("word ", "a", "It is so. ", "<think>", "</think>", "\\boxed{", "<!--", "`", "$x$ ", "((((",
           "\\frac{1}{", "- a\n", "\n\n", "9", "9^", "**", "|a|b|\n", "a.b_", "\u200b", "a\u0336",
           "<div style='display:none'>", "river river, ")  # fmt: skip


def completion(rng: random.Random, words: int) -> str:
    a, b = rng.randint(2, 99), rng.randint(2, 99)
    said: list[str] = []
    while sum(len(s.split()) for s in said) < words:
        said.append(rng.choice(SENTENCES).format(a=a, b=b, c=a + b))
    thought = " ".join(said * 4)
    return f"<think>\n{thought}\n</think>\n\n{' '.join(said)} The answer is \\boxed{{{a + b}}}."


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--completions", type=int, default=3000)
    options = parser.parse_args()
    rng = random.Random(0)
    row = row_of(
        item_of(
            {"question": "How many apples are there?", "answer": "42", "constraints": RULES},
            name="i",
        )
    )
    made = Reward({"joint": 1, "format": 0.1}).prepare()
    for words in (40, 100):
        texts = [completion(rng, words) for _ in range(options.completions)]
        start = time.process_time()
        for text in texts:
            made.score(row, text)
        taken = time.process_time() - start
        print(
            f"answers of {words} words, thinking of {4 * words}: "
            f"{60 * len(texts) / taken:,.0f} completions a minute a core"
        )
    worst = (0.0, "")
    for piece in HOSTILE:
        for text in (
            piece * (LONGEST_ANSWER // len(piece)),
            "<think>" + piece * (LONGEST // 2 // len(piece)) + "</think>4",
        ):
            start = time.process_time()
            made.score(row, text)
            worst = max(worst, (time.process_time() - start, repr(piece)))
    print(f"slowest of {2 * len(HOSTILE)} hostile texts: {worst[0]:.2f} s ({worst[1]} repeated)")


if __name__ == "__main__":
    main()
