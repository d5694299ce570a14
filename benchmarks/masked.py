"""Which share of a real answer's letters stands in maths and code: where `MOST` comes from.

    python benchmarks/masked.py --data DIR

DIR holds `ifeval`, `ifbench` and `public`. Of a response with a closed thought the answer alone is read.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from bridle.text import Text
from bridle.text.masks import MOST, masked_share

FILES = (
    "ifeval/gpt4_responses_with_verdicts.jsonl",
    "ifbench/responses_with_verdicts.jsonl",
    "public/missing_premise.jsonl.gz",
    "public/rl_before_after.jsonl.gz",
    "public/format_zero_shot.jsonl.gz",
)
LONGEST = 20_000  # characters of an answer that are read


def answers(path: Path) -> Iterator[str]:
    """The answers of a file, one a line."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line).get("response") or json.loads(line).get("output")
            if isinstance(said, str):
                yield said.rpartition("</think>")[2][-LONGEST:]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of real inputs")
    data = parser.parse_args().data
    print(f"{'':48}    n   median  99 %   most  over {MOST:.0%}")
    for name in FILES:
        texts = map(Text, answers(data / name))
        shares = sorted(masked_share(t.kept.shown, t.masks) if t.masks else 0.0 for t in texts)
        if not shares:
            continue
        high = shares[min(len(shares) - 1, int(0.99 * len(shares)))]
        over = sum(share > MOST for share in shares)
        print(
            f"{name:48} {len(shares):5} {shares[len(shares) // 2]:6.2f} {high:6.2f} {shares[-1]:6.2f} {over:6}"
        )


if __name__ == "__main__":
    main()
