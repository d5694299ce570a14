"""A Parquet file of responses, read in batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bridle.errors import DataError, MissingExtra
from bridle.panics import unprinted
from bridle.scoring.formats.given import Bad, Row

BATCH = 100
UNPACKED = 128 * 2**20  # bytes of texts from which on a table may be a trap,
UNUSUAL = 50  # if they are so many times its size
SLICE = 20  # rows
ROW_LIMIT = 32 * 2**20  # bytes of a row's texts and lists, as for a line of JSON
SLOT = 8  # bytes of a place in a list


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
        pieces = iter(batches)
        while True:
            with unprinted():
                batch = next(pieces, None)
            if batch is None:
                return
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

    texts = {name: kind for name, kind in scan.collect_schema().items() if kind == pl.String}
    sizes = _bytes_of(texts)  # nested texts are copied by the reader, whatever the pieces
    total = 0 if sizes is None else scan.select(sizes.sum()).collect().item() or 0
    if total < UNPACKED or total < UNUSUAL * path.stat().st_size:
        yield from scan.collect_batches(chunk_size=BATCH, maintain_order=True)
        return
    rows = int(scan.select(pl.len()).collect().item())
    for start in range(0, rows, SLICE):
        yield scan.slice(start, SLICE).collect()


def _sizes(batch: Any) -> list[int]:
    """The bytes of each row's texts and lists, counted before Python makes objects of them."""
    sizes = _bytes_of(batch.schema)
    return [0] * batch.height if sizes is None else batch.select(sizes).to_series().to_list()


def _bytes_of(schema: Mapping[str, Any]) -> Any | None:
    """The bytes of a row's texts and lists, those of nested columns too; None where it has none."""
    import polars as pl

    found = [_bytes_in(pl.col(name), kind) for name, kind in schema.items()]
    sizes = [size.fill_null(0).cast(pl.Int64) for size in found if size is not None]
    return pl.sum_horizontal(sizes) if sizes else None


def _bytes_in(value: Any, kind: Any) -> Any | None:
    import polars as pl

    if kind in (pl.String, pl.Binary):
        return value.str.len_bytes() if kind == pl.String else value.bin.size()
    if isinstance(kind, pl.Struct):
        found = [_bytes_in(value.struct.field(f.name), f.dtype) for f in kind.fields]
        sizes = [size.fill_null(0) for size in found if size is not None]
        return pl.sum_horizontal(sizes) if sizes else None
    if isinstance(kind, pl.Array):
        value, kind = value.arr.to_list(), pl.List(kind.inner)
    if isinstance(kind, pl.List):
        inner = _bytes_in(pl.element(), kind.inner)
        slots = value.list.len().cast(pl.Int64) * SLOT
        return slots if inner is None else slots + value.list.eval(inner).list.sum().fill_null(0)
    return None


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
        with unprinted():
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
