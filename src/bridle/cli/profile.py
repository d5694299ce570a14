"""bridle profile: what the probes of a model say together, on a terminal and as a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bridle.analysis.probes.base import Finding
    from bridle.analysis.profile import Change, Profile

ARROWS = {"higher": "↑", "lower": "↓", "neither": ""}


@click.command("profile")
@click.argument("folders", nargs=-1, required=True, metavar="DIR...", type=click.Path(path_type=Path))  # fmt: skip
@click.option("--model", "models", multiple=True, metavar="NAME", help="Only these, in this order.")
@click.option("--page", type=click.Path(path_type=Path), metavar="FILE", help="Write the profile as a page, with charts.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(
    folders: tuple[Path, ...], models: tuple[str, ...], page: Path | None, as_json: bool
) -> None:
    """Print the listening profile of a model from its probes; two beside each other, paired.

    DIR is the folder of bridle probe all, or of one probe. Obedience, correctness and tokens stand together, every
    figure has its interval and, where there is one, its floor; there is no single grade.

    \b
    bridle probe all --model openai/gpt-5 --size smoke --out before
    bridle profile before --page profile.html
    bridle profile before after
    """
    from bridle.analysis.profile import beside, profiles
    from bridle.errors import BridleError, nearest

    found = profiles(folders)
    for name in models:
        if name not in {p.model for p in found}:
            near = nearest(name, [p.model for p in found])
            raise BridleError(
                f"No probe was put to the model {name!r}.",
                expected=f"did you mean {near!r}?" if near else None,
            )
    if models:
        found = [p for name in models for p in found if p.model == name]
    pair = beside(found[0], found[1]) if len(found) == 2 else []
    if page is not None:
        from bridle.report.profile_page import write_profile

        write_profile(found, pair, page)
    if as_json:
        made = {"profiles": [p.to_dict() for p in found], "beside": [c.to_dict() for c in pair]}
        click.echo(json.dumps(made, indent=1))
        return
    from bridle.cli.terminal import say

    for profile in found:
        _print(profile)
    if pair:
        _print_pair(found[0], found[1], pair)
    if page is not None:
        say(f"The page: {page}")


def _print(profile: Profile) -> None:
    from bridle.cli.terminal import say

    say(f"\nListening profile of {profile.model}")
    say(f"{profile.joint.label}: {profile.joint.words()}; {profile.price.label}: {profile.price.words()}\n")  # fmt: skip
    rows = [
        (t.probe, _short(t.obeyed), _short(t.correct), _short(t.tokens), _short(t.cut), _short(t.unread))
        for t in profile.threes
    ]  # fmt: skip
    _table(("probe", "obeyed", "correct", "tokens", "cut off", "unreadable"), rows)
    say("")
    last = ""
    lines: list[tuple[str, ...]] = []
    for line in profile.lines:
        name = line.probe if line.probe != last else ""
        last = line.probe
        floor = _short(line.floor) if line.floor is not None else ""
        lines.append((name, line.finding.label.strip(), line.finding.words(), ARROWS[line.better], floor))  # fmt: skip
    _table(("probe", "what", "figure", "better", "floor or ceiling"), lines)
    if profile.plane is not None:
        tool, partner = (100 * e.value for e in profile.plane)
        say(f"\nTool or partner: reads literally in {tool:.0f} % when it is called a tool, in {partner:.0f} % when a partner (no side is the right one).")  # fmt: skip
    for reading in profile.readings:
        say(f"\n{reading.probe}: {reading.sentence}")


def _print_pair(first: Profile, second: Profile, pair: list[Change]) -> None:
    from bridle.cli.terminal import say
    from bridle.statistics import Estimate

    say(f"\n{second.model} minus {first.model}\n")
    rows: list[tuple[str, ...]] = []
    for change in pair:
        d = change.difference
        word = _words(d) if isinstance(d, Estimate) else str(d)
        clear = isinstance(d, Estimate) and (d.low > 0 or d.high < 0)
        way = ""
        if clear and change.better != "neither" and isinstance(d, Estimate):
            way = "better" if (d.value > 0) is (change.better == "higher") else "worse"
        rows.append((change.probe, change.label.strip(), word, way, "paired" if change.paired else "unpaired"))  # fmt: skip
    _table(("probe", "what", "difference", "", ""), rows)


def _words(found: Any) -> str:
    scale = 100 if found.unit == "points" else 1
    value, low, high = (
        f"{scale * x:+.1f}" if scale == 100 else f"{x:+.3g}"
        for x in (found.value, found.low, found.high)
    )
    return f"{value} {found.unit} [{low} to {high}]"


def _short(finding: Finding) -> str:
    found = finding.estimate
    if found is None:
        return "-"
    if found.unit == "share":
        return f"{100 * found.value:.0f} [{100 * found.low:.0f}, {100 * found.high:.0f}]"
    return f"{found.value:.3g} [{found.low:.3g}, {found.high:.3g}]"


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    from rich.table import Table
    from rich.text import Text

    from bridle.cli.terminal import console
    from bridle.report.untrusted import visible

    table = Table(box=None, pad_edge=False)
    for head in heads:
        table.add_column(head)
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    console().print(table)
