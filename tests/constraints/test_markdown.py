"""Tables and headings as Markdown has them."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import get
from bridle.errors import ConstraintError

TABLE = "| n | n² |\n|:--|--:|\n| 2 | 4 |\n| 3 | 9 |\n"


@pytest.mark.parametrize(
    ("name", "params", "text", "obeyed"),
    [
        ("table", {"columns": 2, "rows_at_least": 2, "rows_at_most": 2}, TABLE, True),
        ("table", {"columns": 3}, TABLE, False),
        ("table", {"rows_at_most": 1}, TABLE, False),
        ("table", {"rows_at_least": 0, "rows_at_most": 0}, "| n |\n|---|\n", True),
        ("table", {}, "a - b\n---\nc", False),  # no bars: a rule
        ("table", {"columns": 2}, "> | n | n² |\n> |---|---|\n> | 2 | 4 |", True),  # quoted
        ("table", {"rows_at_least": 1}, "| n |\n|---|---|\n| 2 |", False),  # cells differ
        ("table", {"columns": 1, "rows_at_most": 1}, TABLE + "\n| n |\n|---|\n| 2 |", True),
        ("heading_levels", {"levels": [2]}, "## Sum\n```\n# no heading\n```", True),
        ("heading_levels", {"levels": [2, 3]}, "## a\n### b\n### c\n## d", True),
        ("heading_levels", {"levels": [2]}, "#hash\nIt is 4.", False),
    ],
)
def test_verdicts(name: str, params: dict[str, Any], text: str, obeyed: bool) -> None:
    assert get(name, **params).check(text).obeyed is obeyed


def test_observed_size() -> None:
    assert get("table").check(f"So:\n\n{TABLE}").observed == [[2, 2]]
    assert get("table").check("| n |\n|---|\n| 2 |").reason == "A table of 1 column and 1 row."
    assert get("heading_levels", levels=1).check("# Sum").reason == "1 heading in order."


def test_headings_of_other_levels_become_lines() -> None:
    built = get("heading_levels", levels=2).build("Sum\n===\nIt is \\boxed{4}.\n### Check\nYes.")
    assert built == "## Solution\n\nSum\nIt is \\boxed{4}.\nCheck\nYes."


@pytest.mark.parametrize("levels", [[], [0], [7], [True], [1.5], None, ["1"]])
def test_wrong_levels(levels: Any) -> None:
    with pytest.raises(ConstraintError, match="from 1 to 6"):
        get("heading_levels", levels=levels)


def test_wrong_sizes() -> None:
    with pytest.raises(ConstraintError, match="at least 3"):
        get("table", rows_at_least=3, rows_at_most=2)
    with pytest.raises(ConstraintError, match="columns=0"):
        get("table", columns=0)
