"""bridle compare: two models, checkpoints, arms, studies, or other harnesses' logs, on the same items."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bridle.analysis.contrasts import Side

Chosen = tuple[str, ...]


@click.command("compare")
@click.argument("paths", nargs=-1, required=True, metavar="A [B]", type=click.Path(path_type=Path))
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
@click.option("--json", "as_json", is_flag=True, help="Print every figure as one JSON object.")
def command(
    paths: tuple[Path, ...],
    of_a: Chosen,
    of_b: Chosen,
    outcome: str | None,
    margin: float,
    cluster: str | None,
    by: Chosen,
    gates: Chosen,
    brief: bool,
    as_json: bool,
) -> None:
    """Compare B with A item by item: paired differences, and who gained and lost.

    A and B are folders of studies or two files of scores: Inspect logs (.eval) or the samples of
    lm-evaluation-harness, of any task. One folder alone is compared with itself: name the two sides
    by --a and --b.

    Exits with 1 only if a --fail-if is true beyond doubt: its whole 95 % interval lies beyond the
    limit. Where the data cannot tell, that is said, and the code is 0.

    \b
    bridle compare before after
    bridle compare study --a arm=plain --b arm=reminder --fail-if "correct drops > 2"
    bridle compare old.eval new.eval --cluster passage_id
    """
    from bridle.analysis.compare import compare, gate
    from bridle.errors import BridleError

    if not paths or len(paths) > 2 or (len(paths) == 1 and not (of_a or of_b)):
        raise BridleError(
            f"{len(paths)} path{'s' * (len(paths) != 1)} cannot be compared.",
            expected="two, or one study with --a and --b",
            hint="bridle compare A B, or bridle compare DIR --a arm=plain --b arm=reminder",
        )
    limits = [gate(text) for text in gates]
    if not 0 <= margin <= 100:
        raise BridleError(f"A margin of {margin:g} points is not possible.", expected="0 to 100")
    chosen = [_pairs(of_a, "--a"), _pairs(of_b, "--b")]
    given = list(paths)
    both = (given[0], given[-1])
    a, b = (_side(path, where, cluster, by) for path, where in zip(both, chosen, strict=True))
    compared = compare(a, b, margin=margin / 100, primary=outcome)
    judged = [limit.judge(compared) for limit in limits]
    if as_json:
        import json

        verdicts = [
            {"gate": g.text, "failed": v, "says": s}
            for g, (v, s) in zip(limits, judged, strict=True)
        ]
        shown = compared.to_dict() | {"gates": verdicts}
        click.echo(json.dumps(_finite(shown), indent=1))
    else:
        from bridle.cli.terminal import console, say
        from bridle.report.compared import print_comparison

        print_comparison(compared, console(), brief=brief)
        for _, said in judged:
            say(said)
    if any(failed for failed, _ in judged):
        sys.exit(1)


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


def _side(path: Path, where: dict[str, str], cluster: str | None, by: Chosen) -> Side:
    from bridle import records
    from bridle.analysis.compare import side
    from bridle.errors import BridleError
    from bridle.scoring.formats.scores import Scores, is_scored, read_scores

    name = str(path) + "".join(f" · {value}" for value in where.values())
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
