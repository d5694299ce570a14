"""One side of a comparison from another harness's file of scores.

side_of(read_scores(path), "before", cluster="passage_id", by=["subject"])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from bridle.analysis.contrasts import Side
from bridle.errors import BridleError, DataError, nearest
from bridle.outcomes import TRUNCATED

if TYPE_CHECKING:
    from bridle.scoring.formats.scores import Scores


def side_of(
    scores: Iterable[Scores],
    name: str,
    *,
    cluster: str | None = None,
    by: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Side:
    """The rows as a side; every item is a problem of its own unless `cluster` names a fact of it.

    Raises:
        DataError: no score that is a number.
        BridleError: no item has the fact that `cluster` or `by` names.
    """
    import polars as pl

    said = list(notes)
    rows: list[dict[str, Any]] = []
    known: dict[str, None] = {}
    facts: dict[str, None] = {}
    errors = without = 0
    for score in scores:
        facts |= dict.fromkeys(score.facts)
        if score.error:
            errors += 1
            continue
        if not score.values:
            without += 1
            continue
        known |= dict.fromkeys(score.values)
        row: dict[str, Any] = {"item": score.item, "complete": score.complete, "same": score.same}
        row["cluster"] = score.item if cluster is None else score.facts.get(cluster)
        row |= {f"fact {key}": score.facts.get(key) for key in by}
        row |= {f"value {key}": value for key, value in score.values.items()}
        rows.append(row)
    if not rows:
        raise DataError(
            f"{name} holds no score that is a number.",
            expected="an Inspect log with scores, or lm-evaluation-harness's samples with metrics",
        )
    for key in (*([cluster] if cluster else []), *by):
        if key not in facts:
            near = nearest(key, facts)
            raise BridleError(
                f"{name}: no item has a {key!r}.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(list(facts)[:20]) or 'none there'}",
            )
    if errors:
        said.append(f"{name}: {errors:,} responses are errors, left out.")
    if without:
        said.append(f"{name}: {without:,} responses have no score that is a number, left out.")
    schema = {
        "item": pl.String(),
        "complete": pl.Boolean(),
        "same": pl.String(),
        "cluster": pl.String(),
    }
    schema |= {f"fact {key}": pl.String() for key in by}
    schema |= {f"value {key}": pl.Float64() for key in known}
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        cluster=pl.col("cluster").fill_null(pl.col("item")),
        truncated=(~pl.col("complete")).cast(pl.Float64),
    )
    frame = frame.rename({f"value {key}": key for key in known if key not in frame.columns})
    labels = {c: c for c in frame.columns if c in known}
    if frame["truncated"].sum():
        labels[TRUNCATED.name] = TRUNCATED.label
    frame = frame.rename({f"fact {key}": f"by {key}" for key in by})
    return Side(name, frame, labels, tuple(f"by {key}" for key in by), notes=tuple(said))
