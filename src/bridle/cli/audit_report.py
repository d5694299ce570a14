"""What `bridle audit` prints: how many rows can be satisfied, which cannot, where rules part."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from bridle.cli.terminal import width

if TYPE_CHECKING:
    from bridle.analysis.disagreements import Comparison, Parted
    from bridle.benchmarks.audit.floors import Floor
    from bridle.benchmarks.audit.rows import Audit, Finding

SHOWN = 8  # rows of a kind that are printed without --all
REASON = 200  # characters of a reason


def lines_of(
    found: Audit, compared: Comparison | None, note: str | None, *, every: bool
) -> list[str]:
    """The whole report, no line wider than 80 columns."""
    from bridle.benchmarks.audit.rows import KINDS, by_kind

    size = f"{_many(found.rows, 'row')}, {_many(found.constraints, 'constraint')}"
    lines = [f"{found.benchmark}: {size}"]
    lines += _wrapped(f"Note: {note}.") if note else []
    lines += ["", *_counts(found)]
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
    if compared is not None:
        lines += ["", *_partings(compared, every)]
    lines += ["", *_floors([f for f in found.floors if f.rules == "ours"], "our rules")]
    if found.has_upstream:
        lines += ["", *_floors([f for f in found.floors if f.rules != "ours"], "upstream's rules")]
    return lines


def _counts(found: Audit) -> list[str]:
    """Rows by what is known of them; each row stands in one line of each column."""
    columns = ["ours", "upstream"] if found.has_upstream else ["ours"]
    unable = {c: len(found.unsatisfiable(c)) for c in columns}  # pyright: ignore[reportArgumentType]
    open_ = {c: len(found.open(c)) for c in columns}  # pyright: ignore[reportArgumentType]
    able = {c: found.rows - unable[c] - open_[c] for c in columns}
    lines = [f"{'Rows':40}" + "".join(f"{c:>10}" for c in columns)]
    for words, count in (
        ("satisfied by a text that was found", able),
        ("that no answer can satisfy, proved", unable),
        ("open: neither such a text nor a proof", open_),
    ):
        lines.append(f"  {words:38}" + "".join(f"{count[c]:10}" for c in columns))
    if malformed := found.malformed():
        lines.append(f"  {'that cannot be read, beside these':38}{len(malformed):10}")
    return lines


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _wrapped(text: str, indent: str = "", more: str = "    ") -> list[str]:
    return textwrap.wrap(text, width(), initial_indent=indent, subsequent_indent=more)


def _row(finding: Finding) -> list[str]:
    names, reason = " + ".join(finding.constraints), _plain(finding.reason)
    told = "; ".join(t for t in (names, reason) if t)
    return _wrapped(f"{_plain(finding.item)}  {told}", "  ")


def _plain(text: str) -> str:
    """Words of a file on one line, fit for a terminal."""
    from bridle.report.untrusted import line

    return line(text, most=REASON)


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


# -- where the rules part ----------------------------------------------------------------------------


def _partings(compared: Comparison, every: bool) -> list[str]:
    from bridle.analysis.disagreements import by_instruction

    parted, verdicts = len(compared.parted), compared.verdicts
    share = f" ({100 * parted / verdicts:.1f} %)" if verdicts else ""
    names = ", ".join(Path(file).name for file in compared.files)
    lines = _wrapped(
        f"{_many(compared.responses, 'response')} of {_plain(names)}: our rules and upstream's part "
        f"on {parted:,} of {_many(verdicts, 'verdict')}{share}"
    )
    unfinished = {s: n for s, n in compared.statuses.items() if s != "complete"}
    if unfinished:
        told = ", ".join(f"{n:,} {status}" for status, n in sorted(unfinished.items()))
        lines += _wrapped(f"not complete, so undetermined by ours: {told}", "  ")
    if compared.without_upstream:
        told = _many(compared.without_upstream, "verdict")
        lines += _wrapped(f"not compared, since upstream's rules give none: {told}", "  ")
    if compared.bad:
        lines += _wrapped(f"rows that could not be scored: {len(compared.bad):,}", "  ")
        lines += [
            w for bad in compared.bad[:SHOWN] for w in _wrapped(_plain(bad), "    ", "      ")
        ]
    if not parted:
        return lines
    types = [t for t in by_instruction(compared) if t[1].parted]
    head = f"  {'obeyed by one rule alone':46}{'part':>6}{'of':>6}{'ours':>7}{'upstream':>10}"
    lines += ["", head]
    for name, count, _ in types:
        cells = f"{count.parted:6}{count.verdicts:6}{count.only_ours:7}{count.only_upstream:10}"
        lines.append(f"  {name:46}{cells}")
    for name, _, those in types:
        lines += ["", name]
        for one in those if every else those[:SHOWN]:
            lines += _parted(one)
        if not every and len(those) > SHOWN:
            lines.append(f"  and {len(those) - SHOWN} more: --all")
    return lines


def _parted(one: Parted) -> list[str]:
    ours = {True: "obeyed", False: "broken", None: "undetermined"}[one.ours]
    upstream = "obeyed" if one.upstream else "broken"
    place = one.item if one.sample is None else f"{one.item}#{one.sample}"
    text = f"{_plain(place)}  ours {ours}, upstream's {upstream}: {_plain(one.reason)}"
    return _wrapped(text, "  ")


# -- the floor ---------------------------------------------------------------------------------------


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
