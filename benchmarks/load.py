"""A large study: does memory stay flat, are appends quick, is a long journal resumed quickly?

    python benchmarks/load.py                           1,000,000 calls planned, 20,000 made
    python benchmarks/load.py --planned 20000 --calls 1000 --connections 64

A server in a process of its own answers at once. The study asks it over so many connections; memory is read
at each quarter of the calls. Then its journal is made as long as the plan, and the study is opened on it as
`bridle run` would. Beside the wall times stands the CPU that they took: on a machine with other work the
latter is what can be compared.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bridle.benchmarks.base import Benchmark, Decoding
from bridle.benchmarks.item import Item
from bridle.calls import Reply
from bridle.problems.base import Problem
from bridle.studies.folder import JOURNAL
from bridle.studies.journal import Journal
from bridle.studies.plan import Call, make_plan
from bridle.studies.study import Study

MODEL = "openai-api/local/m"
TEXT = "<think>40+22=62, 62/2=31, 31-5=26, 26*4=104.</think>\n\nThe answer is \\boxed{104}."


def sums(count: int) -> Benchmark:
    """So many items of one prompt each: a call an item."""
    items = []
    for i in range(count):
        question = f"What is {i} + {i}? Put your final answer in a box."
        problem = Problem(id=f"sum:{i}", question=question, answer=str(2 * i))
        items.append(Item(problem.id, problem, (), question, None, "sums"))
    return Benchmark("sums", tuple(items), Decoding(max_tokens=64))


def serve(port: Any) -> None:
    """Chat completions that are there at once, over kept connections."""
    choice = {
        "index": 0,
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": TEXT},
    }
    usage = {"prompt_tokens": 20, "completion_tokens": 40, "total_tokens": 60}
    said = {"id": "x", "object": "chat.completion", "created": 0, "model": "m"}
    body = json.dumps({**said, "choices": [choice], "usage": usage}).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    answer = head % len(body) + body

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while asked := await reader.readuntil(b"\r\n\r\n"):
            length = next(
                int(line.split(b":")[1])
                for line in asked.split(b"\r\n")
                if line.lower().startswith(b"content-length")
            )
            await reader.readexactly(length)
            writer.write(answer)
            await writer.drain()

    async def quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(quietly, "127.0.0.1", 0, backlog=1024)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


def megabytes() -> float:
    """What this process holds now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1e3
    raise OSError("no VmRSS in /proc/self/status: Linux is needed")


class Clock:
    """Wall and CPU seconds since it was made."""

    def __init__(self) -> None:
        self.wall, self.cpu = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        return f"{wall:.1f} s, {cpu:.1f} s of CPU"


def made(study: Study, calls: int, connections: int, url: str) -> None:
    held: list[float] = []
    appends: list[float] = []
    append = Journal.append

    def timed(self: Journal, call: Call, reply: Reply) -> None:
        start = time.perf_counter()
        append(self, call, reply)
        appends.append(time.perf_counter() - start)

    def watch(call: Call, reply: Reply) -> None:
        if len(appends) % max(1, calls // 4) == 0:
            held.append(megabytes())

    Journal.append = timed  # type: ignore[method-assign]
    clock = Clock()
    only = set(study.plan.item_ids[:calls])
    state = study.run(base_url=url, max_connections=connections, watch=watch, only=only)
    Journal.append = append  # type: ignore[method-assign]
    print(
        f"{state.made:,} calls over {connections} connections: {clock}, grading and table included"
    )
    grown = (held[-1] - held[0]) / max(1, calls - calls // 4) * 1e3
    print(
        f"  memory at each quarter: {', '.join(f'{h:.0f}' for h in held)} MB: {grown:.1f} kB a call"
    )
    appends.sort()
    print(
        f"  an append: median {1e3 * statistics.median(appends):.3f} ms, "
        f"99 of 100 under {1e3 * appends[int(0.99 * len(appends))]:.3f} ms"
    )


def resumed(study: Study) -> None:
    """The journal as long as the plan, by its own lines under other calls."""
    path = study.folder / JOURNAL
    with path.open("rb") as file:
        line = json.loads(file.readline())
    with path.open("wb") as file:
        for call in study.plan.calls():
            file.write(json.dumps({**line, "item": call.item}).encode() + b"\n")
    size = path.stat().st_size / 1e6
    before, clock = megabytes(), Clock()
    missing = len(study.missing())
    print(f"resume of a journal of {len(study.plan.calls()):,} lines ({size:.0f} MB): {clock}")
    print(f"  {missing} missing; {megabytes() - before:.0f} MB more")


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--planned", type=int, default=1_000_000)
    options.add_argument("--calls", type=int, default=20_000)
    options.add_argument("--connections", type=int, default=256)
    given = options.parse_args()
    os.environ.setdefault("INSPECT_DISPLAY", "none")
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    try:
        url = f"http://127.0.0.1:{ours.recv()}/v1"
        clock = Clock()
        benchmark = sums(given.planned)
        plan = make_plan(benchmark, models=[MODEL])
        print(f"{plan.planned:,} calls planned: {clock}, {megabytes():.0f} MB held")
        with tempfile.TemporaryDirectory() as folder:
            study = Study(Path(folder) / "study", plan, benchmark)
            made(study, given.calls, given.connections, url)
            resumed(study)
    finally:
        server.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
