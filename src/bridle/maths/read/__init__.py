r"""From the text of an answer to a typed value.

    read("x = \\frac{3}{4}")   ->  Relation("=", Scalar(x), Scalar(3/4))
    read("[0, \\infty)")       ->  Group((Scalar(0), Scalar(oo)), "[", ")", interval=True)

The reader is imported with the first text that needs it, so that importing this package is quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bridle.maths.values import Value


def read(text: str) -> Value:
    """The typed value of an answer; `Unreadable` (with the reason) for what is not understood.

    Where a spelling can be read in two ways (5 m: five metres, or five times m) the likelier one.
    Never raises; linear in the length of the text but for nested brackets, whose depth is limited.
    """
    from bridle.maths.read.reading import readings

    return readings(text).first
