"""One sample as the page shows it when it is opened: texts with their marks, verdicts with reasons."""

from __future__ import annotations

import json
from typing import Any

from bridle.grading import located
from bridle.outcomes import OUTCOMES
from bridle.records.record import OURS, typed
from bridle.report.samples.prompts import stated
from bridle.report.untrusted import Mark, line, marked, visible

MOST = 100_000  # characters of one text; `bridle show` prints the rest
MOST_ERROR = 4_000
ARM = 0  # the number of the marks on what an arm wrote into the turn


def texts(row: dict[str, Any], bare: str | None) -> dict[str, Any]:
    """The record as the script shows it; `bare` is the prompt without the constraints, where known."""
    thinking, answer = row["thinking"] or "", row["answer"] or ""
    verdicts: list[dict[str, Any]] = row["verdicts"] or []
    theirs: list[bool | None] = row["upstream_verdicts"] or []
    marks: dict[str, list[Mark]] = {"thinking": [], "answer": []}
    for number, verdict in enumerate(verdicts):
        if verdict["obeyed"] is False:  # evidence of what is right is no fault to be marked
            for start, end in verdict["evidence"] or ():
                for part, first, last in located(verdict["scope"], thinking, start, end):
                    marks[part].append(Mark(first, last, number))
    prompt = row["prompt"] or ""
    asked = [(verdict["constraint"], verdict["params"]) for verdict in verdicts]
    found: dict[str, Any] = {
        "prompt": _text(prompt, [] if row["bare"] else stated(prompt, asked, bare)),
        "thinking": _text(thinking, marks["thinking"]),
        "answer": _text(answer, marks["answer"]),
        "checks": [
            {
                "ours": verdict["obeyed"],
                "theirs": theirs[number] if number < len(theirs) else None,
                "wanted": line(verdict["wanted"] or "", most=300),
                "observed": _observed(verdict["observed"]),
                "reason": line(verdict["reason"] or "", most=600),
            }
            for number, verdict in enumerate(verdicts)
        ],
        "facts": _facts(row),
    }
    if row["upstream_verdicts"] is not None:
        found["judged_twice"] = True
    for name in ("reference", "found"):
        found[name] = None if row[name] is None else line(row[name], most=600)
    if row["error"]:
        found["error"] = visible(row["error"][:MOST_ERROR])
    if row["raw"]:
        written = [
            Mark(start, end, ARM)
            for start, end, who in json.loads(row["authors"] or "[]")
            if who != "model"
        ]
        found["raw"] = _text(row["raw"], written)
    return found


def _text(text: str, marks: list[Mark]) -> dict[str, Any]:
    shown = marked(text, marks, most=MOST)
    found: dict[str, Any] = {"text": shown.text}
    if shown.marks:
        found["marks"] = shown.marks
    if shown.left_out:
        found["left_out"] = shown.left_out
    return found


def _facts(row: dict[str, Any]) -> list[list[str]]:
    """[what, value] of the smaller things that are known of a response."""
    facts: list[tuple[str, Any]] = [
        ("status", row["status"].replace("_", " ")),
        ("finish reason", row["finish_reason"]),
        ("tokens in", row["tokens_in"]),
        ("tokens of thinking", row["tokens_thinking"]),
        ("tokens of the answer", row["tokens_answer"]),
        ("seconds", None if row["latency_s"] is None else round(row["latency_s"], 2)),
        ("final answer found", row["found_how"]),
        ("equality decided by", row["equality"]),
        ("thinking told from answer by", row["read_how"]),
        ("steps of the arm", row["steps"] if row["steps"] > 1 else None),
    ]
    for outcome in row["outcomes"] or ():
        kind = OUTCOMES.get(outcome["name"])
        if outcome["judge"] == OURS and kind is not None and not kind.always:
            facts.append((kind.label, typed(outcome)))
    sent = json.loads(row["sent"] or "null") or {}
    settings: dict[str, Any] = sent.get("settings") or {}
    facts.append(("sent with", ", ".join(f"{k} {v}" for k, v in settings.items()) or None))
    facts.append(("asked for and not sent", ", ".join(map(str, sent.get("dropped") or ())) or None))
    return [[what, line(str(value), most=400)] for what, value in facts if value is not None]


def _observed(text: str | None) -> str:
    """The table holds what was observed as JSON; a string is shown without its quotes."""
    if text is None:
        return ""
    try:
        value = json.loads(text)
    except ValueError:
        return line(text, most=300)
    return "" if value is None else line(value if isinstance(value, str) else text, most=300)
