"""bridle score: grade responses that something else generated."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from bridle.cli import terminal
from bridle.cli.terminal import say

if TYPE_CHECKING:
    from bridle.analysis.summary import Summary
    from bridle.records import Record
    from bridle.scoring.bulk import Done
    from bridle.scoring.formats import Bad, BadRows
    from bridle.scoring.score import Scored, Scoring


MUCH = 256 * 2**20  # bytes of files from which on all cores are used unasked


@click.command("score")
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option(
    "--items",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The items that were asked, if the rows do not hold them: found by key, else by prompt, else by line.",
)
@click.option(
    "--model",
    metavar="LABEL",
    help="The model of every row. [default: the row's own, else the file's name if there are several]",
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
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Score in N processes, into DIR/records/, a file a shard; killed, the same command goes on. "
    "[default: one a core from 256 MB of files on, with --out]",
)
@click.option(
    "--on",
    type=click.Choice(["processes", "ray"]),
    default="processes",
    show_default=True,
    help="Who scores: processes of this machine, or actors of a Ray cluster (extra 'ray').",
)
@click.option(
    "--address",
    metavar="ADDRESS",
    help="The Ray cluster: auto, HOST:6379 or ray://HOST:10001. [default: one is started here]",
)
def command(
    files: tuple[Path, ...],
    items: Path | None,
    model: str | None,
    rules: str,
    out: Path | None,
    as_json: bool,
    workers: int | None,
    on: str,
    address: str | None,
) -> None:
    """Grade the responses in FILE…: JSON lines (also .gz, .zst), a JSON list, CSV, Parquet, Inspect
    logs, what lm-evaluation-harness, lighteval, verifiers and TRL write, batches of OpenAI,
    Anthropic and Gemini; or a folder of them. docs/scoring.md shows each.

    A row holds the response (response, output, completion, messages, …; a text, a chat, or a list of
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
    bridle score rollouts/ --workers 8 --out scored
    bridle score batch_output.jsonl --items items.jsonl --json > verdicts.jsonl
    """
    from bridle.errors import BridleError, MissingExtra

    try:
        import polars  # noqa: F401  # pyright: ignore[reportUnusedImport]
        import scipy  # noqa: F401  # pyright: ignore[reportUnusedImport, reportMissingTypeStubs]
    except ImportError as error:
        raise MissingExtra.of("tables", "bridle score") from error
    from bridle import records
    from bridle.analysis.summary import summarise
    from bridle.scoring.formats import Bad, BadRows, files_of, read_items
    from bridle.scoring.score import Scoring, nothing_scored, refuse_missing

    remote = any(records.url_of(place) for place in (*files, *([out] if out else [])))
    if not remote:
        files = tuple(files_of(files))
        refuse_missing(files)
    if rules == "upstream":
        _say_what_is_missing()
    if address is not None and on != "ray":
        raise BridleError("--address names a Ray cluster.", hint=f"--on ray --address {address}")
    if (
        remote
        or on == "ray"
        or workers is not None
        or (out is not None and not as_json and _is_much(files))
    ):
        how = {"workers": workers, "on": on, "address": address}
        _in_bulk(files, items, model, rules, out, how, as_json=as_json)
        return
    book = None if items is None else read_items(items)
    scoring = Scoring(items=book, rules=rules, model=model)
    about: dict[str, Any] = {
        "command": "score",
        "files": [str(f) for f in files],
        "items": None if items is None else str(items),
        "model": model,
        "rules": rules,
    }
    bad = BadRows()
    with ExitStack() as stack:
        if out is not None:
            _refuse_other_study(out, about)
        folder = out or Path(stack.enter_context(TemporaryDirectory(prefix="bridle-")))
        with records.Writer(folder / records.FILE_NAME, about=about) as writer:
            for result in _all(scoring, files):
                if isinstance(result, Bad):
                    bad.add(result)
                    continue
                writer.add(result.record)
                if as_json:
                    click.echo(
                        json.dumps(shape(result, rules=rules, files=len(files)), default=str)
                    )
            for text in bad.lines():
                say(f"bridle: {text}", err=True)
            if not writer.count:
                raise nothing_scored(bad.first)
            writer.planned = scoring.planned
            writer.about["bad_rows"] = bad.count
            writer.about["voted"] = scoring.voted
        table = records.read(folder, texts=False)
    summary = summarise([table], rules=rules)
    _print(summary, scoring, bad, files, as_json=as_json)
    if out is not None:
        say(f"Records: {out / records.FILE_NAME}; next: bridle report {out}", err=as_json)
    if bad.count or summary.errors == summary.records:
        sys.exit(1)


def _is_much(files: tuple[Path, ...]) -> bool:
    return sum(path.stat().st_size for path in files) >= MUCH


def _in_bulk(
    files: tuple[Path, ...],
    items: Path | None,
    model: str | None,
    rules: str,
    out: Path | None,
    how: dict[str, Any],
    *,
    as_json: bool,
) -> None:
    """Score in several processes; the folder resumes, and is in parts."""
    from bridle import plugins, records
    from bridle.analysis.summary import summarise
    from bridle.cli.progress import ScoreProgress
    from bridle.errors import BridleError
    from bridle.scoring.bulk import score_into
    from bridle.scoring.score import nothing_scored

    if as_json:
        raise BridleError(
            "--json prints responses in their order, --workers scores them out of it.",
            expected="one of both",
            hint="--workers N --out DIR, then bridle report DIR --json",
        )
    with ExitStack() as stack:
        folder = out or Path(stack.enter_context(TemporaryDirectory(prefix="bridle-")))
        watch = stack.enter_context(ScoreProgress())
        done = score_into(
            files, folder, items=items, rules=rules, model=model, plugins=plugins.USED,
            watch=watch, **how,
        )  # fmt: skip
        for text in done.bad.lines():
            say(f"bridle: {text}", err=True)
        if not done.records:
            raise nothing_scored(done.bad.first)
        table = records.read(folder, texts=False)
    summary = summarise([table], rules=rules)
    _print(summary, done, done.bad, files, as_json=False)
    if out is not None:
        many = "1 file" if done.shards == 1 else f"{done.shards:,} files"
        where = records.url_of(out) or out
        say(f"Records: {where}/records ({many}); next: bridle report {where}")
    if done.bad.count or summary.errors == summary.records:
        sys.exit(1)


def _print(
    summary: Summary,
    scoring: Scoring | Done,
    bad: BadRows,
    files: tuple[Path, ...],
    *,
    as_json: bool,
) -> None:
    """What `bridle report` prints, behind lines that say what was there and what was left out."""
    from bridle.report.figures import plural
    from bridle.report.printed import print_summary

    lead: list[str] = []
    if lost := scoring.planned - summary.records:
        of = f"{lost:,} of {plural(scoring.planned, 'response')}"
        lead.append(f"{of} could not be scored ({plural(bad.count, 'bad row')}).")
    statuses = ", ".join(f"{n:,} {name}" for name, n in summary.statuses.items())
    lead.append(f"{plural(summary.records, 'response')} scored: {statuses}.")
    if scoring.matched_by_line:
        lead.append("Items were found by line: the rows have neither a key nor a prompt.")
    for name, n in scoring.repeated.items():
        lead.append(
            f"Passed over: {plural(n, 'repetition')} of responses under the filter {name!r}."
        )
    console = terminal.console(err=as_json)
    print_summary(summary, console, names=[str(f) for f in files], lead=lead)


def _all(scoring: Scoring, files: tuple[Path, ...]) -> Iterator[Scored | Bad]:
    from bridle.scoring.score import labels

    for path, label in labels(files).items():
        yield from scoring.file(path, model=label)


def _say_what_is_missing() -> None:
    from bridle.benchmarks import published as upstream

    missing = sorted({p for name in upstream.BENCHMARKS for p in upstream.missing_packages(name)})
    if missing:
        say(
            f"bridle: without {', '.join(missing)} some published verdicts cannot be had; "
            "pip install 'bridle-eval[upstream]'",
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
    if not records.is_table(out):
        return
    if (out / records.SCORE).exists():
        raise DataError(
            f"{out} holds a table in parts, of bridle score --workers.",
            expected="a new folder, or --workers to go on with it",
            hint=hint,
        )
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
    from bridle.outcomes import CORRECT, HARD, SOFT

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
        **{
            kind.name: getattr(record, f"upstream_{kind.name}" if upstream else kind.name)
            for kind in (HARD, SOFT)
        },
        CORRECT.name: record.correct,
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
