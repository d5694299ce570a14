"""What a file of responses is called where its rows name no model.

label_of(Path("out/qwen.jsonl.gz"), files)                       -> "qwen"
label_of(Path("a/out.jsonl"), [Path("a/out.jsonl"), Path("b/out.jsonl")])    -> "a/out"
label_of(Path("res/Qwen__Qwen3-8B/samples_ifeval_2026-09-01T10-00-00.123.jsonl"), files) -> "Qwen/Qwen3-8B"
label_of(Path("details/Qwen/Qwen3-8B/2026-09-01T…/details_ifeval_2026-….parquet"), files) -> "Qwen/Qwen3-8B"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

DATE = re.compile(r"_?[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9.:-]*$")
ENDINGS = (".gz", ".zst", ".jsonl", ".ndjson", ".json", ".parquet", ".eval", ".csv", ".tsv")


def label_of(path: Path, files: Sequence[Path]) -> str:
    """The model by the path, as evaluation tools lay their folders out; else the shortest end of the
    path that no other file has."""
    if (named := _by_folder(path)) is not None:
        return named
    others = [other for other in files if other != path]
    parts = _parts(path)
    for length in range(1, len(parts) + 1):
        tail = parts[-length:]
        if not any(_parts(other)[-length:] == tail for other in others):
            return "/".join(tail)
    return str(path)  # the same path but for its ending


def _by_folder(path: Path) -> str | None:
    """The model's folder of lm-evaluation-harness (`ORG__MODEL/samples_…`) and of lighteval
    (`details/ORG/MODEL/DATE/details_…`)."""
    stem = _parts(path)[-1]
    if not DATE.search(stem):
        return None
    folder = path.parent
    if stem.startswith("details_") and DATE.fullmatch(folder.name):
        above = list(folder.parent.parts)
        if "details" in above:
            above = above[len(above) - above[::-1].index("details") :]
            return "/".join(above) or None
    if stem.startswith("samples_") and "__" in folder.name:
        return folder.name.replace("__", "/", 1)
    return None


def _parts(path: Path) -> list[str]:
    name = path.name
    while ending := next((e for e in ENDINGS if name.lower().endswith(e) and name != e), None):
        name = name[: -len(ending)]
    return [*path.parts[:-1], name]
