"""The open requests of a study as files for a batch, a model and so many requests a file.

    exported = export(study, "openai-batch")
    DIR/requests/001/openai-batch-gpt-5-00001.jsonl

Each export makes a folder of its own; nothing that is there is overwritten.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bridle.errors import BridleError, nearest
from bridle.studies.batches.formats import FORMATS, BatchFormat, text_of
from bridle.studies.batches.open import Open
from bridle.studies.folder import JOURNAL
from bridle.studies.journal import read_journal
from bridle.studies.study import Study

REQUESTS = "requests"


@dataclass(frozen=True)
class Exported:
    """What was written; `unable` counts drawings whose next request the format cannot hold, by need."""

    files: tuple[Path, ...]
    requests: int
    dropped: dict[str, int]  # setting → requests that cannot say it in this format
    next: str


def export(study: Study, to: str, *, most: int | None = None) -> Exported:
    """Write the open requests of the study; `most` requests a file, if fewer than the provider takes.

    Raises:
        BridleError: no such format, or an arm needs what it cannot hold (raw text, a prefix).
    """
    form = FORMATS.get(to)
    if form is None:
        near = nearest(to, FORMATS)
        raise BridleError(
            f"There is no format {to!r}.",
            expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(FORMATS)}",
        )
    _refuse_what_it_cannot(study, form)
    study.prepare()
    requests = Open(study, read_journal(study.folder / JOURNAL)).asked
    dropped: Counter[str] = Counter()
    files: list[Path] = []
    if requests:
        folder = _new_folder(study.folder / REQUESTS)
        for model in dict.fromkeys(one.key.model for one in requests):
            sink = _Files(folder, f"{form.name}-{_plain(model)}", form, most)
            for one in requests:
                if one.key.model == model:
                    settings = study.settings_for(one.key, one.request)
                    line, lost = form.line(one, model, settings)
                    sink.add(text_of(line))
                    dropped.update(lost)
            files += sink.done()
    return Exported(tuple(files), len(requests), dict(dropped), form.next)


def _refuse_what_it_cannot(study: Study, form: BatchFormat) -> None:
    for cell in study.plan.cells():
        arm = cell.make()
        if lacking := sorted(set(arm.needs) - form.able):
            others = [f.name for f in FORMATS.values() if set(arm.needs) <= f.able]
            raise BridleError(
                f"The arm {arm.name!r} needs {lacking[0]}, which {form.name} cannot hold.",
                expected=f"the format {' or '.join(others)}" if others else "bridle run",
                hint="another arm, or bridle run with a server",
            )


def _new_folder(home: Path) -> Path:
    home.mkdir(parents=True, exist_ok=True)
    number = 1
    while True:
        folder = home / f"{number:03d}"
        try:
            folder.mkdir()
            return folder
        except FileExistsError:
            number += 1


class _Files:
    """Lines in files that are no larger than the provider takes."""

    def __init__(self, folder: Path, stem: str, form: BatchFormat, most: int | None) -> None:
        self.folder, self.stem, self.form = folder, stem, form
        self.most = min(most or form.requests, form.requests)
        self.files: list[Path] = []
        self.lines: list[bytes] = []
        self.size = 0

    def add(self, line: bytes) -> None:
        if self.lines and (len(self.lines) >= self.most or self.size + len(line) > self.form.size):
            self._write()
        self.lines.append(line)
        self.size += len(line)

    def done(self) -> list[Path]:
        if self.lines:
            self._write()
        return self.files

    def _write(self) -> None:
        path = self.folder / f"{self.stem}-{len(self.files) + 1:05d}.jsonl"
        draft = path.with_suffix(".part")
        draft.write_bytes(b"".join(self.lines))
        draft.replace(path)
        self.files.append(path)
        self.lines, self.size = [], 0


def _plain(model: str) -> str:
    return re.sub(r"[^A-Za-z0-9._-]+", "-", model)[:80]
