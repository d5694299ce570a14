"""Responses scored on a Ray cluster.

    import ray
    from bridle.scoring.ray import score, split

    rollouts = ray.data.read_parquet("s3://bucket/rollouts/")
    records, bad = split(score(rollouts))
    records.write_parquet("s3://bucket/scored/")

`score` is a stateful `map_batches`: checkers and items are loaded once an actor. The blocks are scored by
`arrow.score_batch`, which depends on its block alone, so Ray's retries give identical rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bridle.errors import BridleError, MissingExtra
from bridle.responses import Hints
from bridle.scoring.formats import Book
from bridle.version import __version__

BATCH = 256  # rows an actor takes at a time


def score(
    dataset: Any,
    *,
    items: Book | None = None,
    rules: str = "ours",
    model: str | None = None,
    hints: Mapping[str, Hints] | None = None,
    plugins: Sequence[str] = (),
    concurrency: int | tuple[int, int] | None = None,
    batch_size: int = BATCH,
) -> Any:
    """The dataset of responses as a dataset of records, with the columns file, row and bad beside them.

    `concurrency` is the number of actors, or the least and the most (default: from one to one a core of the
    cluster); each takes one core. `hints` is what responses decide together (`votes`).

    Raises:
        BridleError: while the dataset is consumed, where a worker has another version of bridle.
    """
    ray = _ray()
    settings = {
        "version": __version__,
        "items": None if items is None else ray.put(items),
        "options": {
            "rules": rules,
            "model": model,
            "hints": None if hints is None else dict(hints),
        },
        "plugins": list(plugins),
    }
    most = max(1, int(ray.cluster_resources().get("CPU", 1)))
    return dataset.map_batches(
        _Scorer,
        fn_constructor_kwargs=settings,
        batch_format="pyarrow",
        batch_size=batch_size,
        concurrency=concurrency or (1, most),
        num_cpus=1,
    )


def votes(dataset: Any, *, model: str | None = None) -> dict[str, Hints]:
    """What the responses of the dataset decide together, by model: one pass that reads and counts."""
    import json

    from bridle.scoring.arrow import hints_of, votes_of

    def count(table: Any) -> Any:
        import pyarrow as pa

        told = [json.dumps(votes_of(batch, model=model)) for batch in _batches(table)]
        return pa.table({"votes": pa.array(told, type=pa.string())})

    counted = dataset.map_batches(count, batch_format="pyarrow", batch_size=BATCH)
    return hints_of([json.loads(row["votes"]) for row in counted.take_all()])


def split(scored: Any) -> tuple[Any, Any]:
    """What `score` made as two datasets: the records, and the bad rows with file, row and reason."""

    def good(table: Any) -> Any:
        return table.filter(table["bad"].is_null()).drop_columns(["bad"])

    def bad(table: Any) -> Any:
        return table.filter(table["bad"].is_valid()).select(["file", "row", "bad"])

    kept = scored.materialize()  # scored once, for both
    return tuple(kept.map_batches(part, batch_format="pyarrow") for part in (good, bad))  # type: ignore[return-value]


class _Scorer:
    """One actor: loads once, then scores block after block."""

    def __init__(
        self, version: str, items: Any, options: dict[str, Any], plugins: Sequence[str]
    ) -> None:
        refuse_other_version(version)
        from bridle import plugins as loading

        for name in plugins:
            loading.use(name)
        self.items = None if items is None else _ray().get(items)
        self.options = options

    def __call__(self, table: Any) -> Any:
        import pyarrow as pa

        from bridle.scoring.arrow import score_batch

        scored = [score_batch(b, items=self.items, **self.options) for b in _batches(table)]
        return pa.Table.from_batches(scored)


def refuse_other_version(wanted: str) -> None:
    """
    Raises:
        BridleError: this process has another version of bridle than the one that asks.
    """
    if wanted != __version__:
        raise BridleError(
            f"A worker has bridle {__version__}, the driver has {wanted}.",
            expected="one version on every node: checkers may differ",
            hint=f"pip install bridle-eval=={wanted} on the nodes, or "
            "ray.init(runtime_env={'pip': [...]})",
        )


def _batches(table: Any) -> list[Any]:
    """A table as one batch, an empty one too."""
    import pyarrow as pa

    found = table.combine_chunks().to_batches()
    return found or [pa.RecordBatch.from_pylist([], schema=table.schema)]


def _ray() -> Any:
    try:
        import ray
        import ray.data  # pyright: ignore[reportMissingImports]
    except ImportError as error:
        raise MissingExtra.of("ray", "Scoring on Ray") from error
    return ray
