"""The names under which Inspect knows our tasks: `bridle/mathif`, however bridle was installed.

Inspect puts the package before a name where the package lies in site-packages, or where a
distribution of the package's name is installed in place. Ours is called `bridle-eval`, so that an
installation in place has no prefix but this one.
"""

from __future__ import annotations

from importlib import metadata
from pathlib import Path


def task_name(name: str) -> str:
    """The name to register a task by, so that `inspect eval bridle/NAME` finds it."""
    return name if _prefixed() else f"bridle/{name}"


def _prefixed() -> bool:
    """Whether Inspect puts `bridle/` before the names of our tasks itself."""
    if {"site-packages", "dist-packages"} & set(Path(__file__).parts):
        return True
    try:
        metadata.distribution("bridle")
    except metadata.PackageNotFoundError:
        return False
    return True
