"""A table in parts: one Parquet file a shard, beside a plan that says how many records there will be.

    DIR/score.json                     "planned", "about" and a list of "shards"
    DIR/records/part-00012.parquet     the records of shard 12

Each part is a table of its own (`reader.read` takes it), written whole or not at all.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from bridle.errors import DataError
from bridle.records.stores import Store, fetch

SCORE = "score.json"


@dataclass(frozen=True)
class Plan:
    """What the plan says of the whole table; `planned` is None until the first pass has ended."""

    about: dict[str, Any]
    planned: int | None
    shards: int


class Parts:
    """The parts of the folder (or of an object store), by the number of their shard."""

    def __init__(self, folder: Path | str) -> None:
        self.store = Store(folder)
        self.folder = Path(folder) / "records"

    def name(self, number: int) -> str:
        return f"records/part-{number:05d}.parquet"

    def place(self, number: int) -> str:
        """The path or the URL of the part."""
        return self.store.place(self.name(number))

    def exists(self, number: int) -> bool:
        return self.store.exists(self.name(number))

    @contextlib.contextmanager
    def file(self, number: int) -> Generator[Path, None, None]:
        """The part as a file on the disk."""
        if self.store.url is None:
            yield Path(self.place(number))
            return
        with TemporaryDirectory(prefix="bridle-") as folder:
            yield fetch(self.place(number), Path(folder) / Path(self.name(number)).name)

    def about(self, number: int) -> dict[str, Any]:
        """What the part's writer said of it.

        Raises:
            DataError: the part cannot be read.
        """
        import polars as pl

        try:
            with self.file(number) as path:
                found: Any = json.loads(pl.read_parquet_metadata(path)["bridle.about"])
        except (pl.exceptions.PolarsError, OSError, KeyError, ValueError) as error:
            raise DataError(
                f"{self.place(number)} cannot be read ({type(error).__name__}: {error}).",
                expected="a part that bridle score wrote",
                hint="delete it and run the same command again",
            ) from error
        return cast("dict[str, Any]", found) if isinstance(found, dict) else {}

    def plan(self) -> Plan:
        """
        Raises:
            DataError: the plan cannot be read.
        """
        path = self.store.place(SCORE)
        try:
            row = json.loads(self.store.read(SCORE) or b"")
            voted = {"voted": row["voted"]} if row.get("voted") else {}
            planned = row["planned"]
            return Plan(
                about={**row["about"], **voted},
                planned=None if planned is None else int(planned),
                shards=len(row["shards"]),
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise DataError(
                f"{path} cannot be read ({type(error).__name__}: {error}).",
                expected="the plan that bridle score wrote",
                hint="score the responses again: bridle score FILE --out DIR",
            ) from error
