"""A study as Inspect logs (`.eval`), written from its graded replies: for `inspect view`, and to score again.

    with Logs(folder, "crossed") as logs:
        logs.add(item, turn, record)

One log a model, arm and condition; a sample is a graded turn with its scores. The zip is written here, entry
by entry as samples come: Inspect's own writer keeps them all in memory and starts a pool of threads for each
to compress it (2 ms a sample). Entries: header.json, samples/ID_epoch_N.json, summaries.json.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from inspect_ai.log import (
    EvalConfig,
    EvalDataset,
    EvalError,
    EvalLog,
    EvalMetric,
    EvalResults,
    EvalSample,
    EvalScore,
    EvalSpec,
    EvalStats,
)
from inspect_ai.model import (
    ChatCompletionChoice,
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageUser,
    ContentReasoning,
    ContentText,
    ModelOutput,
    ModelUsage,
)
from inspect_ai.scorer import Score

from bridle.benchmarks.item_rows import fields_of
from bridle.calls import Turn
from bridle.inspect_bridge.inputs import chat_message
from bridle.outcomes import OUTCOMES
from bridle.records.record import clean
from bridle.version import __version__

if TYPE_CHECKING:
    from bridle.benchmarks.item import Item
    from bridle.records import Record

STOP: Mapping[str | None, Any] = {"length": "max_tokens", "content_filter": "content_filter"}
Key = tuple[str, str, str]  # model, arm with its factors, condition


class Logs:
    """The logs of one study, written as its records come; each appears when all of them are whole."""

    def __init__(self, folder: Path, benchmark: str) -> None:
        self.folder = folder
        self.benchmark = benchmark
        self._open: dict[Key, _Log] = {}

    def __enter__(self) -> Logs:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        for log in self._open.values():
            if kind is None:
                log.finish(self.benchmark)
            else:
                log.drop()

    def add(self, item: Item, turn: Turn, record: Record) -> None:
        """One graded turn; `item` is the turn as an item of one."""
        levels = ",".join(f"{k}={v}" for k, v in record.factors.items())
        key = (record.model, record.arm + (f":{levels}" if levels else ""), record.condition)
        if key not in self._open:
            name = _file_name("-".join([self.benchmark, *key]))
            self._open[key] = _Log(self.folder / f"{name}.eval", key)
        self._open[key].add(_sample(item, turn, record))


class _Log:
    """One log while it is written."""

    def __init__(self, path: Path, key: Key) -> None:
        self.path = path
        self.key = key
        self.draft = path.with_suffix(".part")
        self.zip = zipfile.ZipFile(self.draft, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.summaries: list[str] = []
        self.sums: dict[str, tuple[float, int]] = {}

    def add(self, sample: EvalSample) -> None:
        name = f"samples/{sample.id}_epoch_{sample.epoch}.json"
        self.zip.writestr(name, sample.model_dump_json(exclude_none=True))
        self.summaries.append(sample.summary().model_dump_json(exclude_none=True))
        for score in (sample.scores or {}).values():
            assert isinstance(score.value, dict)
            for outcome, value in score.value.items():
                if isinstance(value, float):
                    total, count = self.sums.get(outcome, (0.0, 0))
                    self.sums[outcome] = (total + value, count + 1)

    def drop(self) -> None:
        self.zip.close()
        self.draft.unlink(missing_ok=True)

    def finish(self, benchmark: str) -> None:
        model, arm, condition = self.key
        now = datetime.now(UTC).isoformat(timespec="seconds")
        count = len(self.summaries)
        log = EvalLog(
            version=2,
            status="success",
            eval=EvalSpec(
                created=now,
                task=f"{benchmark}-{condition}",
                dataset=EvalDataset(name=benchmark, samples=count),
                model=model,
                config=EvalConfig(),
                packages={"bridle-eval": __version__},
                metadata={"arm": arm, "condition": condition},
            ),
            stats=EvalStats(started_at=now, completed_at=now),
            results=EvalResults(
                total_samples=count,
                completed_samples=count,
                scores=[
                    EvalScore(
                        name=outcome,
                        scorer="judged",
                        metrics={"rate": EvalMetric(name="rate", value=total / n)},
                        scored_samples=n,
                    )
                    for outcome, (total, n) in self.sums.items()
                ],
            ),
        )
        start = {"version": 2, "eval": json.loads(log.eval.model_dump_json(exclude_none=True))}
        self.zip.writestr("_journal/start.json", json.dumps({**start, "plan": {}}))
        self.zip.writestr("summaries.json", f"[{','.join(self.summaries)}]")
        self.zip.writestr(
            "header.json", log.model_dump_json(exclude={"samples"}, exclude_none=True)
        )
        self.zip.close()
        self.draft.replace(self.path)


def _sample(item: Item, turn: Turn, record: Record) -> EvalSample:
    place = f"#{record.turn}{record.fork and ':' + record.fork}"
    place = "" if place == "#0" else place
    asked: list[ChatMessage] = [ChatMessageUser(content=clean(record.prompt))]
    if turn.last.asked().messages:
        asked = [chat_message(clean(m)) for m in turn.last.asked().messages]
    metadata = fields_of(item, record.condition)  # pyright: ignore[reportArgumentType]
    metadata["item"] = record.item + place
    error = None
    if record.error is not None:
        error = EvalError(message=clean(record.error), traceback="", traceback_ansi="")
    answer = _answer(turn)
    output = ModelOutput(
        model=record.model,
        choices=[
            ChatCompletionChoice(message=answer, stop_reason=STOP.get(record.finish_reason, "stop"))
        ],
        usage=_usage(record),
        time=record.latency_s,
    )
    return EvalSample(
        id=record.item + place,
        epoch=record.sample + 1,
        input=asked,
        target=item.problem.answer or "",
        messages=[*asked, answer],
        output=output,
        metadata=clean(metadata),
        scores={"judged": score_of(record)} if error is None else {},
        error=error,
    )


def _answer(turn: Turn) -> ChatMessageAssistant:
    last = turn.last
    if len(turn.pieces) == 1 and last.reasoning:
        thought = ContentReasoning(reasoning=clean(last.reasoning))
        return ChatMessageAssistant(content=[thought, ContentText(text=clean(last.raw))])
    text = "".join(p.text for p in turn.pieces if p.author != "item")
    return ChatMessageAssistant(content=clean(text))


def _usage(record: Record) -> ModelUsage | None:
    if record.tokens_in is None or record.tokens_out is None:
        return None
    return ModelUsage(
        input_tokens=record.tokens_in,
        output_tokens=record.tokens_out,
        total_tokens=record.tokens_in + record.tokens_out,
        reasoning_tokens=record.tokens_thinking,
    )


def score_of(record: Record) -> Score:
    """The outcomes of a record as one score of Inspect's; a value that there is not is left out."""
    values: dict[str, Any] = {}
    for name, kind in OUTCOMES.items():
        value = getattr(record, name)
        if value is not None and kind.kind != "text":
            values[name] = float(value)
    reasons = [f"{v['constraint']}: {v['reason']}" for v in record.verdicts]
    return Score(
        value=values,
        answer=clean(record.found or record.answer),
        explanation=clean("\n".join([f"status: {record.status}", *reasons])),
        metadata={"status": record.status},
    )


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._=-]+", "_", name)[:150]
