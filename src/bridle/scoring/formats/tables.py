"""A Parquet file of responses, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bridle.errors import DataError, MissingExtra
from bridle.scoring.formats.given import Bad, Row

BATCH = 500


def read_table(path: Path) -> Iterator[Row | Bad]:
    """The rows of the file, numbered from 1.

    Raises:
        DataError: the file is not Parquet, or is a table that bridle wrote.
    """
    number = 0
    scan, errors = _scan(path)
    try:
        for batch in scan.collect_batches(chunk_size=BATCH, maintain_order=True):
            for fields in batch.iter_rows(named=True):
                number += 1
                yield Row(str(path), number, fields)
    except errors as error:
        first = str(error).splitlines()[0]
        yield Bad(str(path), number + 1, f"the file is damaged or ends here ({first})", stops=True)


def count_table(path: Path) -> int:
    import polars as pl

    scan, _ = _scan(path)
    return int(scan.select(pl.len()).collect().item())


def _scan(path: Path) -> tuple[Any, tuple[type[BaseException], ...]]:
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtra.of("tables", "Reading Parquet") from error
    # a panic in the reader is no Exception; a hostile file must not end the program
    errors = (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError)
    try:
        metadata = pl.read_parquet_metadata(path)
        scan = pl.scan_parquet(path)
        scan.collect_schema()
    except errors as error:
        raise DataError(
            f"{path} is not a Parquet file that can be read ({str(error).splitlines()[0]}).",
            expected="a Parquet file with a column of responses",
            hint="check that the file was copied whole",
        ) from error
    if "bridle.schema" in metadata:
        raise DataError(
            f"{path} is a table that bridle wrote: its responses are scored.",
            expected="responses that something else generated",
            hint=f"bridle report {path.parent}",
        )
    return scan, errors
