"""One rule of a peer: a check, and what the peer draws by lot where an argument is missing.

Upstream fills a missing argument at random. A verdict is given only where every possible draw leads
to the same one; else it is undecided.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bridle.benchmarks.published.patterns import Undecided

Args = Mapping[str, Any]
Check = Callable[[str, Args], bool]

# What a checker of upstream's raises at arguments or texts that it was not made for.
_UPSTREAM_STOPS = (
    TypeError,
    AttributeError,
    ValueError,
    LookupError,
    ArithmeticError,
    RecursionError,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of a text under complete arguments, and how to complete them.

    `draws` holds for each argument what upstream may draw for it; `()` stands for words from a list
    of upstream's that is not kept here. For a threshold its smallest and largest value are enough.
    `at_least` names values below which an argument counts as missing, `falsy` the arguments that
    do when they are empty.
    """

    check: Check
    draws: Mapping[str, tuple[Any, ...]] = field(default_factory=dict[str, tuple[Any, ...]])
    at_least: Mapping[str, int] = field(default_factory=dict[str, int])
    falsy: tuple[str, ...] = ()

    def complete(self, given: Args) -> list[dict[str, Any]]:
        """The given arguments, once for each way in which the missing ones may be drawn.

        Raises `Undecided` where the words that could be drawn are not known.
        """
        fixed: dict[str, Any] = {}
        drawn: dict[str, tuple[Any, ...]] = {}
        for name, draws in self.draws.items():
            value = given.get(name)
            too_low = name in self.at_least and value is not None and value < self.at_least[name]
            if value is None or too_low or (name in self.falsy and not value):
                if not draws:
                    raise Undecided(f"upstream draws '{name}' by lot: it is missing")
                drawn[name] = draws
            else:
                fixed[name] = value
        ways = itertools.product(*drawn.values())
        return [{**fixed, **dict(zip(drawn, way, strict=True))} for way in ways]

    def decide(self, text: str, given: Args) -> bool:
        """Upstream's verdict on a text; a blank text obeys nothing.

        Raises `Undecided` where upstream stops with an error, where its verdict hangs on a lot, or
        where a package is missing.
        """
        try:
            ways = self.complete(given)
            verdicts = {bool(text.strip()) and self.check(text, args) for args in ways}
        except _UPSTREAM_STOPS as error:
            raise Undecided(f"upstream stops here: {error!r}") from None
        if len(verdicts) > 1:
            raise Undecided("upstream draws a missing argument by lot, and the verdict hangs on it")
        return verdicts.pop()
