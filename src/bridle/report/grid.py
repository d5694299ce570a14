"""A table as printed. Where the terminal is too narrow for every column, the columns stand in blocks under
each other, and each block has the names of the rows.

    grid = Grid("model", [("n",), ("HAcc",), ("joint",)])
    grid.add("organism · plain", "24", "95.8 [74–99]", "95.8 [74–99]")
    console.print(grid)

rich alone takes the width from the only column that may wrap, the names, until they are a letter wide,
and cuts figures off after that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from bridle.report.figures import NONE

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.table import Table

MAX_LABEL = 20  # cells that a name may have before it is wrapped at its spaces, where room is short
GAP = 2  # cells between two columns


class Grid:
    """Names on the left, figures on the right; columns of one group stay side by side."""

    def __init__(self, first: str, groups: Sequence[Sequence[str]]) -> None:
        self.first = first
        self.groups = [tuple(group) for group in groups if group]
        self.rows: list[tuple[str, ...]] = []

    def add(self, *cells: str) -> None:
        """A row: its name, then a cell for each column."""
        self.rows.append(cells)

    def blocks(self, width: int) -> list[list[int]]:
        """The columns of each block, by number, such that names and figures fit into `width` cells."""
        from rich.cells import cell_len

        names = [self.first, *(row[0] for row in self.rows)]
        word = max((cell_len(word) for name in names for word in name.split()), default=1)
        word = min(word, max(MAX_LABEL, width // 2))  # a longer word is folded
        name = max(min(max(map(cell_len, names)), MAX_LABEL), word)
        heads = [head for group in self.groups for head in group]
        sizes = [
            GAP + max(cell_len(cell) for cell in (head, *(row[1 + i] for row in self.rows)))
            for i, head in enumerate(heads)
        ]
        if word + sum(sizes) <= width:  # wrapped names are better than a second block
            return [list(range(len(heads)))]
        found: list[list[int]] = []
        start, room = 0, 0
        for group in self.groups:
            columns = list(range(start, start + len(group)))
            start += len(group)
            needed = sum(sizes[i] for i in columns)
            if not found or needed > room:
                found.append([])
                room = width - name
            found[-1] += columns
            room -= needed
        return found

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Table | str]:
        if (lean := self._lean()) is not self:
            yield from lean.__rich_console__(console, options)
            return
        for i, columns in enumerate(self.blocks(options.max_width)):
            if i:
                yield ""
            yield self._table(columns)

    def _lean(self) -> Grid:
        """The grid without columns in which no row has anything."""
        heads = [head for group in self.groups for head in group]
        full = [any(row[1 + i] not in ("", NONE) for row in self.rows) for i in range(len(heads))]
        if all(full) or not any(full):
            return self
        left = iter(full)
        groups = [[head for head in group if next(left)] for group in self.groups]
        lean = Grid(self.first, groups)
        lean.rows = [(row[0], *compress(row[1:], full)) for row in self.rows]
        return lean

    def _table(self, columns: Sequence[int]) -> Table:
        from rich import box
        from rich.table import Table
        from rich.text import Text

        heads = [head for group in self.groups for head in group]
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
        table.add_column(Text(self.first), overflow="fold")
        for i in columns:
            table.add_column(Text(heads[i]), justify="right", no_wrap=True)
        for name, *cells in self.rows:
            mine = [cells[i] for i in columns]
            if any(mine) or len(mine) == len(cells):  # a row may have nothing in one of the blocks
                # Text: rich reads "[hard]" in a bare string as markup, ":x:" as an emoji
                table.add_row(*map(Text, (name, *mine)))
        return table
