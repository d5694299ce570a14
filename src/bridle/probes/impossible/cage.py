"""The cage where `unshare` is all that there is: run inside new namespaces, before the model's code.

    unshare --user --map-root-user --mount … python cage.py ROOT IN SHOWN… -- COMMAND…

Builds a file system of its own on ROOT (only SHOWN, read-only; IN at /in, read-only; an empty /work in memory),
makes it the root, lets go of the old one, and runs COMMAND there without any capability and without a way to
new ones. The home and the files of the account are not denied but absent. This process stays as the first of
its process namespace: with it every process goes that the code leaves behind. Imports nothing of bridle: it is
run by path, without site packages. `sandbox.py` proves that it holds before anything is run in it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from pathlib import Path

ROOM = "size=16m,nr_inodes=1024,mode=0755"  # of /work and /tmp: the memory that files can take
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = (
    1,
    2,
    4,
    32,
    4096,
    16384,
    1 << 18,
)
MOUNT_SETATTR, AT_FDCWD, AT_RECURSIVE = 442, -100, 0x8000  # the same number on every architecture
READ_ONLY = 1 | 2  # MOUNT_ATTR_RDONLY, MOUNT_ATTR_NOSUID
DETACH = 2
PR_CAPBSET_DROP, PR_SET_SECUREBITS, PR_SET_NO_NEW_PRIVS = 24, 28, 38
NOROOT_LOCKED = (
    0b11101111  # no capability for user 0, none kept, ambient ones neither; all of it locked
)
DEVICES = ("null", "zero", "urandom")

_libc = ctypes.CDLL(None, use_errno=True)


def _done(code: int, what: str) -> None:
    if code != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")


def mount(source: str, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """mount(2)."""
    _done(
        _libc.mount(
            source.encode(),
            target.encode(),
            None if kind is None else kind.encode(),
            ctypes.c_ulong(flags),
            None if data is None else data.encode(),
        ),
        f"mount {target}",
    )


def show(source: str, target: str) -> None:
    """`source` and all that is mounted below it at `target`, read-only (mount_setattr, Linux 5.12)."""
    Path(target).mkdir(parents=True, exist_ok=True)
    mount(source, target, None, MS_BIND | MS_REC)
    wanted = (ctypes.c_uint64 * 4)(READ_ONLY, 0, 0, 0)
    _done(
        _libc.syscall(
            ctypes.c_long(MOUNT_SETATTR),
            ctypes.c_int(AT_FDCWD),
            target.encode(),
            ctypes.c_uint(AT_RECURSIVE),
            ctypes.byref(wanted),
            ctypes.c_size_t(ctypes.sizeof(wanted)),
        ),
        f"mount_setattr {target}",
    )


def build(root: str, inside: str, shown: list[str]) -> None:
    """Make `root` the root, with nothing in it but what is shown."""
    mount("none", "/", None, MS_REC | MS_PRIVATE)
    mount("tmpfs", root, "tmpfs", MS_NOSUID | MS_NODEV, "size=1m,mode=0755")
    for path in shown:
        if Path(path).is_symlink():  # /bin -> usr/bin
            Path(root + path).symlink_to(Path(path).readlink())
        else:
            show(path, root + path)
    show(inside, f"{root}/in")
    for name in ("work", "tmp"):
        Path(root, name).mkdir()
        mount("tmpfs", f"{root}/{name}", "tmpfs", MS_NOSUID | MS_NODEV, ROOM)
    Path(root, "dev").mkdir()
    for name in DEVICES:
        Path(root, "dev", name).touch()
        mount(f"/dev/{name}", f"{root}/dev/{name}", None, MS_BIND)
    os.chdir(root)
    # the old root is stacked on the new one and let go (pivot_root(2), "pivot_root(".", ".")")
    _done(_libc.pivot_root(b".", b"."), "pivot_root")
    _done(_libc.umount2(b".", ctypes.c_int(DETACH)), "umount")
    os.chdir("/work")
    mount("none", "/", None, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NOSUID | MS_NODEV)


def let_go() -> None:
    """Give up every capability for good: what is mounted read-only stays so."""
    for capability in range(64):
        _libc.prctl(PR_CAPBSET_DROP, ctypes.c_ulong(capability), 0, 0, 0)  # EINVAL past the last
    _done(_libc.prctl(PR_SET_SECUREBITS, ctypes.c_ulong(NOROOT_LOCKED), 0, 0, 0), "securebits")
    _done(_libc.prctl(PR_SET_NO_NEW_PRIVS, ctypes.c_ulong(1), 0, 0, 0), "no_new_privs")
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, this process
    _done(_libc.capset(ctypes.byref(header), ctypes.byref((ctypes.c_uint32 * 6)())), "capset")


def main(arguments: list[str]) -> int:
    """Build, run, wait; the exit code of the command, 128 and its number where a signal ended it."""
    cut = arguments.index("--")
    (root, inside, *shown), command = arguments[:cut], arguments[cut + 1 :]
    # no further user namespaces in this one; where that cannot be set, what they may mount stays read-only
    with contextlib.suppress(OSError):
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
    build(root, inside, shown)
    child = os.fork()
    if child == 0:
        try:
            let_go()
            os.execv(command[0], command)
        finally:
            os._exit(126)
    while True:
        ended, status = os.wait()
        if ended == child:
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
