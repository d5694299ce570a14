"""bridle why: the causes of one model's failures, in sentences with numbers."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("why")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--model", metavar="NAME", help="Of several models, that one.")
@click.option("--arm", metavar="NAME", help="Whose failures are divided. [default: plain]")
@click.option("--json", "as_json", is_flag=True, help="Print every figure as one JSON object.")
def command(folder: Path, model: str | None, arm: str | None, as_json: bool) -> None:
    """Say why the model of the study in DIR fails.

    Its failures are divided among causes, and the parts sum to the whole: cut off, no answer stated,
    a wrong answer, formatting alone (a program's reformat of the same answer would have obeyed),
    inability (the instruction is broken on a trivial problem too). Then what goes with failing:
    number and place of the constraints, length, correctness; and what each arm recovers at what cost.

    \b
    bridle why demo
    bridle why study --model qwen3 --json
    """
    from bridle import records
    from bridle.analysis.why import why

    found = why(records.read(folder), model=model, arm=arm)
    if as_json:
        import json

        click.echo(json.dumps(found.to_dict(), indent=1))
        return
    from bridle.cli.terminal import console
    from bridle.report.reasons import print_why

    print_why(found, console())
