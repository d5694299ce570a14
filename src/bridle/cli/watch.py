"""bridle watch: a training run over its checkpoints: what rises, falls, turns, and where to stop."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bridle.analysis.watch import Watch


@click.command("watch")
@click.argument("run", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--proxy", metavar="NAME", help="What the training optimises: reward, correct, …")
@click.option(
    "--gold",
    multiple=True,
    metavar="NAME",
    help="What is wanted. Repeatable. [default: all there are]",
)
@click.option(
    "--x",
    "axis",
    default="step",
    show_default=True,
    metavar="AXIS",
    help="step, tokens, or kl (√KL: columns kl or logratio).",
)
@click.option(
    "--only",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Of a table with several runs: the rows of one, such as --only arm=rl. Repeatable.",
)
@click.option(
    "--shared", "only_shared", is_flag=True, help="Only the items that are at every step."
)
@click.option(
    "--fail-if",
    "gates",
    multiple=True,
    metavar='"OUTCOME drops > POINTS"',
    help="Exit with 1 if the trend over the run shows it.",
)
@click.option(
    "--append",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Add a line of JSON for each checkpoint that the file lacks.",
)
@click.option(
    "--figures",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write the curves as SVG, PNG, PDF and Vega-Lite.",
)
@click.option("--json", "as_json", is_flag=True, help="Print every figure as one JSON object.")
def command(
    run: Path,
    proxy: str | None,
    gold: tuple[str, ...],
    axis: str,
    only: tuple[str, ...],
    only_shared: bool,
    gates: tuple[str, ...],
    append: Path | None,
    figures: Path | None,
    as_json: bool,
) -> None:
    """Watch a training run: every outcome over its checkpoints, on the same items.

    DIR is a folder of studies, one a checkpoint and named by its step (step-100, step-200), or a table
    (.parquet, .csv, .jsonl) with the columns step, item and any outcomes. Run it again as checkpoints
    come: those that are not whole yet are left out, and said.

    A rise or a fall is that of a trend over all checkpoints, a turn that of a two-slope test with a
    cross-fitted peak; never of the best checkpoint against the last.

    \b
    bridle watch runs/grpo --proxy correct --gold joint --gold hard
    bridle watch run.parquet --fail-if "joint drops > 3" --append watch.jsonl
    """
    from bridle.analysis.gate import change_limit
    from bridle.analysis.run_table import read_only, read_run, shared
    from bridle.analysis.watch import judge, watch

    limits = [change_limit(text) for text in gates]
    found = read_run(run, only=read_only(only))
    if only_shared:
        found = shared(found)
    watched = watch(found, proxy=proxy, gold=gold, axis=axis)
    verdicts = [judge(limit, watched) for limit in limits]
    if append is not None:
        _append(append, watched)
    if figures is not None:
        from bridle.report.charts.files import write_charts
        from bridle.report.charts.training import of_watch

        write_charts(of_watch(watched), figures)
    if as_json:
        judged = [
            {"gate": limit.text, "failed": failed, "says": says}
            for limit, (failed, says) in zip(limits, verdicts, strict=True)
        ]
        click.echo(json.dumps(watched.to_dict() | {"gates": judged}, indent=1))
    else:
        from bridle.cli.terminal import console, say
        from bridle.report.watched import print_watch

        print_watch(watched, console())
        for _, says in verdicts:
            say(says)
    if any(failed for failed, _ in verdicts):
        sys.exit(1)


def _append(path: Path, watched: Watch) -> None:
    """A line for each step that the file lacks.

    Raises:
        DataError: the file is another's.
    """
    from bridle.errors import DataError

    there: set[float] = set()
    try:
        lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        for line in lines:
            row = json.loads(line)
            row["outcomes"]  # a trainer's own log has steps, too
            there.add(float(row["step"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise DataError(
            f"{path} is no file of bridle watch.",
            expected="one JSON object with a step a line, or no file yet",
            hint="--append ANOTHER.jsonl",
        ) from None
    rows: dict[float, dict[str, Any]] = {}
    for line in watched.lines:
        for point in line.points:
            row = rows.setdefault(point.step, {"step": point.step, "x": point.x, "outcomes": {}})
            row["outcomes"][line.outcome] = {
                "level": point.level.to_dict(),
                "change": None if point.change is None else point.change.to_dict(),
            }
    with path.open("a", encoding="utf-8") as file:
        for step in sorted(rows):
            if step not in there:
                file.write(json.dumps(rows[step]) + "\n")
