"""What is printed reaches every terminal: nothing in it acts there, and what it cannot write is replaced.

A terminal or pipe in cp1252 or ASCII (Windows, LANG=C in some containers) cannot write "−" or "⟦";
Python would raise UnicodeEncodeError. Text of files, servers and models may hold escape sequences
(OSC 52 writes the clipboard) or signs that turn the direction of a line.
"""

from __future__ import annotations

import codecs
import io
import shutil
import sys
from typing import TYPE_CHECKING

import click

from bridle.report.untrusted import visible

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80
# ASCII for what the commands print themselves; everything else becomes "?".
ASCII = {
    "…": "...",
    "−": "-",
    "–": "-",
    "—": "-",
    "─": "-",
    "×": "x",
    "·": "-",
    "→": "->",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
    "⟦": "[[",
    "⟧": "]]",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "␛": "^[",
}


def prepare() -> None:
    """Let both outputs replace what their encoding lacks."""
    codecs.register_error("bridle", _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="bridle")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(ASCII.get(c, "?") for c in lacking), error.end


def say(text: str, *, err: bool = False) -> None:
    """A line for people; escapes in it are shown, not obeyed. (JSON goes through `click.echo`.)"""
    click.echo(visible(text), file=sys.stderr if err else sys.stdout)


def console(*, err: bool = False, soft_wrap: bool = False) -> Console:
    """rich's console, in which no name is read as markup or as an emoji."""
    from rich.console import Console

    return Console(stderr=err, highlight=False, markup=False, emoji=False, soft_wrap=soft_wrap)


def width() -> int:
    """How wide prose is wrapped: the terminal, and never more than 80 columns; 80 in a pipe."""
    return max(40, min(WIDTH, shutil.get_terminal_size((WIDTH, 24)).columns))
