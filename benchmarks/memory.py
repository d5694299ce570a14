"""Does memory stay the same however many texts are checked, and what does one long text take?

    python benchmarks/memory.py                 8,000 answers, then one of a million characters

Each answer is another text of 2,000 characters under ten constraints of random types. The peak of the
process is read after each doubling: once everything is loaded and every bounded memory is full, it
should not rise. Then, type by type, the peak of what one check of a long text allocates (tracemalloc).
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tracemalloc

from bundles import pool_of_rules

from bridle.constraints import check
from bridle.text import Text
from constraints import answer


def peak() -> float:
    """Megabytes, the most that this process has held (Linux counts in kilobytes, macOS in bytes)."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1e6 if sys.platform == "darwin" else 1e3)


def many(number: int) -> None:
    pool = pool_of_rules()
    names = sorted(pool)
    rng = random.Random(1)
    before = 0.0
    print(f"{number:,} texts of 2,000 characters, 10 constraints each")
    for i in range(1, number + 1):
        rules = [rng.choice(pool[name]) for name in rng.sample(names, 10)]
        check(answer(2_000, i), *rules)
        if (i >= 500 and i & (i - 1) == 0) or i == number or i == 500:
            print(f"  after {i:>6,}: peak {peak():7.1f} MB ({peak() - before:+.1f})", flush=True)
            before = peak()


def one(size: int) -> None:
    raw = answer(size, 7)
    taken: list[tuple[float, str]] = []
    for name, rules in sorted(pool_of_rules().items()):
        rules[0].check(Text(raw[:2000]))  # what is loaded once is loaded
        tracemalloc.start()
        rules[0].check(Text(raw))
        taken.append((tracemalloc.get_traced_memory()[1] / size, name))
        tracemalloc.stop()
    taken.sort(reverse=True)
    middle = taken[len(taken) // 2][0]
    print(f"\none text of {size:,} characters: bytes a character, the peak of a check")
    print(f"  median of {len(taken)} types {middle:.0f}; most:")
    for share, name in taken[:8]:
        print(f"  {name:24} {share:6.0f}")


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--texts", type=int, default=8_000)
    options.add_argument("--size", type=int, default=1_000_000, help="characters of the long text")
    given = options.parse_args()
    many(given.texts)
    one(given.size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
