"""The pages of the site that are made at build: what a command, a docstring or a file of the root says already.

index.md and contributing.md are README.md and CONTRIBUTING.md, with their links turned; card.md is the
model's card; constraints.md is what `bridle list constraints --markdown` prints; reference/commands.md is every command's --help;
reference/python.md names the modules whose docstrings mkdocstrings prints. mkdocs calls `on_files`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
CARD = "src/bridle/organism/CARD.md"
# what people import, in the order of an answer's life
MODULES = (
    "bridle.constraints",
    "bridle.responses",
    "bridle.maths.equal",
    "bridle.grading",
    "bridle.benchmarks",
    "bridle.arms.base",
    "bridle.calls",
    "bridle.outcomes.base",
    "bridle.records.reader",
    "bridle.plugins",
    "bridle.errors",
)


def front() -> str:
    return _turned((ROOT / "README.md").read_text(encoding="utf-8"))


def contributing() -> str:
    return _turned((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))


def card() -> str:
    return (ROOT / CARD).read_text(encoding="utf-8")


def _turned(text: str) -> str:
    """Links of a file of the root, as they are within docs/; "`docs/x.md`" becomes a link, too."""
    text = re.sub(r"`docs/([\w/-]+\.md)`", r"[\1](\1)", text)
    return re.sub(r"\]\(docs/", "](", text).replace("](CONTRIBUTING.md", "](contributing.md")


def constraints() -> str:
    from bridle.cli.catalogue_page import page
    from bridle.cli.list import entry
    from bridle.constraints import REGISTRY

    return page([entry(cls) for cls in REGISTRY.values()])


def commands() -> str:
    import click

    from bridle.cli import COMMANDS, bridle

    parts = [
        "# Commands",
        "",
        "What each command says under `--help`. Exit codes: 0 done, 1 done but the",
    ]
    parts += ["answer is no (records missing, a gate not passed), 2 bad input.", ""]
    for name, about in COMMANDS.items():
        command = bridle.get_command(click.Context(bridle), name)
        assert command is not None
        context = click.Context(command, info_name=f"bridle {name}", max_content_width=90)
        said = command.get_help(context)
        parts += [f"## bridle {name}", "", about, "", "```text", said, "```", ""]
    return "\n".join(parts)


def python() -> str:
    parts = ["# Python", "", "The names that are meant to be imported, from their docstrings.", ""]
    for module in MODULES:
        parts += [
            f"## {module}",
            "",
            f"::: {module}",
            "    options:",
            "      show_root_heading: false",
            "",
        ]
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "index.md": front,
    "contributing.md": contributing,
    "card.md": card,
    "constraints.md": constraints,
    "reference/commands.md": commands,
    "reference/python.md": python,
}


def on_files(files, config):  # mkdocs' hook
    from mkdocs.structure.files import File

    for name, made in PAGES.items():
        files.append(File.generated(config, name, content=made()))
    return files


def on_page_markdown(markdown: str, page, config, files) -> str:  # mkdocs' hook
    """The model's card is a page here; other files of the repository are none and are named."""
    markdown = markdown.replace(f"](../{CARD})", "](card.md)")
    return re.sub(
        r"\[([^\]]+)\]\((?:\.\./)+((?:src|benchmarks|tests)/[^)]+)\)", r"\1 (`\2`)", markdown
    )
