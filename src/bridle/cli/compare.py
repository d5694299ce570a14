"""bridle compare: two models, checkpoints, arms, studies, or other harnesses' logs, on the same items."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bridle.cli.shapes import SCHEMA, shown_as

if TYPE_CHECKING:
    from bridle.analysis.compare import Comparison
    from bridle.analysis.contrasts import Side
    from bridle.analysis.gate import Change

Chosen = tuple[str, ...]


@click.command("compare")
@click.argument("paths", nargs=-1, required=True, metavar="[NAME=]A [[NAME=]B]")
@click.option(
    "--a",
    "of_a",
    multiple=True,
    metavar="KEY=VALUE",
    help="Only these records of A: model, arm, benchmark, source, group, condition or a factor.",
)
@click.option("--b", "of_b", multiple=True, metavar="KEY=VALUE", help="The same for B.")
@click.option(
    "--outcome", metavar="NAME", help="The primary outcome. [default: joint, or the first there is]"
)
@click.option(
    "--margin",
    default=2.0,
    show_default=True,
    metavar="POINTS",
    help="Differences within it are alike.",
)
@click.option(
    "--cluster", metavar="KEY", help="Of a log: what items share that are no independent problems."
)
@click.option(
    "--by",
    multiple=True,
    metavar="KEY",
    help="Of a log: what to split by (metadata or a field of doc).",
)
@click.option(
    "--fail-if",
    "gates",
    multiple=True,
    metavar='"OUTCOME drops > POINTS"',
    help="Exit with 1 if the data show it.",
)
@click.option("--brief", is_flag=True, help="The outcomes alone, no slices.")
@shown_as
def command(
    paths: tuple[str, ...],
    of_a: Chosen,
    of_b: Chosen,
    outcome: str | None,
    margin: float,
    cluster: str | None,
    by: Chosen,
    gates: Chosen,
    brief: bool,
    shape: str | None,
) -> None:
    """Compare B with A item by item: paired differences, and who gained and lost.

    A and B are folders of studies or two files of scores: Inspect logs (.eval) or the samples of
    lm-evaluation-harness, of any task. One folder alone is compared with itself: name the two sides
    by --a and --b.

    Exits with 1 only if a --fail-if is true beyond doubt (its whole 95 % interval lies beyond the
    limit), or a study with a gate lacks planned records. Where the data cannot tell, that is said,
    and the code is 0.

    \b
    bridle compare before after
    bridle compare study --a arm=plain --b arm=reminder --fail-if "correct drops > 2"
    bridle compare old.eval new.eval --cluster passage_id
    """
    from bridle.analysis.compare import compare
    from bridle.analysis.gate import change_limit
    from bridle.analysis.labels import named
    from bridle.errors import BridleError

    if not paths or len(paths) > 2 or (len(paths) == 1 and not (of_a or of_b)):
        raise BridleError(
            f"{len(paths)} path{'s' * (len(paths) != 1)} cannot be compared.",
            expected="two, or one study with --a and --b",
            hint="bridle compare A B, or bridle compare DIR --a arm=plain --b arm=reminder",
        )
    limits = [change_limit(text) for text in gates]
    if not 0 <= margin <= 100:
        raise BridleError(f"A margin of {margin:g} points is not possible.", expected="0 to 100")
    chosen = [_pairs(of_a, "--a"), _pairs(of_b, "--b")]
    labels = named(paths)
    given = [path for _, path in labels]
    both = (labels[0], labels[-1])
    a, b = (
        _side(path, label, where, cluster, by)
        for (label, path), where in zip(both, chosen, strict=True)
    )
    compared = compare(a, b, margin=margin / 100, primary=outcome)
    judged = [limit.judge(compared) for limit in limits]
    lacking = [path for path in dict.fromkeys(given) if limits and _missing(path)]
    if shape is None:
        from bridle.cli.terminal import console, say
        from bridle.report.compared import print_comparison

        print_comparison(compared, console(), brief=brief)
        for _, said in judged:
            say(said)
        for path in lacking:
            say(f"{path} lacks planned records: no gate passes.")
    else:
        click.echo(_export(shape, compared, limits, judged, lacking), nl=False)
    if lacking or any(failed for failed, _ in judged):
        sys.exit(1)


def _missing(path: Path) -> int:
    """Planned records that a study lacks; a log of another harness says nothing of its plan."""
    from bridle import records
    from bridle.scoring.formats.scores import is_scored

    return 0 if is_scored(path) else records.read(path, texts=False).missing


def _export(
    shape: str,
    compared: Comparison,
    limits: list[Change],
    judged: list[tuple[bool | None, str]],
    lacking: list[Path],
) -> str:
    if shape == "json":
        import json

        verdicts = [
            {"gate": g.text, "failed": v, "says": s}
            for g, (v, s) in zip(limits, judged, strict=True)
        ]
        head = {"schema": SCHEMA, "kind": "compare"}
        shown = head | compared.to_dict() | {"gates": verdicts, "missing_in": [*map(str, lacking)]}
        return json.dumps(_finite(shown), indent=1) + "\n"
    if shape == "csv":
        from bridle.analysis.flat import CONTRAST, contrasts
        from bridle.report.exports.spreadsheet import to_csv

        return to_csv(contrasts(compared), CONTRAST)
    if shape == "junit":
        from bridle.report.exports.junit import Case, to_junit

        cases = [
            Case("records", f"all planned records are in {path}", False, "some are missing")
            for path in lacking
        ]
        cases += [
            Case("change", g.text, not v, s) for g, (v, s) in zip(limits, judged, strict=True)
        ]
        return to_junit(f"bridle compare {compared.a} {compared.b}", cases)
    from bridle.report.compared import sentences
    from bridle.report.exports.grids import of_comparison
    from bridle.report.exports.latex import to_latex
    from bridle.report.exports.markdown import to_markdown

    write = to_markdown if shape == "markdown" else to_latex
    heads = [f"A: {compared.a}. B: {compared.b}.", *compared.notes, *sentences(compared)]
    return write(heads, of_comparison(compared))


def _pairs(given: Chosen, option: str) -> dict[str, str]:
    from bridle.errors import BridleError

    found: dict[str, str] = {}
    for text in given:
        key, sign, value = text.partition("=")
        if not sign or not key:
            raise BridleError(
                f"{option} {text!r} is not understood.", expected="KEY=VALUE, such as arm=plain"
            )
        found[key] = value
    return found


def _side(
    path: Path, label: str | None, where: dict[str, str], cluster: str | None, by: Chosen
) -> Side:
    from bridle import records
    from bridle.analysis.compare import side
    from bridle.errors import BridleError
    from bridle.scoring.formats.scores import Scores, is_scored, read_scores

    name = (label or str(path)) + "".join(f" · {value}" for value in where.values())
    if not is_scored(path):
        if cluster or by:
            raise BridleError(
                f"--cluster and --by are for other harnesses' logs; {path} is a study.",
                expected="nothing: a study knows its problems",
            )
        return side(records.read(path, texts=False), name, where=where)
    if where:
        raise BridleError(f"{path} is a log: --a and --b choose among the records of a study.")
    from bridle.analysis.scored import side_of

    bad: list[str] = []

    def good() -> Iterator[Scores]:
        for row in read_scores(path):
            if isinstance(row, Scores):
                yield row
            else:
                bad.append(str(row))

    found = side_of(good(), name, cluster=cluster, by=by)
    if bad:
        more = f" and {len(bad) - 1:,} more" if len(bad) > 1 else ""
        found = replace(found, notes=(*found.notes, f"Left out: {bad[0]}{more}."))
    return found


def _finite(value: object) -> object:
    """NaN, which JSON has no sign for, as null."""
    if isinstance(value, dict):
        return {key: _finite(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(v) for v in value]
    return None if isinstance(value, float) and value != value else value
