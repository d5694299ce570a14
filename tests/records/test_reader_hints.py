"""A folder that is not there: the message names those beside it that hold a study."""

from __future__ import annotations

from pathlib import Path

import pytest

from bridle import records
from bridle.errors import DataError


def test_a_misspelt_folder_is_told_its_neighbours(tmp_path: Path) -> None:
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
        records.write([], tmp_path / name / "records.parquet", planned=0, about={})
    (tmp_path / "other").mkdir()
    with pytest.raises(DataError) as caught:
        records.read(tmp_path / "beforee")
    assert caught.value.hint == str(tmp_path / "before")
    with pytest.raises(DataError) as caught:
        records.read(tmp_path / "zzzzzzzzz")
    assert "there is: after, before" in str(caught.value.expected)
    assert caught.value.hint == f"bridle run --out {tmp_path / 'zzzzzzzzz'}"
    with pytest.raises(DataError, match="no file or folder"):
        records.read(tmp_path / "no" / "such")
