"""One worker process: tasks come as JSON lines on standard input, results go out as JSON lines.

    {"setup": {"items": null, "rules": "ours", "model": null, "plugins": []}}
    {"task": "survey", "shard": {…}, "label": "m"}            -> {"ok": {…}}
    {"task": "score", "shard": {…}, "label": "m", "hints": {…}, "names": "…", "part": "…"}

It ends when its input does, also in the middle of a shard: nobody would take its result.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from bridle.errors import BridleError


class Worker:
    def __init__(self, setup: dict[str, Any]) -> None:
        from bridle import plugins
        from bridle.scoring.formats import read_items

        for name in setup["plugins"]:
            plugins.use(name)
        self.rules: str = setup["rules"]
        self.model: str | None = setup["model"]
        self.items = None if setup["items"] is None else read_items(Path(setup["items"]))

    def do(self, task: dict[str, Any]) -> Any:
        from bridle.scoring.bulk.shards import Shard, cut_url

        if task["task"] == "cut":
            return [asdict(shard) for shard in cut_url(task["url"], rows=task["rows"])]
        shard = Shard(**task["shard"])
        if task["task"] == "survey":
            from bridle.scoring.bulk.survey import survey

            return survey(shard, self._scoring(), task["label"]).to_dict()
        return self._score(shard, task)

    def _scoring(self, names: Any = None) -> Any:
        from bridle.scoring.score import Scoring

        return Scoring(items=self.items, rules=self.rules, model=self.model, names=names)

    def _score(self, shard: Any, task: dict[str, Any]) -> dict[str, Any]:
        """Grade the shard into its part; what was counted stands in the part's metadata too."""
        import polars as pl

        from bridle import records
        from bridle.responses import Hints
        from bridle.scoring.bulk.shards import read_shard
        from bridle.scoring.formats import Bad, BadRows
        from bridle.scoring.names import Replay, Settled

        settled = pl.read_parquet(task["names"]).iter_rows()
        scoring = self._scoring(Replay(Settled(*row) for row in settled))
        hints = {model: Hints(**told) for model, told in task["hints"].items()}
        bad = BadRows()
        rows = scoring.rows(
            shard.file,
            read_shard(shard),
            lambda: shard.in_file,
            model=task["label"],
            hints=hints,
            start=shard.row,
            kept=shard.kept,
        )
        with (
            _local(task["part"]) as path,
            records.Writer(path, about={}) as part,
        ):
            for result in rows:
                if isinstance(result, Bad):
                    bad.add(result)
                else:
                    part.add(result.record)
            counted = {"records": part.count, "bad": bad.to_list()}
            part.about["shard"] = counted
        return counted


@contextlib.contextmanager
def _local(place: str) -> Iterator[Path]:
    """A path for a part: its own, or one whose file goes to the object store once it is whole."""
    from bridle.records.stores import put, url_of

    url = url_of(place)
    if url is None:
        yield Path(place)
        return
    with TemporaryDirectory(prefix="bridle-") as folder:
        path = Path(folder) / "part.parquet"
        yield path
        put(path, url)


def main() -> None:
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a plug-in prints must not get among the results
    lines = _Input(sys.stdin.buffer)
    worker: Worker | None = None
    while (line := lines.next()) is not None:
        task = json.loads(line)
        try:
            if "setup" in task:
                worker = Worker(task["setup"])
                told: dict[str, Any] = {"ok": None}
            else:
                assert worker is not None
                told = {"ok": worker.do(task)}
        except BridleError as error:
            told = {"error": [error.what, error.expected, error.hint]}
        except MemoryError:
            os._exit(70)  # as if it had been killed for its memory
        except Exception as error:
            told = {"error": [f"A worker failed: {type(error).__name__}: {error}", None, None]}
        out.write(json.dumps(told).encode() + b"\n")


class _Input:
    """Lines of standard input, read in a thread that ends the process when the input ends."""

    def __init__(self, stream: BinaryIO) -> None:
        self._lines: list[bytes] = []
        self._there = threading.Semaphore(0)
        self._stream = stream
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in iter(self._stream.readline, b""):
            self._lines.append(line)
            self._there.release()
        time.sleep(0)
        os._exit(0)

    def next(self) -> bytes | None:
        self._there.acquire()
        return self._lines.pop(0)


if __name__ == "__main__":
    main()
