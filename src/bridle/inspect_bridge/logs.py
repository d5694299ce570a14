"""A study as Inspect logs (`.eval`), written from its graded replies: for `inspect view`, and to score again.

    with Logs(folder, "crossed") as logs:
        logs.add(item, turn, record)

One log a model, arm and condition; a sample is a graded turn with its scores. A log of more than
`MOST` samples is continued in a further one, so that memory stays flat.
"""

from __future__ import annotations

import re
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
    write_eval_log,
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
from bridle.inspect_bridge.calls import chat_message
from bridle.outcomes import OUTCOMES
from bridle.version import __version__

if TYPE_CHECKING:
    from bridle.benchmarks.item import Item
    from bridle.records import Record

MOST = 5_000  # samples of one log
STOP: Mapping[str | None, Any] = {"length": "max_tokens", "content_filter": "content_filter"}


class Logs:
    """The logs of one study, written as its records come."""

    def __init__(self, folder: Path, benchmark: str) -> None:
        self.folder = folder
        self.benchmark = benchmark
        self._samples: dict[tuple[str, ...], list[EvalSample]] = {}
        self._parts: dict[tuple[str, ...], int] = {}

    def __enter__(self) -> Logs:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is None:
            for key in list(self._samples):
                self._write(key)

    def add(self, item: Item, turn: Turn | None, record: Record) -> None:
        """One graded turn; `item` is the turn as an item of one."""
        levels = ",".join(f"{k}={v}" for k, v in record.factors.items())
        key = (record.model, record.arm + (f":{levels}" if levels else ""), record.condition)
        held = self._samples.setdefault(key, [])
        held.append(_sample(item, turn, record))
        if len(held) >= MOST:
            self._write(key)

    def _write(self, key: tuple[str, ...]) -> None:
        samples = self._samples.pop(key, [])
        if not samples:
            return
        part = self._parts[key] = self._parts.get(key, 0) + 1
        model, arm, condition = key
        now = datetime.now(UTC).isoformat(timespec="seconds")
        name = "-".join([self.benchmark, *key, str(part)])
        log = EvalLog(
            status="success",
            eval=EvalSpec(
                created=now,
                task=f"{self.benchmark}-{condition}",
                dataset=EvalDataset(name=self.benchmark, samples=len(samples)),
                model=model,
                config=EvalConfig(),
                packages={"bridle": __version__},
                metadata={"arm": arm, "condition": condition},
            ),
            stats=EvalStats(started_at=now, completed_at=now),
            results=EvalResults(
                total_samples=len(samples), completed_samples=len(samples), scores=_scores(samples)
            ),
            samples=samples,
        )
        write_eval_log(log, str(self.folder / f"{_file_name(name)}.eval"), format="eval")


def _sample(item: Item, turn: Turn | None, record: Record) -> EvalSample:
    place = f"#{record.turn}{record.fork and ':' + record.fork}" if turn is not None else ""
    place = "" if place == "#0" else place
    asked: list[ChatMessage] = [ChatMessageUser(content=record.prompt)]
    if turn is not None and turn.last.asked().messages:
        asked = [chat_message(m) for m in turn.last.asked().messages]
    metadata = fields_of(item, record.condition)  # pyright: ignore[reportArgumentType]
    metadata["item"] = record.item + place
    error = None
    if record.error is not None:
        error = EvalError(message=record.error, traceback="", traceback_ansi="")
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
        metadata=metadata,
        scores={"judged": score_of(record)} if error is None else {},
        error=error,
    )


def _answer(turn: Turn | None) -> ChatMessageAssistant:
    if turn is None:
        return ChatMessageAssistant(content="")
    last = turn.last
    if len(turn.pieces) == 1 and last.reasoning:
        parts = [ContentReasoning(reasoning=last.reasoning), ContentText(text=last.raw)]
        return ChatMessageAssistant(content=parts)
    return ChatMessageAssistant(content="".join(p.text for p in turn.pieces if p.author != "item"))


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
        answer=record.found or record.answer,
        explanation="\n".join([f"status: {record.status}", *reasons]),
        metadata={"status": record.status},
    )


def _scores(samples: list[EvalSample]) -> list[EvalScore]:
    """For the log's header: the mean of each outcome over the samples that have it."""
    found: dict[str, list[float]] = {}
    for sample in samples:
        for score in (sample.scores or {}).values():
            assert isinstance(score.value, dict)
            for name, value in score.value.items():
                if isinstance(value, float):
                    found.setdefault(name, []).append(value)
    return [
        EvalScore(
            name=name,
            scorer="judged",
            metrics={"rate": EvalMetric(name="rate", value=sum(v) / len(v))},
            scored_samples=len(v),
        )
        for name, v in found.items()
    ]


def _file_name(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._=-]+", "_", name)[:150]
