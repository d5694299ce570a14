"""Spans, quick scans of a whole text, and properties that are computed when first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar, overload

Span = tuple[int, int]  # half-open, in characters of the original text

MASK: Final = "\ufffc"  # OBJECT REPLACEMENT CHARACTER: "something that is not text stands here"

ASCII: Final = bytes(range(128))

T = TypeVar("T")


def without(text: str, plain: bytes) -> str:
    """The text without these ASCII characters: in bytes, many times sooner than by a pattern."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, plain)
    return rest.decode("utf-8", "surrogatepass")


class once(Generic[T]):
    """A property computed when first asked for. Like functools.cached_property without its lock,
    which costs more than many of the scans here: two threads may at worst do the same work twice."""

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> once[T]: ...
    @overload
    def __get__(self, owner: object, kind: type | None = None) -> T: ...
    def __get__(self, owner: object | None, kind: type | None = None) -> once[T] | T:
        if owner is None:
            return self
        value = owner.__dict__[self.name] = self.compute(owner)
        return value
