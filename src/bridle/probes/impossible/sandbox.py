"""Where a model's code runs: no network, no file of the account, limits, killed after seconds.

    how()                                   -> "bwrap", "nsjail" or "unshare"; a BridleError where none holds
    run({"solution.py": code}, script)      -> Ran(code=0, out="…", timed_out=False)

bubblewrap or nsjail where they are installed; else new namespaces (`unshare`) with a file system of our own
in them (`cage.py`). In each the code sees Python and the system's libraries, read-only, and an empty /work in
memory; the account's home is not there. Before the first call a program that tries to get out is run in it
(`trial.py`): a sandbox that lets it is not used, and without one that holds nothing is run. On top of each:
limits on processor time, memory, file size and processes, an empty environment, the kill of all processes.
The kernel is shared: a fault in it is not kept out.
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
from bridle.probes.impossible import cage, trial

SECONDS = 5  # of the clock
MEMORY = 512 * 2**20  # bytes of address space
FILES = 2**20  # bytes a file
PROCESSES = 64
OUT = 65_536  # bytes of output that are read
INSTALL = "apt-get install bubblewrap"
NAMES = ("bwrap", "nsjail", "unshare")


@dataclass(frozen=True, slots=True)
class Ran:
    """What became of a script: its exit code (not 0: it failed), what it printed, whether it was killed."""

    code: int
    out: str
    timed_out: bool


@functools.cache
def how() -> str:
    """The sandbox of this machine: the first that holds.

    Raises:
        BridleError: there is none, with what each of them lets through.
    """
    why: list[str] = []
    for name in NAMES:
        if shutil.which(name) is None:
            continue
        if (fault := _fault(name)) is None:
            return name
        why.append(f"{name}: {fault}")
    raise BridleError(
        "The code of a model is run in a sandbox only, and this machine has none that holds"
        + (f" ({'; '.join(why)})." if why else "."),
        expected="bubblewrap, nsjail, or user namespaces for unshare (Linux 5.12 or later)",
        hint=INSTALL,
    )


def _fault(name: str) -> str | None:
    """What a program can do in it that it must not, or that it does not start; None where it holds."""
    try:
        with trial.Trial(home=Path.home(), shown=_shown()) as tried:
            ran = _run(name, {}, tried.program(), SECONDS)
            return tried.fault(ran.out)
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:  # RuntimeError: no home
        return f"it cannot be tried ({error})"


def run(files: Mapping[str, str], script: str, *, seconds: int = SECONDS) -> Ran:
    """Run a Python script beside these files.

    Raises:
        BridleError: there is no sandbox, or a file's name leads out of the folder.
    """
    return _run(how(), files, script, seconds)


def _run(name: str, files: Mapping[str, str], script: str, seconds: int) -> Ran:
    with (
        tempfile.TemporaryDirectory(prefix="bridle-sandbox-", ignore_cleanup_errors=True) as made,
        # has no name: one in the folder could be made a link to a file of the account, or a pipe without end
        tempfile.TemporaryFile() as sink,
    ):
        inside, root = Path(made, "in"), Path(made, "root")
        inside.mkdir()
        root.mkdir()
        for file, text in {**files, "_main.py": script}.items():
            if Path(file).name != file:
                raise BridleError(f"{file!r} is not the name of a file.", expected="no folders")
            (inside / file).write_text(text, encoding="utf-8", errors="replace")
        child = subprocess.Popen(
            _command(name, inside, root),
            cwd=inside,
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
        sink.seek(0)
        return Ran(code, sink.read(OUT).decode("utf-8", "replace"), timed_out)


# Set in the child itself, before it reads a line of the model's; the files come from /in, which cannot be
# written to, into /work, which is gone with the child.
_BEGIN = f"""
import os, resource as r, runpy, sys
for what, most in ((r.RLIMIT_CPU, {SECONDS}), (r.RLIMIT_AS, {MEMORY}), (r.RLIMIT_FSIZE, {FILES}),
                   (r.RLIMIT_NOFILE, 64), (r.RLIMIT_NPROC, {PROCESSES}), (r.RLIMIT_CORE, 0)):
    r.setrlimit(what, (most, most))
for name in os.listdir('/in'):
    with open('/in/' + name, 'rb') as given, open('/work/' + name, 'wb') as taken:
        taken.write(given.read())
os.chdir('/work')
sys.path.insert(0, '.')
sys.argv = ['_main.py']
runpy.run_path('_main.py', run_name='__main__')
"""


def _shown() -> list[str]:
    """The folders that are shown: Python's own and the system's libraries."""
    roots = [p for p in ("/usr", "/bin", "/lib", "/lib64") if Path(p).exists()]
    prefix = Path(os.path.realpath(sys.executable)).parent.parent
    return [*roots, *([] if prefix.is_relative_to("/usr") else [str(prefix)])]


def _command(name: str, inside: Path, root: Path) -> list[str]:
    python = [os.path.realpath(sys.executable), "-I", "-S"]
    begin = [*python, "-c", _BEGIN]
    shown = _shown()
    program = shutil.which(name) or name
    if name == "bwrap":
        binds = [part for path in shown for part in ("--ro-bind", path, path)]
        return [
            # an account that is root keeps its capabilities in it unless told otherwise, and mounts /usr anew
            program, "--unshare-user", "--unshare-all", "--cap-drop", "ALL", "--die-with-parent",
            "--new-session", *binds, "--proc", "/proc", "--dev", "/dev", *_in_memory(program, "/tmp"),
            "--ro-bind", str(inside), "/in", *_in_memory(program, "/work"), "--chdir", "/work", *begin,
        ]  # fmt: skip
    if name == "nsjail":  # its root is an empty one in memory
        binds = [part for path in shown for part in ("-R", path)]
        return [
            program, "-Mo", "-Q", *binds, "-R", f"{inside}:/in", "-T", "/work", "-T", "/tmp",
            "--cwd", "/work", "-t", str(SECONDS), "--rlimit_as", "512", "--", *begin,
        ]  # fmt: skip
    return [
        program, "--user", "--map-root-user", "--mount", "--net", "--pid", "--ipc", "--uts", "--fork",
        "--kill-child", *python, str(Path(cage.__file__).resolve()), str(root), str(inside), *shown,
        "--", *begin,
    ]  # fmt: skip


def _in_memory(program: str, path: str) -> list[str]:
    """bubblewrap's words for an empty folder in memory; how large it may grow is known to it since 0.8."""
    return [*(["--size", str(16 * FILES)] if _knows_size(program) else []), "--tmpfs", path]


@functools.cache
def _knows_size(program: str) -> bool:
    said = subprocess.run([program, "--help"], capture_output=True, timeout=SECONDS, check=False)
    return b"--size" in said.stdout + said.stderr
