"""A file holds one idea: no code has more than about 350 lines."""

from __future__ import annotations

from pathlib import Path

import bridle

MOST = 360  # about 350, and a little room for who adds a line


def test_no_file_is_longer_than_can_be_read_at_once() -> None:
    root = Path(bridle.__file__).parent
    lines = {str(p.relative_to(root)): len(p.read_text().splitlines()) for p in root.rglob("*.py")}
    assert len(lines) > 300
    assert {name: n for name, n in lines.items() if n > MOST} == {}
