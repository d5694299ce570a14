"""bridle sample: some items of a benchmark, with a text that obeys each of them."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bridle.cli.terminal import say


@click.command("sample")
@click.argument("benchmark", default="crossed")
@click.option("--limit", type=click.IntRange(min=1), default=3, show_default=True, metavar="N")
@click.option("--seed", type=int, default=0, show_default=True, help="For generated items.")
@click.option("--data", type=click.Path(path_type=Path), help="The benchmark's file or folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object an item.")
def command(benchmark: str, limit: int, seed: int, data: Path | None, as_json: bool) -> None:
    """Look at the first items of a benchmark: what is asked, and a text that obeys (the witness).

    \b
    bridle sample crossed:problems=rates+ages,difficulty=4,constraints=0-3
    bridle sample my_rules.yaml
    """
    from bridle import benchmarks
    from bridle.benchmarks.manifest import lines
    from bridle.constraints import Conflict, witness

    items = benchmarks.load(benchmark, limit=limit, seed=seed, data=data).items
    for item, line in zip(items, lines(items), strict=True):
        text = witness(item.constraints, item.problem.answer, language=item.problem.language)
        why = str(text) if isinstance(text, Conflict) else None
        if as_json:
            found = {"witness": None if why else text, "conflict": why}
            click.echo(json.dumps({**json.loads(line), **found}))
            continue
        rules = ", ".join(f"{c.name} ({c.skill})" for c in item.constraints) or "none"
        click.echo(click.style(item.id, bold=True))
        for ask in item.asks:
            say(ask.prompt)
        say(f"answer       {item.problem.answer or 'no reference'}")
        say(f"constraints  {rules}")
        say(f"witness      {why or text}\n")
