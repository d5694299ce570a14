"""A Parquet file of responses, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bridle.errors import DataError, MissingExtra
from bridle.scoring.formats.given import Bad, Row

BATCH = 100
UNPACKED = 128 * 2**20  # bytes of texts from which on a table may be a trap,
UNUSUAL = 50  # if they are so many times its size
SLICE = 20  # rows
ROW_LIMIT = 32 * 2**20  # characters of a row's texts, as for a line of JSON


def read_table(path: Path) -> Iterator[Row | Bad]:
    """The rows of the file, numbered from 1.

    Raises:
        DataError: the file is not Parquet, or is a table that bridle wrote.
    """
    scan, errors = _scan(path)
    yield from _rows(path, _batches(path, scan), 0, errors)


def read_slice(path: Path, start: int, size: int) -> Iterator[Row | Bad]:
    """So many rows of the file from `start` (from 0) on.

    Raises:
        DataError: as for `read_table`.
    """
    scan, errors = _scan(path)
    batches = scan.slice(start, size).collect_batches(chunk_size=BATCH, maintain_order=True)
    yield from _rows(path, batches, start, errors)


def _rows(path: Path, batches: Iterator[Any], before: int, errors: Any) -> Iterator[Row | Bad]:
    number = before
    try:
        for batch in batches:
            sizes = _sizes(batch)
            for place in range(batch.height):
                number += 1
                if sizes[place] > ROW_LIMIT:
                    yield Bad(str(path), number, f"longer than {ROW_LIMIT // 2**20} MiB")
                else:
                    yield Row(str(path), number, batch.row(place, named=True))
    except errors as error:
        first = str(error).splitlines()[0]
        yield Bad(str(path), number + 1, f"the file is damaged or ends here ({first})", stops=True)


def _batches(path: Path, scan: Any) -> Iterator[Any]:
    """The table in pieces; a few rows at a time where it unpacks to far more than its size.

    A dictionary lets a file of 2 kB hold a gigabyte of texts. Read in slices its rows share their
    texts; read in the usual batches they would all be copied. (Slices of an ordinary table are slow:
    each begins its row group anew.)
    """
    import polars as pl

    texts = [name for name, kind in scan.collect_schema().items() if kind == pl.String]
    lengths = [pl.col(name).str.len_bytes().cast(pl.Int64).sum() for name in texts]
    total = scan.select(pl.sum_horizontal(lengths)).collect().item() or 0 if texts else 0
    if total < UNPACKED or total < UNUSUAL * path.stat().st_size:
        yield from scan.collect_batches(chunk_size=BATCH, maintain_order=True)
        return
    rows = int(scan.select(pl.len()).collect().item())
    for start in range(0, rows, SLICE):
        yield scan.slice(start, SLICE).collect()


def _sizes(batch: Any) -> list[int]:
    """The bytes of each row's texts, counted before Python makes objects of them."""
    import polars as pl

    texts = [
        pl.col(name).str.len_bytes() for name, kind in batch.schema.items() if kind == pl.String
    ]
    if not texts:
        return [0] * batch.height
    return batch.select(pl.sum_horizontal(texts).fill_null(0)).to_series().to_list()


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
