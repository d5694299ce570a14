"""The vocabulary of failure: what is the user's to mend. Everything else is data or a bug.

A bad response is never an error of the program: it is a `status` on a record. The classes here
are for bad arguments, bad files and missing parts of the installation. The command line prints
their text and exits with 2.

    raise BridleError(
        "There is no benchmark 'mathfi'.", expected="one of: mathif, crossed", hint="bridle list benchmarks"
    )
"""

from __future__ import annotations

from collections.abc import Iterable


class BridleError(Exception):
    """Something the user can mend: what happened, what was expected, what to type next."""

    def __init__(self, what: str, *, expected: str | None = None, hint: str | None = None) -> None:
        self.what = what
        self.expected = expected
        self.hint = hint
        super().__init__(str(self))

    def __str__(self) -> str:
        lines = [self.what]
        if self.expected:
            lines.append(f"Expected: {self.expected}")
        if self.hint:
            lines.append(f"Try: {self.hint}")
        return "\n".join(lines)

    def __reduce__(self):  # keyword-only arguments survive a trip through a worker process
        return (_rebuild, (type(self), self.what, self.expected, self.hint))


def _rebuild(
    kind: type[BridleError], what: str, expected: str | None, hint: str | None
) -> BridleError:
    return kind(what, expected=expected, hint=hint)


class ConstraintError(BridleError, ValueError):
    """A constraint's name or parameters are wrong, missing, unknown or contradictory."""


class DataError(BridleError):
    """A file, a row or a folder is not what it must be; the text names file and line."""


class MissingExtra(BridleError, ImportError):
    """A part of the installation is absent; the text names the extra that brings it."""

    @classmethod
    def of(cls, extra: str, what_for: str) -> MissingExtra:
        return cls(
            f"{what_for} needs packages that are not installed.",
            expected=f"the extra '{extra}'",
            hint=f"pip install 'bridle-eval[{extra}]'",
        )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None if none is alike."""
    import difflib  # a few milliseconds, and needed only where something is wrong already

    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return found[0] if found else None


def first_line(error: BaseException) -> str:
    """What another library's exception says, in one line and without its full stop."""
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
