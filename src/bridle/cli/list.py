"""bridle list: constraints, benchmarks, arms and models; --check runs every example."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from typing import TYPE_CHECKING, Any

import click

from bridle.cli.terminal import say, width

if TYPE_CHECKING:
    from bridle.benchmarks.published.faults import Fault
    from bridle.constraints import Constraint

KINDS = ("constraints", "benchmarks", "problems", "arms", "models", "probes")
SAID = {True: "obeys", False: "breaks", None: "undetermined"}


@click.command("list")
@click.argument("kind", metavar=f"[{'|'.join(KINDS)}]", default="constraints")
@click.argument("name", required=False)
@click.option("--check", is_flag=True, help="Judge every example of every constraint type.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--markdown", is_flag=True, help="Print the page of all constraint types.")
def command(kind: str, name: str | None, check: bool, as_json: bool, markdown: bool) -> None:
    """List what there is to choose from; with NAME, all about that constraint type.

    \b
    bridle list constraints
    bridle list constraints words
    bridle list --check
    """
    from bridle.errors import BridleError, nearest

    if kind not in KINDS:
        near = nearest(kind, KINDS)
        raise BridleError(
            f"There is no list of {kind!r}.",
            expected=f"one of: {', '.join(KINDS)}",
            hint=f"bridle list {near}" if near else "bridle list constraints",
        )
    if kind != "constraints" and (name is not None or check or markdown):
        raise BridleError(
            "Only constraints have a NAME, --check and --markdown.", hint=f"bridle list {kind}"
        )
    if kind == "constraints":
        _constraints(name, check, as_json, markdown)
        return
    rows = {
        "benchmarks": _benchmarks,
        "problems": _problems,
        "arms": _arms,
        "models": _models,
        "probes": _probes,
    }[kind]()
    if as_json:
        click.echo(json.dumps([{"name": n, "about": about} for n, about in rows.items()], indent=1))
    else:
        say(_table(rows))


def _constraints(name: str | None, check: bool, as_json: bool, markdown: bool) -> None:
    from bridle.cli.catalogue_page import page
    from bridle.constraints import REGISTRY
    from bridle.constraints.registry import known_as, unknown

    if name is not None:
        name = known_as(name)
        if name not in REGISTRY:
            raise unknown(name)
    chosen = {n: cls for n, cls in REGISTRY.items() if name in (None, n)}
    if check:
        _check(chosen, as_json)
    elif as_json:
        click.echo(json.dumps([entry(cls) for cls in chosen.values()], indent=1))
    elif markdown:
        click.echo(page([entry(cls) for cls in chosen.values()]), nl=False)
    elif name is not None:
        say(_page(entry(chosen[name])))
    else:
        families: dict[str, dict[str, str]] = {}
        for n, cls in chosen.items():
            families.setdefault(cls.family, {})[n] = _about(cls)
        for family, rows in sorted(families.items()):
            click.echo(click.style(family, bold=True))
            say(_table(rows, indent="  "))
        say(f"{len(chosen)} types. All about one: bridle list constraints NAME")


def _check(chosen: dict[str, type[Constraint]], as_json: bool) -> None:
    """Judge every example; exit 1 where one verdict is not the one that is right for it."""
    examples = 0
    wrong: list[dict[str, Any]] = []
    for name, cls in chosen.items():
        for example in entry(cls)["examples"]:
            examples += 1
            if example["judged"] is not example["obeyed"]:
                wrong.append({"constraint": name, **example})
    if as_json:
        click.echo(
            json.dumps({"types": len(chosen), "examples": examples, "wrong": wrong}, indent=1)
        )
    else:
        for case in wrong:
            say(
                f"{case['constraint']} {json.dumps(case['params'], ensure_ascii=False)}: "
                f"{case['text']!r} should be {SAID[case['obeyed']]}, "
                f"is judged {SAID[case['judged']]}: {case['reason']}"
            )
        say(f"{len(chosen)} types, {examples} examples, {len(wrong)} wrong")
    if wrong:
        raise SystemExit(1)


def entry(cls: type[Constraint]) -> dict[str, Any]:
    """All about a type, its examples judged now."""
    from bridle.benchmarks.published.faults import benchmarks_of, faults
    from bridle.constraints import get, peers_of
    from bridle.constraints.base import plain

    examples: list[dict[str, Any]] = []
    for example in cls.examples:
        verdict = get(cls.name, **example.params).check(example.text)
        examples.append(
            {
                "params": {k: plain(v) for k, v in example.params.items()},
                "text": example.text,
                "obeyed": example.obeyed,
                "why": example.why,
                "judged": verdict.obeyed,
                "reason": verdict.reason,
            }
        )
    first = get(cls.name, **cls.examples[0].params)
    return {
        "name": cls.name,
        "family": cls.family,
        "skill": cls.skill,
        "version": cls.version,
        "about": _about(cls),
        "meaning": cls.meaning,
        "parameters": [
            {
                "name": field.name,
                "type": str(field.type),
                "required": field.default is dataclasses.MISSING
                and field.default_factory is dataclasses.MISSING,
                "default": None if field.default is dataclasses.MISSING else plain(field.default),
            }
            for field in dataclasses.fields(cls)
        ],
        "phrasings": {"of": first.spec(), "texts": list(first.phrasings())},
        "examples": examples,
        "peers": [
            {
                "id": peer,
                "benchmarks": list(benchmarks_of(peer)),
                "faults": [_fault(peer, fault) for fault in faults().get(peer, ())],
            }
            for peer in peers_of(cls.name)
        ],
    }


def _fault(peer: str, fault: Fault) -> dict[str, Any]:
    from bridle.benchmarks.published.faults import benchmarks_of

    return {
        "says": fault.says,
        "benchmarks": list(fault.by or benchmarks_of(peer)),
        "args": dict(fault.args),
        "text": fault.text,
        "theirs": fault.theirs,
        "ours": fault.ours,
    }


def _about(cls: type[Constraint]) -> str:
    return (cls.__doc__ or "").strip().split("\n")[0]


def _page(about: dict[str, Any]) -> str:
    from bridle.cli.catalogue_page import by_name, verdicts

    lines = [
        f"{about['name']} · {about['family']} · {about['skill']} · version {about['version']}",
        *_wrapped(about["about"]),
        "",
        *_wrapped(about["meaning"]),
        "",
        "Parameters",
    ]
    for parameter in about["parameters"]:
        said = "required" if parameter["required"] else f"default {parameter['default']!r}"
        lines += _wrapped(f"{parameter['name']}: {parameter['type']}, {said}", "  ")
    lines += [
        "",
        f"Said to a model, for {json.dumps(about['phrasings']['of'], ensure_ascii=False)}",
    ]
    for text in about["phrasings"]["texts"]:
        lines += _wrapped(f"“{text}”", "  ")
    lines += ["", "Examples"]
    for example in about["examples"]:
        params = json.dumps(example["params"], ensure_ascii=False)
        why = f" ({example['why']})" if example["why"] else ""
        lines += _wrapped(f"{SAID[example['obeyed']]}{why}: {params}", "  ")
        lines += _wrapped(f"{example['text']!r}", "    ")
        lines += _wrapped(f"→ {example['reason']}", "    ")
    if about["peers"]:
        lines += ["", "Peers call it"]
        for peer in about["peers"]:
            lines.append(f"  {peer['id']} ({by_name(peer['benchmarks'])})")
            for fault in peer["faults"]:
                args = json.dumps(fault["args"], ensure_ascii=False)
                lines += _wrapped(f"{verdicts(fault)}: {args}", "    ")
                lines += _wrapped(f"{fault['text']!r}", "      ")
                lines += _wrapped(f"→ {fault['says']}", "      ")
    return "\n".join(lines)


def _wrapped(text: str, indent: str = "") -> list[str]:
    found: list[str] = []
    for line in text.split("\n"):
        found += textwrap.wrap(line, width(), initial_indent=indent, subsequent_indent=indent) or [
            ""
        ]
    return found


def _table(rows: dict[str, str], indent: str = "") -> str:
    wide = max(len(name) for name in rows) + 2
    lines: list[str] = []
    for name, about in rows.items():
        pad = indent + " " * wide
        lines += textwrap.wrap(
            about,
            width(),
            initial_indent=f"{indent}{name:<{wide}}",
            subsequent_indent=pad,
            break_long_words=False,
        ) or [indent + name]
    return "\n".join(lines)


# -- the other lists ---------------------------------------------------------------------------------


def _benchmarks() -> dict[str, str]:
    from bridle.benchmarks import names

    return names()


def _problems() -> dict[str, str]:
    from bridle.benchmarks import sources
    from bridle.problems.family import families

    generated = {
        name: f"{family.meaning} Languages: {', '.join(family.languages)}."
        for name, family in families().items()
    }
    return generated | sources.names()


def _arms() -> dict[str, str]:
    from bridle.arms.base import known

    return {name: arm.meaning for name, arm in known().items()}


def _probes() -> dict[str, str]:
    from bridle.probes import PROBES

    return {name: probe.about for name, probe in PROBES.items()}


def _models() -> dict[str, str]:
    from bridle.studies.providers import PROVIDERS

    known = {
        "organism": "The embedded model: tiny, trained by this project, offline (the default).",
        "subject": "Scripted subjects of the probes: subject/perfect, subject/forgetting, …",
        "scripted": "Answers that you write yourself, for tests and demonstrations.",
    }
    return {p: known.get(p, f"{p}/MODEL, asked through Inspect AI.") for p in PROVIDERS}
