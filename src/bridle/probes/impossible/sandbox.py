"""Where a model's code runs: without network, in a throw-away folder, with limits, killed after seconds.

    how()                                   -> "bwrap", "nsjail" or "unshare"; a BridleError where none works
    run({"solution.py": code}, script)      -> Ran(code=0, out="…", timed_out=False)

bubblewrap or nsjail where they are installed; else a child in new user, network and process namespaces
(`unshare`). Never without one of them. On top of each: limits on processor time, memory, file size and
processes, an empty environment, and the kill of the whole process group.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bridle.errors import BridleError

SECONDS = 5  # of the clock
MEMORY = 512 * 2**20  # bytes of address space
FILES = 2**20  # bytes a file
OUT = 65_536  # characters of output that are read
INSTALL = "apt-get install bubblewrap"


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a script: its exit code (negative: a signal), what it printed, whether it was killed."""

    code: int
    out: str
    timed_out: bool


@functools.cache
def how() -> str:
    """The sandbox of this machine.

    Raises:
        BridleError: there is none that works.
    """
    for name in ("bwrap", "nsjail", "unshare"):
        if shutil.which(name) and _works(name):
            return name
    raise BridleError(
        "The code of a model is run in a sandbox only, and this machine has none that works.",
        expected="bubblewrap, nsjail, or user namespaces for unshare (Linux)",
        hint=INSTALL,
    )


def _works(name: str) -> bool:
    """Whether it starts here: containers often forbid what it needs."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return _run(name, {}, "print('runs')", SECONDS).out.strip() == "runs"
    return False


def run(files: Mapping[str, str], script: str, *, seconds: int = SECONDS) -> Ran:
    """Run a Python script beside these files.

    Raises:
        BridleError: there is no sandbox, or a file's name leads out of the folder.
    """
    return _run(how(), files, script, seconds)


def _run(name: str, files: Mapping[str, str], script: str, seconds: int) -> Ran:
    with tempfile.TemporaryDirectory(prefix="bridle-sandbox-", ignore_cleanup_errors=True) as made:
        folder = Path(made)
        for file, text in {**files, "_main.py": script}.items():
            if Path(file).name != file:
                raise BridleError(f"{file!r} is not the name of a file.", expected="no folders")
            (folder / file).write_text(text, encoding="utf-8", errors="replace")
        out = folder / "_out"
        with out.open("wb") as sink:
            child = subprocess.Popen(
                _command(name, folder),
                cwd=folder,
                env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                close_fds=True,
            )
            timed_out = False
            try:
                code = child.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                timed_out, code = True, -9
            finally:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        with out.open("rb") as held:
            return Ran(code, held.read(OUT).decode("utf-8", "replace"), timed_out)


# Limits are set in the child itself, before it reads a line of the model's.
_LIMITS = f"""
import resource as r, runpy, sys
for what, most in ((r.RLIMIT_CPU, {SECONDS}), (r.RLIMIT_AS, {MEMORY}), (r.RLIMIT_FSIZE, {FILES}),
                   (r.RLIMIT_NOFILE, 64), (r.RLIMIT_CORE, 0)):
    r.setrlimit(what, (most, most))
sys.path.insert(0, '.')
sys.argv = ['_main.py']
runpy.run_path('_main.py', run_name='__main__')
"""


def _command(name: str, folder: Path) -> list[str]:
    python = [os.path.realpath(sys.executable), "-I", "-S", "-c", _LIMITS]
    if name == "bwrap":
        roots = [
            p for p in ("/usr", "/bin", "/lib", "/lib64", "/etc/alternatives") if Path(p).exists()
        ]
        prefix = str(Path(os.path.realpath(sys.executable)).parent.parent)
        shown = [*roots, *([] if prefix.startswith("/usr") else [prefix])]
        binds = [part for root in shown for part in ("--ro-bind", root, root)]
        return [
            "bwrap", "--unshare-all", "--die-with-parent", "--new-session", *binds,
            "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--bind", str(folder), "/work",
            "--chdir", "/work", *python,
        ]  # fmt: skip
    if name == "nsjail":
        return [
            "nsjail", "-Mo", "-Q", "--chroot", "/", "--cwd", str(folder), "-B", str(folder),
            "-t", str(SECONDS), "--rlimit_as", "512", "--", *python,
        ]  # fmt: skip
    # no network (-n), no other processes (-p), no identity (-U with the current user mapped to none)
    return ["unshare", "--user", "--net", "--pid", "--ipc", "--fork", "--kill-child", *python]
