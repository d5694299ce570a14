"""A folder named in place of files: which of its files hold responses."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bridle.errors import DataError

ENDINGS = (".jsonl", ".ndjson", ".parquet", ".eval", ".csv", ".tsv")
PACKED = (".gz", ".zst")
MOST_FILES = 10_000


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The paths, each folder replaced by the files of responses in it and below, by name.

    JSON files are left out where others are there: tools write their settings and results so.

    Raises:
        DataError: a folder holds none, or a study or table of ours.
    """
    found: list[Path] = []
    for path in paths:
        found += _within(path) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _within(folder: Path) -> list[Path]:
    for ours in ("study.json", "records.parquet", "score.json"):
        if (folder / ours).is_file():
            raise DataError(
                f"{folder} holds a study or scored responses of bridle.",
                expected="responses that something else generated",
                hint=f"bridle report {folder}",
            )
    inside = [
        p for p in sorted(folder.rglob("*"))[:MOST_FILES] if _shown(p, folder) and p.is_file()
    ]
    rows = [p for p in inside if _ending(p) in ENDINGS]
    rows = rows or [p for p in inside if _ending(p) == ".json"]
    if not rows:
        raise DataError(
            f"{folder} is a folder without files of responses.",
            expected=f"files that end in {', '.join(ENDINGS)} (also .gz, .zst) or .json",
            hint=f"bridle score {folder}/FILE",
        )
    return rows


def _shown(path: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _ending(path: Path) -> str:
    name = path.name.lower()
    for packed in PACKED:
        name = name.removesuffix(packed)
    return Path(name).suffix
