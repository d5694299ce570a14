"""bridle explain: check a text against constraints and mark what breaks them."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bridle.constraints import Constraint, Verdict


@click.command("explain")
@click.argument("file", metavar="FILE")
@click.option(
    "--constraint",
    "-c",
    "specs",
    multiple=True,
    required=True,
    metavar="SPEC",
    help="NAME, NAME:PARAMETER=VALUE,… (a list is split at |), or a JSON object.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each constraint.")
def command(file: str, specs: tuple[str, ...], as_json: bool) -> None:
    """Check the text in FILE (- reads the standard input) and mark the evidence.

    Where the text has a thinking part (<think>…</think>), constraints judge the part of their scope.
    Exits with 1 when a constraint is not obeyed.

    \b
    bridle explain answer.txt -c words:at_most=300 -c no_comma
    bridle explain answer.txt -c 'keywords:keywords=sum|total'
    bridle explain answer.txt -c '{"type": "end_phrase", "phrase": "Yes, done."}'
    """
    rules = [constraint_of(spec) for spec in specs]
    parts = parts_of(text_of(file))
    judged = [(rule, parts[rule.scope], rule.check(parts[rule.scope])) for rule in rules]
    for rule, text, verdict in judged:
        if as_json:
            click.echo(json.dumps({**verdict.to_dict(), "spec": rule.spec()}))
        else:
            _print(rule, text, verdict)
    if not all(verdict.obeyed is True for _, _, verdict in judged):
        raise SystemExit(1)


def text_of(file: str) -> str:
    """The text of a file, or of the standard input; what is not UTF-8 is replaced.

    Raises:
        DataError: the file cannot be read.
    """
    from bridle.errors import DataError

    if file == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    try:
        return Path(file).read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise DataError(
            f"{file} cannot be read: {error.strerror}.",
            expected="a text file, or - for the standard input",
        ) from None


def parts_of(raw: str) -> dict[str, str]:
    """The text that constraints of each scope judge."""
    from bridle.grading import judged_text
    from bridle.responses import read_response

    response = read_response(raw)
    if response.dialect == "none":
        return {"answer": raw, "thinking": "", "both": raw}
    both = judged_text("both", response.thinking, response.answer)
    return {"answer": response.answer, "thinking": response.thinking, "both": both}


def constraint_of(spec: str) -> Constraint:
    """The constraint that a command line names: `words:at_most=300`, or JSON.

    Raises:
        ConstraintError: it is not readable, or there is no such constraint.
    """
    from bridle.constraints import from_spec
    from bridle.constraints.peers import peers
    from bridle.constraints.registry import REGISTRY, known_as, make
    from bridle.errors import ConstraintError

    if spec.lstrip().startswith("{"):
        try:
            return from_spec(json.loads(spec))
        except json.JSONDecodeError as error:
            raise ConstraintError(
                f"{spec!r} is not JSON: {error.msg} at character {error.pos}.",
                expected='an object, as {"type": "words", "at_most": 300}',
            ) from None
    name, _, rest = spec.strip().partition(":")
    name = name.strip()
    cls = REGISTRY.get(known_as(name))
    if spec in peers():
        raise ConstraintError(
            f"{spec!r} is a peer's name.",
            expected=f"its type here: {peers()[spec].type}",
            hint="bridle list constraints",
        )
    types = {f.name: str(f.type) for f in dataclasses.fields(cls)} if cls else {}
    own = next((t for t in types if t not in ("scope", "maths")), "parameter")
    params: dict[str, Any] = {}
    for pair in rest.split(",") if rest else []:
        key, equals, value = pair.partition("=")
        if not equals:
            raise ConstraintError(
                f"{pair!r} in {spec!r} is not PARAMETER=VALUE.",
                expected=f"{name}:PARAMETER=VALUE; a text with a comma needs JSON",
                hint=f'\'{{"type": "{name}", "{own}": …}}\'',
            )
        if key.strip() in params:
            raise ConstraintError(
                f"{key.strip()!r} stands twice in {spec!r}.", expected="each parameter once"
            )
        params[key.strip()] = _value(value, types.get(key.strip(), ""))
    return make(name, params)


def _value(value: str, kind: str) -> Any:
    """The value as the parameter's type has it; what does not fit is left for the constraint."""
    if kind.startswith("tuple[str"):
        return tuple(value.split("|"))
    if kind.startswith("tuple[int"):
        return tuple(_value(part, "int") for part in value.split("|"))
    if kind.startswith("str"):
        return value
    if "bool" in kind and value.lower() in ("true", "false"):
        return value.lower() == "true"
    try:
        return int(value) if "int" in kind and "." not in value else float(value)
    except ValueError:
        return value


def _print(rule: Constraint, text: str, verdict: Verdict) -> None:
    from rich.text import Text

    from bridle.cli.terminal import console as console_of
    from bridle.report.sample_text import STYLE, WORD, marked, merged
    from bridle.report.untrusted import line

    console = console_of(soft_wrap=True)
    params = ", ".join(f"{key}={value}" for key, value in rule.params().items())
    given = line(f"({params})", most=160) if params else ""
    console.print(
        Text.assemble(
            (f"{WORD[verdict.obeyed]:<13}", STYLE[verdict.obeyed]),
            (rule.name, "bold"),
            f" {given}" if given else "",
        )
    )
    console.print(Text(line(f"wanted {verdict.wanted}: {verdict.reason}", most=400)))
    if verdict.obeyed is not True and verdict.evidence:
        console.print(marked(text, merged(verdict.evidence, text), console))
    console.print()
