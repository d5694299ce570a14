"""The scores that another harness gave: an Inspect log, or lm-evaluation-harness's samples, of any task.

    for row in read_scores(Path("samples_gsm8k.jsonl")):
        Scores(item="12", sample=0, same="9f…", values={"exact_match,strict-match": 1.0}, facts={…})
        or Bad(file=…, number=2, reason="not JSON: …")

Nothing is judged anew: what counts is what the harness wrote. A score that is no number (a judge's
essay) is left out.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bridle.errors import DataError
from bridle.scoring.formats import inspect_log
from bridle.scoring.formats.given import Bad, Row
from bridle.scoring.formats.lines import read_lines

ZIP, PARQUET = b"PK", b"PAR1"
# Inspect's letters: correct, incorrect, partial, no answer
LETTERS = {"C": 1.0, "I": 0.0, "P": 0.5, "N": 0.0}
WORDS = {"true": 1.0, "false": 0.0, "yes": 1.0, "no": 0.0}
# what an lm-evaluation-harness row holds besides its metrics
NO_METRIC = {
    "doc_id", "doc", "target", "arguments", "resps", "filtered_resps", "filter", "metrics",
    "doc_hash", "prompt_hash", "target_hash", "model", "model_name", "task", "task_name", "sample_id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scores:
    """What one response was given."""

    item: str
    sample: int
    same: str  # equal for equal questions
    values: Mapping[str, float]
    complete: bool = True
    error: bool = False
    facts: Mapping[str, str] = field(default_factory=dict[str, str])


def is_scored(path: Path) -> bool:
    """Whether the file may hold another harness's scores: a zip, or JSON lines."""
    return path.is_file() and not _head(path).startswith(PARQUET)


def read_scores(path: Path) -> Iterator[Scores | Bad]:
    """The scores of a file, row by row.

    Raises:
        DataError: the file cannot be read.
    """
    head = _head(path)
    if head.startswith(ZIP):
        for number, sample in inspect_log.samples(path):
            yield sample if isinstance(sample, Bad) else _of_inspect(str(path), number, sample)
        return
    turns: dict[tuple[str, str], int] = {}
    for row in read_lines(path, head):
        if isinstance(row, Bad):
            yield row
            continue
        found = _of_lm_eval(row)
        if isinstance(found, Scores):  # repeats of one document under one filter are its samples
            key = found.item, str(row.fields.get("filter"))
            sample = turns[key] = turns.get(key, -1) + 1
            found = Scores(found.item, sample, found.same, found.values, facts=found.facts)
        yield found


def _of_inspect(file: str, number: int, sample: Mapping[str, Any]) -> Scores | Bad:
    name = sample.get("id")
    if not isinstance(name, str | int):
        return Bad(file, number, "a sample without an id")
    values: dict[str, float] = {}
    scores = sample.get("scores")
    for scorer, score in scores.items() if isinstance(scores, Mapping) else ():
        value = score.get("value") if isinstance(score, Mapping) else None
        if isinstance(value, Mapping):
            many = {f"{scorer}.{key}": number_of(v) for key, v in value.items()}
        else:
            many = {str(scorer): number_of(value)}
        values |= {key: v for key, v in many.items() if v is not None}
    epoch = sample.get("epoch")
    metadata = sample.get("metadata")
    facts = metadata if isinstance(metadata, Mapping) else {}
    return Scores(
        item=str(name),
        sample=epoch - 1 if isinstance(epoch, int) and epoch > 0 else 0,
        same=_hash([_asked(sample.get("input")), sample.get("target")]),
        values=values,
        complete=_stop(sample) not in ("max_tokens", "model_length"),
        error=sample.get("error") is not None,
        facts=_facts(facts),
    )


def _asked(given: Any) -> Any:
    """The chat without what differs from run to run (ids of messages)."""
    if not isinstance(given, list):
        return given
    return [
        [m.get("role"), m.get("content")] if isinstance(m, Mapping) else m
        for m in given  # pyright: ignore[reportUnknownVariableType]
    ]


def _stop(sample: Mapping[str, Any]) -> str | None:
    output = sample.get("output")
    choices = output.get("choices") if isinstance(output, Mapping) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    return first.get("stop_reason") if isinstance(first, Mapping) else None


def _of_lm_eval(row: Row) -> Scores | Bad:
    fields = row.fields
    name = fields.get("doc_id")
    if name is None or isinstance(name, Mapping | list):
        return Bad(
            row.file, row.number, "no doc_id: a row of lm-evaluation-harness's samples has one"
        )
    metrics = fields.get("metrics")
    names = metrics if isinstance(metrics, list) else [k for k in fields if k not in NO_METRIC]
    filtered = fields.get("filter")
    after = f",{filtered}" if isinstance(filtered, str) and filtered not in ("none", "") else ""
    values = {f"{key}{after}": number_of(fields.get(str(key))) for key in names}
    doc = fields.get("doc")
    facts = _facts(doc if isinstance(doc, Mapping) else {})
    task = fields.get("task_name") or fields.get("task")
    if isinstance(task, str):
        facts["task"] = task
    same = fields.get("doc_hash")
    return Scores(
        item=f"{task} {name}" if isinstance(task, str) else str(name),
        sample=0,
        same=same if isinstance(same, str) else _hash([doc, fields.get("target")]),
        values={key: v for key, v in values.items() if v is not None},
        facts=facts,
    )


def number_of(value: Any) -> float | None:
    """A score as a number: truth values, letters, numbers, means of lists of these; else None."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, int | float):
        return float(value) if abs(value) < 1e15 and math.isfinite(value) else None
    if isinstance(value, str):
        if value in LETTERS:
            return LETTERS[value]
        if value.lower() in WORDS:
            return WORDS[value.lower()]
        try:
            return number_of(float(value)) if len(value) < 40 else None
        except ValueError:
            return None
    if isinstance(value, list) and value:
        many = [number_of(v) for v in value[:10_000] if not isinstance(v, list)]
        known = [v for v in many if v is not None]
        return sum(known) / len(known) if len(known) == len(value) else None
    return None


def _facts(given: Mapping[Any, Any]) -> dict[str, str]:
    """What a row says of its item in a word: what a cluster or a slice may be made of."""
    return {
        str(key): str(value)
        for key, value in given.items()
        if isinstance(value, str | int | float) and len(str(value)) <= 200
    }


def _hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(16)
    except OSError as error:
        raise DataError(
            f"{path} cannot be read: {error.strerror or error}.",
            expected="an Inspect log (.eval), lm-evaluation-harness's samples, or a study's folder",
        ) from error
