"""The formats that `report` and `compare` print beside text: one option each, the last one given counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

SCHEMA = 1  # of the JSON; raised when a key is renamed, removed or means something else
SHAPES = {
    "json": "Print every figure as one JSON object.",
    "csv": "Print every figure as a line of CSV.",
    "markdown": "Print the tables for a model card or a pull request.",
    "latex": "Print the tables for a paper.",
    "junit": "Print what must hold as JUnit XML, for CI.",
}


def shown_as(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options, which say its parameter `shape` (None: text for people)."""
    for name, words in reversed(SHAPES.items()):
        command = click.option(f"--{name}", "shape", flag_value=name, help=words)(command)
    return command
