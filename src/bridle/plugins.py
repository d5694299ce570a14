"""Constraints, arms, outcomes and benchmarks of other packages, and of a user's own file.

A package names a module in its pyproject.toml; importing it registers what it defines:

    [project.entry-points."bridle.constraints"]
    mine = "my_package.constraints"

`load("bridle.constraints")` imports the modules of that group, once, when a name is looked up that is
none of ours or all names are listed. `use("./mine.py")` is `--plugin ./mine.py` of every command.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import sys
import warnings
from pathlib import Path

from bridle.errors import BridleError, first_line

# Our own modules that stand above the registries which they add to.
OWN: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("bridle.arms", "bridle.outcomes", "bridle.benchmarks"), ("bridle.probes",)
)
GROUPS = ("bridle.constraints", "bridle.arms", "bridle.outcomes", "bridle.benchmarks")


USED: list[str] = []  # what `use` has loaded: worker processes must load the same


@functools.cache
def load(group: str) -> None:
    """Import every module that installed packages name in the group.

    One that cannot be imported is warned of and left out: it must not break the names of others.
    """
    from importlib.metadata import entry_points

    for module in OWN.get(group, ()):
        importlib.import_module(module)
    for entry in entry_points(group=group):
        try:
            entry.load()
        except Exception as error:  # another package's code may raise anything
            dist = entry.dist.name if entry.dist is not None else "an installed package"
            told = f"The plug-in {entry.value} of {dist} was left out: {_told(error)}."
            warnings.warn(told, stacklevel=2)


def use(name: str) -> None:
    """Import a module by its name, or a .py file by its path; what it defines registers itself.

    Raises:
        BridleError: there is no such module or file, or it fails.
    """
    try:
        if name.endswith(".py"):
            _file(Path(name))
        else:
            importlib.import_module(name)
        if name not in USED:
            USED.append(name)
    except BridleError:
        raise
    except ModuleNotFoundError as error:
        if error.name is None or not (name == error.name or name.startswith(f"{error.name}.")):
            raise _failed(name, error) from error
        raise BridleError(
            f"There is no module {name!r}.",
            expected="a module that Python can import, or the path of a .py file",
            hint=f"--plugin ./{name}.py" if Path(f"{name}.py").is_file() else None,
        ) from error
    except Exception as error:
        raise _failed(name, error) from error


def _file(path: Path) -> None:
    """A file as a module of its stem's name, imported once."""
    full = path.resolve()
    if not full.is_file():
        raise BridleError(
            f"There is no file {path}.", expected="a .py file, or the name of a module"
        )
    known = sys.modules.get(path.stem)
    if known is not None:
        if getattr(known, "__file__", None) == str(full):
            return
        raise BridleError(
            f"A module named {path.stem!r} is loaded already.", hint=f"rename {path.name}"
        )
    spec = importlib.util.spec_from_file_location(path.stem, full)
    assert spec is not None and spec.loader is not None  # a .py file has both
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[path.stem]
        raise


def _failed(name: str, error: Exception) -> BridleError:
    return BridleError(f"The plug-in {name} could not be loaded: {_told(error)}.")


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {first_line(error)}"
