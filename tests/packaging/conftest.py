"""The wheel as built from this tree, unpacked where nothing of the tree is imported."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("bridle_eval-*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of installed packages: a wheel of pure Python is installed by unpacking it."""
    folder = tmp_path_factory.mktemp("installed")
    zipfile.ZipFile(wheel).extractall(folder)
    return folder


@pytest.fixture
def run(installed: Path, tmp_path: Path) -> Run:
    """Runs Python in an empty folder with the wheel first on its path, and what is given before it."""

    def python(
        *args: str, before: Path | None = None, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(str(p) for p in (before, installed) if p is not None)
        return subprocess.run(
            [sys.executable, "-P", *args],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            input=stdin,
            env={**os.environ, "PYTHONPATH": path},
            check=False,
        )

    return python
