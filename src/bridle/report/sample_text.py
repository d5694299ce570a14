"""One response on the terminal: prompt, thinking, answer and verdicts, what breaks a constraint marked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Span = tuple[int, int]
OPEN, CLOSE = "⟦", "⟧"
STYLE = {True: "green", False: "bold red", None: "yellow"}
WORD = {True: "obeyed", False: "broken", None: "undetermined"}


def print_sample(row: dict[str, Any], console: Console) -> None:
    """One response, whole: what was asked, what came back, how it was judged and why."""
    from rich.text import Text

    from bridle.report.untrusted import line, visible

    def heading(words: str) -> None:
        console.print(Text(f"── {words} ".ljust(72, "─"), style="bold"))

    arm = "" if row["arm"] == "plain" else f" · arm {line(row['arm'])}"
    heading(
        f"{line(row['item'])} · {line(row['model'])} · {row['condition']} constraints{arm}"
        f" · sample {row['sample']}"
    )
    console.print(Text(visible(row["prompt"])))
    if sent := json.loads(row["sent"] or "null"):
        console.print(Text(_sent(sent), style="dim"))
    tokens = row["tokens_thinking"]
    heading("thinking" + ("" if tokens is None else f", {tokens:,} tokens"))
    spans = violations(row)
    thinking, answer = row["thinking"], row["answer"]
    console.print(
        marked(thinking, spans["thinking"], console) if thinking else Text("none", style="dim")
    )
    heading("answer")
    console.print(marked(answer, spans["answer"], console) if answer else Text("none", style="dim"))
    heading("verdicts" if row["condition"] == "with" else "verdicts, though nothing was demanded")
    if row["status"] != "complete":
        why = f": {line(row['error'])}" if row["error"] else ""
        console.print(Text(f"status {row['status']}{why}", style="bold red"))
    for verdict in row["verdicts"]:
        _print_verdict(verdict, console)
    if not row["verdicts"]:
        console.print(Text("no constraints", style="dim"))
    _print_outcome(row, console)
    console.print()


def _sent(sent: dict[str, Any]) -> str:
    """The settings that the request's body held, and those it lacks though they were asked for."""
    from bridle.report.untrusted import line

    settings = ", ".join(f"{k} {v}" for k, v in sent.get("settings", {}).items())
    said = [f"sent with: {settings or 'no settings'}"]
    if sent.get("dropped"):
        said.append(f"not sent: {', '.join(sent['dropped'])}")
    if sent.get("injected"):
        said.append(f"put in by the arm: {', '.join(map(repr, sent['injected']))}")
    return line("; ".join(said), most=600)


def _print_verdict(verdict: dict[str, Any], console: Console) -> None:
    from rich.text import Text

    from bridle.constraints.not_judged import NotJudged
    from bridle.report.untrusted import line

    obeyed = verdict["obeyed"]
    judged = verdict["family"] != NotJudged.family
    params = json.loads(verdict["params"]) if judged else {}
    given = ", ".join(f"{k}={v}" for k, v in params.items() if k not in ("scope", "maths"))
    scope = "" if verdict["scope"] == "answer" else f", in {verdict['scope']}"
    text = Text.assemble(
        (f"{WORD[obeyed] if judged else 'not judged':<13}", STYLE[obeyed]),
        (line(verdict["constraint"]), "bold"),
        line(f" ({given})" if given else "", most=160),
        scope,
        "\n             ",
        line(verdict["reason"], most=400),
    )
    console.print(text)


def _print_outcome(row: dict[str, Any], console: Console) -> None:
    from rich.text import Text

    from bridle.outcomes import CORRECT
    from bridle.records.record import OURS, PUBLISHED
    from bridle.report.untrusted import line

    correct = row[CORRECT.name]
    reference = row["reference"]
    if reference is None:
        said = "no reference answer to compare with"
    elif row["found"] is None:
        said = f"no final answer was found; the reference is {line(reference, most=200)}"
    else:
        word = {True: "correct", False: "wrong", None: "undecided"}[correct]
        said = (
            f"{word}: found {line(row['found'], most=200)}, the reference is "
            f"{line(reference, most=200)} (decided by {row['equality']})"
        )
    console.print(Text(said, style=STYLE[correct]))
    console.print(" · ".join(_outcomes(row, OURS)))
    theirs = row["upstream_verdicts"]
    if theirs is not None:
        shown = ", ".join(WORD[v] if v is not None else "not to be had" for v in theirs)
        console.print(
            " · ".join([f"published rules: {shown or 'none'}", *_outcomes(row, PUBLISHED)])
        )


def _outcomes(row: dict[str, Any], judge: str) -> list[str]:
    """Every outcome of that judge that is no count, by its name."""
    from bridle.outcomes import OUTCOMES
    from bridle.records.record import typed
    from bridle.report.untrusted import line

    said: list[str] = []
    for found in row["outcomes"]:
        kind = OUTCOMES.get(found["name"])
        if found["judge"] != judge or kind is None or kind.kind == "number":
            continue
        value = typed(found)
        words = {True: "yes", False: "no", None: "–"}
        if kind.kind == "truth":
            shown = words[value]
        else:
            number = isinstance(value, float)
            shown = f"{value:.2f}" if number else line("–" if value is None else value, most=80)
        said.append(f"{found['name']} {shown}")
    return said


def violations(row: dict[str, Any]) -> dict[str, list[Span]]:
    """The spans that break a constraint, in the thinking and in the answer.

    A verdict on both points into thinking and answer as one text; `grading.located` divides its spans.
    """
    from bridle.grading import located

    found: dict[str, list[Span]] = {"thinking": [], "answer": []}
    for verdict in row["verdicts"]:
        if verdict["obeyed"] is not False:
            continue
        for start, end in verdict["evidence"] or []:
            for part, first, last in located(verdict["scope"], row["thinking"], start, end):
                found[part].append((first, last))
    return {name: merged(spans, row[name]) for name, spans in found.items()}


def merged(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans within the text, in order; those that overlap, or have blanks between, made one."""
    inside = sorted((max(0, min(s, len(text))), max(0, min(e, len(text)))) for s, e in spans)
    whole: list[Span] = []
    for start, end in inside:
        if whole and not text[whole[-1][1] : start].strip(" \t"):
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        else:
            whole.append((start, max(start, end)))
    return whole


def marked(text: str, spans: Sequence[Span], console: Console) -> Text:
    """The text fit for a terminal, its spans in colour there and in ⟦ ⟧ elsewhere.

    The text is cut at the spans first and each piece made visible, so that nothing in it can act on
    the terminal, whatever the offsets.
    """
    from rich.text import Text

    from bridle.report.untrusted import visible

    colour = console.is_terminal and not console.no_color
    shown = Text()
    at = 0
    for start, end in spans:
        shown.append(visible(text[at:start]))
        piece = visible(text[start:end])
        if not colour:
            shown.append(f"{OPEN}{piece}{CLOSE}")
        else:  # an empty place and white space would show no colour of their own
            shown.append(piece or "‸", style="bold white on red")
        at = end
    shown.append(visible(text[at:]))
    return shown
