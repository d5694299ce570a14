"""What a crossed panel is made of, as it is written on the command line and in the plan.

    read("crossed")
    -> Panel(problems=(), ...): the word problems that the embedded model can answer, 1 to 3 constraints
    read("crossed:problems=rates+ages,difficulty=1-8,constraints=0-3,languages=en+de")
    -> Panel(problems=("ages", "rates"), difficulty=(1, ..., 8), constraints=(0, 1, 2, 3), ...)
    str(panel)  -> the same text, sorted: what a study writes down

A name without `problems` keeps the stories in the wording that the embedded model learnt;
`problems=all` are all families. `problems=gsm8k+math500` are published ones, `problems=gym/lcm` a data
set of reasoning-gym, `problems=data` a file of the user's: they are as hard as they are, so that
`difficulty` chooses among those that say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bridle.benchmarks import sources
from bridle.errors import BridleError, nearest
from bridle.problems.family import HARDEST, LANGUAGES, families

MOST = 8  # constraints an item
USUAL = (1, 2, 3)
_RANGE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")
_EXAMPLE = "crossed:problems=rates+ages,difficulty=1-8,constraints=0-3,languages=en+de"


@dataclass(frozen=True, slots=True)
class Panel:
    """The factors that are crossed: problems x difficulty x language x number of constraints."""

    problems: tuple[str, ...] = ()  # () is the stories of the embedded model
    difficulty: tuple[int, ...] = ()
    languages: tuple[str, ...] = ()
    constraints: tuple[int, ...] = USUAL

    @property
    def families(self) -> tuple[str, ...]:
        """The families of generated problems among the panel's."""
        return tuple(name for name in self.problems if not sources.is_source(name))

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of problems that are not generated here."""
        return tuple(name for name in self.problems if sources.is_source(name))

    def __str__(self) -> str:
        """The name by which `benchmarks.load` makes the same items."""
        given = {
            "problems": "+".join(self.problems),
            "difficulty": _said(self.difficulty),
            "languages": "+".join(self.languages),
            "constraints": "" if self.constraints == USUAL else _said(self.constraints),
        }
        chosen = ",".join(f"{key}={value}" for key, value in given.items() if value)
        return f"crossed:{chosen}" if chosen else "crossed"


def read(name: str) -> Panel:
    """The panel that a name means.

    Raises:
        BridleError: an option that is not known, given twice or without a value; a family,
            language or number that there is none of.
    """
    _, _, text = name.partition(":")
    given: dict[str, str] = {}
    for part in filter(None, text.split(",")):
        key, _, value = part.partition("=")
        if key not in _READERS:
            near = nearest(key, _READERS)
            raise BridleError(
                f"The benchmark 'crossed' has no option {key!r}.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(_READERS)}",
                hint=_EXAMPLE,
            )
        if not value or key in given:
            what = "is given twice" if key in given else "has no value"
            raise BridleError(f"The option {key!r} of 'crossed' {what}.", hint=_EXAMPLE)
        given[key] = value
    read_values = {key: _READERS[key](value) for key, value in given.items()}
    if not read_values.get("problems"):
        if alone := [key for key in ("difficulty", "languages") if key in given]:
            raise BridleError(
                f"The option {alone[0]!r} of 'crossed' needs problems to choose from.",
                expected="problems=all, or families by name",
                hint=f"crossed:problems=all,{alone[0]}={given[alone[0]]}",
            )
        return Panel(**read_values)
    panel = Panel(
        **({"difficulty": tuple(range(1, HARDEST + 1)), "languages": ("en",)} | read_values)
    )
    for language in panel.languages:
        if panel.sources and language == "en":
            continue
        if not any(language in families()[name].languages for name in panel.families):
            raise BridleError(
                f"None of the problems {', '.join(panel.problems)} is written in {language!r}.",
                hint="bridle list problems",
            )
    return panel


def _problems(text: str) -> tuple[str, ...]:
    """Names of families and of sources; those of reasoning-gym are known when it is asked."""
    if text == "all":
        return tuple(families())
    known = [*families(), *(name for name in sources.names() if not name.endswith("NAME"))]
    given = text.split("+")
    known += [name for name in given if sources.is_source(name) and name not in known]
    return _names(text, known, "family or source of problems")


def _languages(text: str) -> tuple[str, ...]:
    return LANGUAGES if text == "all" else _names(text, LANGUAGES, "language of problems")


def _names(text: str, known: Iterable[str], what: str) -> tuple[str, ...]:
    known = tuple(known)
    for name in (names := text.split("+")):
        if name not in known:
            near = nearest(name, known)
            raise BridleError(
                f"There is no {what} {name!r}.",
                expected=(f"did you mean {near!r}? " if near else "")
                + f"One of: {', '.join(known)}",
                hint="bridle list problems",
            )
    return tuple(name for name in known if name in names)


def _difficulty(text: str) -> tuple[int, ...]:
    return _numbers(text, 1, HARDEST, "difficulty")


def _constraints(text: str) -> tuple[int, ...]:
    return _numbers(text, 0, MOST, "constraints")


def _numbers(text: str, least: int, most: int, what: str) -> tuple[int, ...]:
    """`1-3+5` -> (1, 2, 3, 5)."""
    found: set[int] = set()
    for part in text.split("+"):
        match = _RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, -1)
        if not least <= first <= last <= most:
            raise BridleError(
                f"{what}={text} is not possible.",
                expected=f"numbers from {least} to {most}, as 2, 1-{most} or 1-2+4",
                hint=_EXAMPLE,
            )
        found |= set(range(first, last + 1))
    return tuple(sorted(found))


def _said(numbers: tuple[int, ...]) -> str:
    """(1, 2, 3, 5) -> `1-3+5`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "+".join(str(r[0]) if len(r) == 1 else f"{r[0]}-{r[-1]}" for r in runs)


_READERS: dict[str, Callable[[str], tuple[Any, ...]]] = {
    "problems": _problems,
    "difficulty": _difficulty,
    "languages": _languages,
    "constraints": _constraints,
}
