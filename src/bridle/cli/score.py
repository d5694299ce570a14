"""bridle score: grade responses that something else generated."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bridle.cli import terminal
from bridle.cli.terminal import say

if TYPE_CHECKING:
    from bridle.records import Record, Writer
    from bridle.runs.formats import Bad
    from bridle.runs.score import Scored, Scoring
    from bridle.runs.tally import Tally

MOST_BAD = 20  # reported one by one; the rest is counted
MOST_TYPES = 30


@click.command("score")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--items",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The items that were asked, if the rows do not hold them: found by key or id, else by line.",
)
@click.option(
    "--rules",
    default="ours",
    show_default=True,
    metavar="ours|upstream",
    help="Whose verdicts count; upstream is the benchmark's published code.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write DIR/records.parquet, which bridle report and bridle show read.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each response.")
def command(
    files: tuple[Path, ...], items: Path | None, rules: str, out: Path | None, as_json: bool
) -> None:
    """Grade the responses in FILE…: JSON lines (also .gz, .zst), Parquet, an Inspect .eval log,
    lm-evaluation-harness samples_*.jsonl, or an OpenAI batch output.

    A row holds the response (response, output, responses or completion; a text, or a list of
    samples), if known thinking, finish_reason and model, and the item in MathIF's fields, IFEval's,
    or ours:

    \b
    {"question": "What is 2+2?", "answer": "4", "response": "It is 4.",
     "constraints": [{"type": "words", "at_most": 300}]}

    A row with "condition": "without" answers the prompt without the constraints: the floor. A row that cannot be read is reported with its line and counted; the rest is scored.

    Exits with 1 if there were such rows, with 2 if nothing could be scored.

    \b
    bridle score responses.jsonl
    bridle score logs/2025-05-20_mathif.eval --out scored && bridle report scored
    bridle score batch_output.jsonl --items items.jsonl --json > verdicts.jsonl
    """
    from bridle.errors import BridleError, MissingExtra

    try:
        import polars  # noqa: F401  # pyright: ignore[reportUnusedImport]
        import scipy  # noqa: F401  # pyright: ignore[reportUnusedImport, reportMissingTypeStubs]
    except ImportError as error:
        raise MissingExtra.of("tables", "bridle score") from error
    from bridle import records
    from bridle.runs.formats import Bad, read_items
    from bridle.runs.score import Scoring, nothing_scored
    from bridle.runs.tally import Tally

    scoring = Scoring(items=None if items is None else read_items(items), rules=rules)
    if rules == "upstream":
        _say_what_is_missing()
    tally = Tally()
    about: dict[str, Any] = {
        "command": "score",
        "files": [str(f) for f in files],
        "items": None if items is None else str(items),
        "rules": rules,
    }
    first_bad: list[Bad] = []
    with ExitStack() as stack:
        writer: Writer | None = None
        if out is not None:
            _refuse_other_study(out, about)
            writer = stack.enter_context(records.Writer(out / records.FILE_NAME, about=about))
        for result in _all(scoring, files):
            if isinstance(result, Bad):
                tally.bad(result)
                first_bad = first_bad or [result]
                if tally.bad_rows <= MOST_BAD:
                    say(f"bridle: {result}", err=True)
                continue
            tally.add(result.record)
            if writer is not None:
                writer.add(result.record)
            if as_json:
                click.echo(json.dumps(shape(result, rules=rules, files=len(files)), default=str))
        if not tally.responses:
            raise nothing_scored(first_bad)
        if writer is not None:
            writer.planned = scoring.planned
            writer.about["bad_rows"] = tally.bad_rows
    if tally.bad_rows > MOST_BAD:
        say(f"bridle: … and {tally.bad_rows - MOST_BAD:,} more bad rows", err=True)
    if rules == "upstream" and tally.rate("upstream_hard") is None and not as_json:
        raise BridleError(
            "None of these responses has published rules.",
            expected="rows in MathIF's or IFEval's fields",
            hint="leave out --rules upstream",
        )
    print_tally(tally, scoring, as_json=as_json)
    if out is not None:
        say(f"Records: {out / records.FILE_NAME}; next: bridle report {out}", err=as_json)
    if tally.bad_rows:
        sys.exit(1)


def _all(scoring: Scoring, files: tuple[Path, ...]) -> Iterator[Scored | Bad]:
    for path in files:
        yield from scoring.file(path)


def _say_what_is_missing() -> None:
    from bridle import upstream

    missing = sorted({p for name in upstream.BENCHMARKS for p in upstream.missing_packages(name)})
    if missing:
        say(
            f"bridle: without {', '.join(missing)} some published verdicts cannot be had; "
            "pip install 'bridle[upstream]'",
            err=True,
        )


def _refuse_other_study(out: Path, about: dict[str, Any]) -> None:
    """A folder that holds something else stays as it is; scoring the same files again is welcome."""
    from bridle import records
    from bridle.errors import DataError

    hint = "name another folder with --out"
    if (out / "study.json").exists():
        raise DataError(f"{out} holds a study of bridle run.", expected="a new folder", hint=hint)
    if out.is_file():
        raise DataError(f"{out} is a file.", expected="a folder", hint=hint)
    if not (out / records.FILE_NAME).exists():
        return
    there = records.read(out).about
    same = ("command", "files", "items")
    if any(there.get(name) != about[name] for name in same):
        raise DataError(
            f"{out} holds the records of other files: {', '.join(map(str, there.get('files', [])))}.",
            expected="a new folder, or one with records of the same files",
            hint=hint,
        )


# -- one object a response --------------------------------------------------------------------------


def shape(scored: Scored, *, rules: str, files: int = 1) -> dict[str, Any]:
    """What --json prints for one response; `sample` and `file` where there are several."""
    record = scored.record
    upstream = rules == "upstream"
    shaped: dict[str, Any] = {"row": scored.number}
    if files > 1:
        shaped = {"file": scored.file, **shaped}
    if scored.sample is not None:
        shaped["sample"] = scored.sample
    verdicts = _published(record) if upstream else record.verdicts
    wanted = ("constraint", "obeyed", "observed", "wanted", "evidence", "reason")
    return {
        **shaped,
        "status": record.status,
        "verdicts": [{name: verdict[name] for name in wanted} for verdict in verdicts],
        "hard": record.upstream_hard if upstream else record.hard,
        "soft": record.upstream_soft if upstream else record.soft,
        "correct": record.correct,
    }


def _published(record: Record) -> list[dict[str, Any]]:
    """The published rules' verdicts, which have no evidence; ours stand in the reason."""
    theirs = record.upstream_verdicts
    if theirs is None:
        theirs = [None] * len(record.verdicts)
    words = {True: "obeyed", False: "broken", None: "not to be had here"}
    return [
        {
            **ours,
            "obeyed": obeyed,
            "observed": None,
            "evidence": [],
            "reason": f"by the published rules: {words[obeyed]}; by ours: {ours['reason']}",
        }
        for ours, obeyed in zip(record.verdicts, theirs, strict=True)
    ]


# -- the summary ------------------------------------------------------------------------------------


def print_tally(tally: Tally, scoring: Scoring, *, as_json: bool) -> None:
    """The end of a scoring for people: what was there, what was not judged, the rates."""
    from rich.table import Table

    def say(text: str) -> None:
        terminal.say(text, err=as_json)

    if scoring.planned > tally.responses:
        lost = f"{scoring.planned - tally.responses:,} of {_count(scoring.planned, 'response')}"
        say(f"{lost} could not be scored ({_count(tally.bad_rows, 'bad row')}).")
    statuses = ", ".join(f"{n:,} {name}" for name, n in tally.statuses.most_common())
    say(f"{_count(tally.responses, 'response')} scored: {statuses}.")
    for name, n in scoring.repeated.items():
        say(f"passed over: {_count(n, 'repetition')} of responses under the filter {name!r}")
    for name, n in tally.not_judged.most_common():
        say(f"not judged: {name} {_count(n, 'row')} (no constraint type here is its like)")
    if tally.incomplete:
        rest = "in no HAcc; SAcc counts the others"
        say(f"with an instruction not judged: {_count(tally.incomplete, 'response')}, {rest}.")
    if tally.undecided:
        say(f"undecided whether right: {_count(tally.undecided, 'answer')}, in no rate.")
    table = Table(box=None, pad_edge=False)
    for heading, side in (("", "left"), ("%", "right"), ("95 % interval", "left"), ("n", "right")):
        table.add_column(heading, justify=side)  # pyright: ignore[reportArgumentType]
    upstream = scoring.rules == "upstream"
    rows = {
        **(
            {"HAcc, published rules": "upstream_hard", "SAcc, published rules": "upstream_soft"}
            if upstream
            else {}
        ),
        ("HAcc, our rules" if upstream else "HAcc"): "hard",
        ("SAcc, our rules" if upstream else "SAcc"): "soft",
        "correct": "correct",
        "joint": "joint",
    }
    for label, name in rows.items():
        _add(table, label, tally.rate(name))
    if tally.types:
        table.add_section()
    by_n = sorted(tally.types.items(), key=lambda pair: (-len(pair[1].obeyed.values), pair[0]))
    for name, count in by_n[:MOST_TYPES]:
        open_ = f" ({count.undetermined:,} undetermined)" if count.undetermined else ""
        _add(table, f"  {name}{open_}", count.obeyed.rate(name))
    terminal.console(err=as_json).print(table)
    if len(by_n) > MOST_TYPES:
        say(
            f"  … and {len(by_n) - MOST_TYPES} types more; --out DIR and bridle report DIR show all."
        )
    if upstream:
        say(f"Our verdicts and the published ones part on {_count(tally.parted, 'response')}.")


def _count(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def _add(table: Any, label: str, rate: Any) -> None:
    from rich.text import Text

    if rate is None:
        return
    interval = f"[{100 * rate.low:.1f}, {100 * rate.high:.1f}]"
    table.add_row(Text(_plain(label)), f"{100 * rate.value:.1f}", Text(interval), f"{rate.n:,}")


def _plain(text: str) -> str:
    """Words of a file, fit for a terminal."""
    from bridle.report.untrusted import visible

    return visible(text)
