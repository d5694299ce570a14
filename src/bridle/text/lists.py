"""Word lists and sentences kept as text files beside the code that uses them.

    words(folder / "sv.txt")         -> ("och", "att", …)      blank-separated
    sections(folder / "verbs.txt")   -> {"VERBS": (…), …}      under lines "[NAME] what it holds"
    lines(folder / "en.txt")         -> ("The answer is {}.", …)

A line that begins with `#` is a comment.
"""

from __future__ import annotations

from pathlib import Path


def lines(path: Path) -> tuple[str, ...]:
    """The lines of a file without comments and empty lines."""
    text = path.read_text(encoding="utf-8").split("\n")
    return tuple(line for line in text if line.strip() and not line.startswith("#"))


def words(path: Path) -> tuple[str, ...]:
    """The blank-separated words of a file."""
    return tuple(word for line in lines(path) for word in line.split())


def sections(path: Path, *, blanks: bool = True) -> dict[str, tuple[str, ...]]:
    """The words (with `blanks=False`, the lines) under each heading `[NAME]`.

    What stands behind a heading on its line is a comment.
    """
    found: dict[str, list[str]] = {}
    here: list[str] = []
    for line in lines(path):
        if line.startswith("["):
            here = found.setdefault(line[1 : line.index("]")], [])
        else:
            here += line.split() if blanks else [line]
    return {name: tuple(held) for name, held in found.items()}
