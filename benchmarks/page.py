"""How long a page with very many samples takes: to be written, to answer, to filter, to search; its memory.

    python benchmarks/page.py                    2,000 and 20,000 samples, from the disk and by `bridle view`

Two models on generated items with their constraints; every response has 3,000 characters of thinking and an
answer of 800, judged by the items' own rules. Opened in headless Chromium, each page in a window of its own.
Time to interactive is from the start of navigation to the moment when the list stands and takes keys.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))
from browsing import READY, chrome, follow, settled, until

from bridle import benchmarks, records
from bridle.analysis.summary import summarise
from bridle.grading import grade
from bridle.records import record_of
from bridle.report.page import write_page
from bridle.report.viewing import viewer
from bridle.responses import read_response
from constraints import answer

THINKING, ANSWER = 3_000, 800  # characters
ITEMS = 250


def made(number: int) -> Iterator[records.Record]:
    """So many records of two models: every text is another."""
    items = list(benchmarks.load("crossed", limit=ITEMS).items)
    for i in range(number):
        item = items[i // 2 % len(items)]
        text = f"<think>{answer(THINKING, 2 * i)}</think>{answer(ANSWER, 2 * i + 1)}"
        ended = text + f" \\boxed{{{item.problem.answer if i % 3 else 7}}}"
        response = read_response(ended, finish_reason="length" if i % 50 == 0 else "stop")
        yield record_of(
            item,
            response,
            grade(item, response),
            model=("cold", "hot")[i % 2],
            sample=i // 2 // len(items),
            tokens_out=len(ended) // 4,
        )


def resident(browser: Any) -> float:
    """Megabytes that the renderers of this browser hold."""
    parents: dict[int, int] = {}
    held: dict[int, float] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
            if b"--type=renderer" in command:
                lines = (folder / "smaps_rollup").read_text().splitlines()
                held[int(folder.name)] = next(
                    int(row.split()[1]) / 1e3 for row in lines if row.startswith("Pss:")
                )
            parents[int(folder.name)] = int(stat[1])
        except (OSError, StopIteration):
            continue  # a process that has ended meanwhile
    total = 0.0
    for pid, size in held.items():
        above = pid
        while above > 1 and above != browser.service.process.pid:
            above = parents.get(above, 0)
        total += size if above > 1 else 0.0
    return total


def timed(browser: Any, address: str) -> float:
    start = time.perf_counter()
    follow(browser, address)
    return time.perf_counter() - start - 0.05  # which `follow` waits in any case


def look(address: str) -> dict[str, float]:
    browser = chrome()
    try:
        browser.get(address)
        until(browser, READY, seconds=120)
        settled(browser)
        paint, ready = browser.execute_script(
            "return [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,"
            "  performance.getEntriesByName('samples-ready')[0].startTime]"
        )
        found = {"first paint, s": paint / 1e3, "interactive, s": ready / 1e3}
        found["memory, MB"] = resident(browser)
        found["filter, s"] = timed(browser, "#samples?who=hot&obeyed=no&correct=yes")
        found["flips, s"] = timed(browser, "#samples?who=hot&beside=cold&flips=any")
        follow(browser, "#samples?sort=tokens")
        start = time.perf_counter()
        browser.execute_script("document.querySelector('[role=option]').click()")
        until(browser, "return document.querySelector('article.sample')")
        found["open one, s"] = time.perf_counter() - start
        frames = browser.execute_async_script(
            "const done = arguments[0], box = document.getElementById('list'), took = [];"
            "let n = 0, last = performance.now();"
            "const next = now => { took.push(now - last); last = now;"
            "  box.scrollTop = (n * 7919 * 56) % (box.scrollHeight - 700);"
            "  if (n++ < 60) requestAnimationFrame(next); else done(took.slice(2).sort((a, b) => a - b)); };"
            "requestAnimationFrame(next)"
        )
        found["frame while scrolling, ms (p95)"] = frames[int(0.95 * len(frames))]
        found["search all texts, s"] = timed(browser, "#samples?q=no%20such%20words%20anywhere")
        found["memory after that, MB"] = resident(browser)
        return found
    finally:
        browser.quit()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[2_000, 20_000])
    sizes = parser.parse_args().sizes
    with tempfile.TemporaryDirectory(prefix="bridle-page-") as place:
        for size in sizes:
            folder = Path(place) / str(size)
            records.write(made(size), folder / records.FILE_NAME, planned=size, about={})
            table = records.read(folder)
            summary = summarise([table])
            start = time.perf_counter()
            page = write_page([table], summary, folder / "page.html", most_inside=10**9)
            wrote = time.perf_counter() - start
            print(
                f"\n{size:,} samples: written in {wrote:.1f} s, {page.stat().st_size / 1e6:.1f} MB"
            )
            rows = {"from the disk": look(page.as_uri())}
            shutil.rmtree(folder / "page.data", ignore_errors=True)
            served = write_page([table], summary, folder / "served" / "page.html", most_inside=0)
            with viewer(served.parent, served.name) as server:
                thread = threading.Thread(target=server.serve_forever)
                thread.start()
                rows["bridle view"] = look(server.address)
                server.shutdown()
                thread.join()
            print(f"  {'':34}" + "".join(f"{name:>16}" for name in rows))
            for key in rows["from the disk"]:
                print(f"  {key:34}" + "".join(f"{row[key]:16.2f}" for row in rows.values()))


if __name__ == "__main__":
    main()
