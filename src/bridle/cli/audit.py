"""bridle audit: the rows of a benchmark that nobody can satisfy, and what trivial answers earn."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bridle.benchmarks.audit import Audit, Finding, Floor

WIDTH = 80
SHOWN = 8  # rows of a kind that are printed without --all


@click.command("audit")
@click.argument("benchmark", metavar="BENCHMARK")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder with the benchmark's files; without it they are downloaded.",
)
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="The first N rows, spread evenly."
)
@click.option("--seed", type=int, default=0, help="For items that are generated.")
@click.option("--all", "every", is_flag=True, help="Print every row of every finding.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(
    benchmark: str, data: Path | None, limit: int | None, seed: int, every: bool, as_json: bool
) -> None:
    """Find the rows of BENCHMARK that no answer can satisfy, and why; and the floor.

    A row can be satisfied when there is a text that obeys all its constraints and states the
    reference answer in \\boxed{}. The floor is what an answer earns that takes no reading.

    Exits with 1 if there are rows that nobody can satisfy.

    \b
    bridle audit mathif
    bridle audit mathif --data DIR --json
    """
    from bridle import benchmarks
    from bridle.benchmarks.audit import audit

    loaded = benchmarks.load(benchmark, data=data, limit=limit, seed=seed)
    found = audit(loaded)
    if as_json:
        import dataclasses
        import json

        summary = {"unsatisfiable": {"ours": found.unsatisfiable("ours")}}
        if _has_upstream(found):
            summary["unsatisfiable"]["upstream"] = found.unsatisfiable("upstream")
        click.echo(json.dumps(dataclasses.asdict(found) | summary, ensure_ascii=False))
    else:
        click.echo("\n".join(_report(found, every)))
    sys.exit(1 if found.unsatisfiable("ours") else 0)


def _has_upstream(found: Audit) -> bool:
    return any(f.rules == "upstream" for f in found.floors)


def _report(found: Audit, every: bool) -> list[str]:
    from bridle.benchmarks.audit import KINDS, by_kind

    both = _has_upstream(found)
    ours, theirs = found.unsatisfiable("ours"), found.unsatisfiable("upstream")
    lines = [
        f"{found.benchmark}: {_many(found.rows, 'row')}, {_many(found.constraints, 'constraint')}",
        "",
        f"Rows that no answer can satisfy, by our rules      {len(ours):4}",
    ]
    if both:
        lines.append(f"                             by upstream's rules   {len(theirs):4}")
    for kind, findings in by_kind(found.findings).items():
        lines += ["", *_wrapped(f"{kind} ({len(findings)}): {KINDS[kind]}")]
        if not any(f.constraints or f.reason for f in findings):
            lines += _wrapped(_places([f.item for f in findings]), "  ")
            continue
        shown = findings if every or kind == "conflict" else findings[:SHOWN]
        for finding in shown:
            lines += _row(finding)
        if len(shown) < len(findings):
            lines.append(f"  and {len(findings) - len(shown)} more: --all")
    lines += ["", *_floors([f for f in found.floors if f.rules == "ours"], "our rules")]
    if both:
        lines += ["", *_floors([f for f in found.floors if f.rules != "ours"], "upstream's rules")]
    return lines


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent, subsequent_indent="    ")


def _row(finding: Finding) -> list[str]:
    names = " + ".join(finding.constraints)
    reason = " ".join(finding.reason.split())
    reason = reason if len(reason) <= 200 else reason[:199] + "…"
    return _wrapped(f"{finding.item}  " + "; ".join(t for t in (names, reason) if t), "  ")


def _places(ids: list[str]) -> str:
    """`gsm8k_single:1, 2, 3` and so on, neighbours drawn together: `gsm8k_single:1-3`."""
    runs: list[tuple[str, int, int]] = []
    others: list[str] = []
    for item in ids:
        file, _, line = item.rpartition(":")
        if not line.isdecimal():
            others.append(item)
        elif runs and runs[-1][0] == file and runs[-1][2] == int(line) - 1:
            runs[-1] = (file, runs[-1][1], int(line))
        else:
            runs.append((file, int(line), int(line)))
    return ", ".join([f"{f}:{a}" + (f"-{b}" if b > a else "") for f, a, b in runs] + others)


def _floors(floors: list[Floor], rules: str) -> list[str]:
    sources = list(dict.fromkeys(f.source for f in floors))
    lines = [
        f"The floor by {rules}, in %: SAcc, HAcc" + (", HAcc by source" if sources[1:] else ""),
        f"{'answer':20}{'SAcc':>6}{'HAcc':>6}" + "".join(f"{s[:8]:>9}" for s in sources[1:]),
    ]
    for answer in dict.fromkeys(f.answer for f in floors):
        row = {f.source: f for f in floors if f.answer == answer}
        cells = f"{answer:20}{_percent(row['all'].soft)}{_percent(row['all'].hard)}"
        lines.append(cells + "".join(f"{_percent(row[s].hard):>9}" for s in sources[1:]))
    return lines


def _percent(share: float | None) -> str:
    return "     –" if share is None else f"{100 * share:6.2f}"
