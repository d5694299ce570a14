"""Tables as GitHub's Markdown, for a model card or a pull request."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bridle.report.exports.grids import Grid
from bridle.report.untrusted import line

# what Markdown or HTML reads as something else than itself; a name may hold any of it
_ACTS = re.compile(r"([\\`*_{}\[\]<>#|~$!&@])")


def to_markdown(sentences: Sequence[str], grids: Sequence[Grid]) -> str:
    """The sentences as a paragraph, then a table for each grid."""
    parts = [" ".join(escaped(text) for text in sentences)] if sentences else []
    for grid in grids:
        rule = [":--", *["--:"] * (len(grid.headers) - 1)]
        lines = [grid.headers, *grid.rows]
        shown = [" | ".join(map(escaped, cells)) for cells in lines]
        shown.insert(1, " | ".join(rule))
        parts.append(f"**{escaped(grid.title)}**\n\n" + "\n".join(f"| {row} |" for row in shown))
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """The text on one line, every sign of it shown as it is."""
    return _ACTS.sub(r"\\\1", line(text))
