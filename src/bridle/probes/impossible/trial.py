"""The trial of a sandbox: a program that tries to get out, with something outside to get at.

    with Trial(home=Path.home(), shown=["/usr"]) as tried:
        out = <what tried.program() printed in the sandbox>
        tried.fault(out)        -> None, or "its code can write beside its folder"

Outside there are, for as long as it lasts: a folder with a file (to be read, to be written to, to be written
beside), a server on this machine, one by an abstract name (Linux), and the home.
"""

from __future__ import annotations

import json
import secrets
import socket
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

HELD = "held"
# what the program prints of an attempt that succeeds → what that means
FAULTS = {
    "write": "its code can write beside its folder",
    "read": "its code can read the account's files",
    "home": "its code can read the home folder",
    "system": "its code can write to the system's files",
    "network": "its code reaches the network",
    "socket": "its code reaches other processes by a socket",
}
_PROGRAM = """
import ctypes, json, os, socket
libc = ctypes.CDLL(None)
about = json.loads({about!r})
def tries(name, do):
    try:
        done = do()
    except (OSError, RuntimeError):
        return
    if done is not False:
        print(name)
def write(path):
    with open(path, "w") as file:
        file.write("overwritten")
def read(path):
    with open(path) as file:
        file.read()
def reach(family, address):
    with socket.socket(family) as made:
        made.settimeout(1)
        made.connect(address)
def home():
    return bool(set(os.listdir(about["home"])) - set(about["known"]))
tries("write", lambda: write(about["file"]))
tries("write", lambda: write(about["file"] + ".new"))
tries("read", lambda: read(about["file"]))
tries("home", home)
def system():
    for path in about["shown"]:  # as it stands, and mounted anew without "read-only"
        tries("system", lambda: write(path + "/." + about["name"]))
        libc.mount(b"none", path.encode(), None, ctypes.c_ulong(4096 | 32), None)
        tries("system", lambda: write(path + "/." + about["name"]))
system()
tries("network", lambda: reach(socket.AF_INET, ("127.0.0.1", about["port"])))
tries("socket", lambda: reach(socket.AF_UNIX, "\\0" + about["name"]))
with open("of-its-own", "w") as file:
    file.write("this one may be written")
libc.unshare(ctypes.c_int(0x10000000 | 0x20000))  # new user and mount namespaces: mounts stay as they are
system()
print({held!r})
"""


class Trial:
    """What a program in a sandbox must not reach. Paths are absolute; `shown` is what it may read."""

    def __init__(self, *, home: Path, shown: Sequence[str]) -> None:
        self.home, self.shown = home, tuple(shown)
        self.name = f"bridle-trial-{secrets.token_hex(8)}"
        self._folder = tempfile.TemporaryDirectory(prefix="bridle-trial-")
        self.file = Path(self._folder.name, "outside")
        self._servers: list[socket.socket] = []

    def __enter__(self) -> Trial:
        self.file.write_text(self.name, encoding="ascii")
        self._servers = [socket.create_server(("127.0.0.1", 0))]
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(f"\0{self.name}")
            made.listen()
            self._servers.append(made.dup())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        for server in self._servers:
            server.close()
        self._folder.cleanup()

    def program(self) -> str:
        """The program to run."""
        about = {
            "file": str(self.file),
            "home": str(self.home),
            "known": self._known(),
            "shown": self.shown,
            "name": self.name,
            "port": self._servers[0].getsockname()[1],
        }
        return _PROGRAM.format(about=json.dumps(about), held=HELD)

    def _known(self) -> list[str]:
        """What may be seen in the home: the way to a Python that is installed there, nothing beside it."""
        if self.home == Path("/"):  # of accounts without a home: the new root itself
            return [*(Path(p).parts[1] for p in self.shown), "in", "work", "tmp", "dev", "proc"]
        ways = [
            Path(p).relative_to(self.home) for p in self.shown if Path(p).is_relative_to(self.home)
        ]
        return [way.parts[0] for way in ways if way.parts]

    def fault(self, out: str) -> str | None:
        """What it could do that it must not; None where it could do nothing."""
        lines = out.split()
        kept = sorted(p.name for p in self.file.parent.iterdir()) == [self.file.name]
        if not kept or self.file.read_text(encoding="utf-8", errors="replace") != self.name:
            return FAULTS["write"]
        if broken := [FAULTS[line] for line in lines if line in FAULTS]:
            return broken[0]
        return None if lines == [HELD] else "it does not start here"
