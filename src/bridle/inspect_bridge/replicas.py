"""Several servers of one model: each call goes to the one with the fewest calls on their way.

A server to which nobody can connect is left out, first for 5 seconds and each further time for twice as
long, up to two minutes; the call goes to the next one. So is one that has failed three times in a row in a
way that passes by itself (5xx, broken connections, silence). Then it is tried again with one call.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

LEFT_OUT = 5.0  # seconds, the first time
LONGEST = 120.0
IN_A_ROW = 3  # failures after which a server is left out

Generate = Callable[..., Awaitable[Any]]


@dataclass
class Replica:
    """One server, and how it has done."""

    url: str
    generate: Generate
    loaded: int = 0  # calls on their way
    answered: int = 0
    failed: int = 0
    in_a_row: int = 0  # failures since the last answer
    times_out: int = 0  # how often it was left out since the last answer
    left_out: int = 0  # how often in all
    until: float = 0.0  # it is left out until then

    def words(self) -> str:
        """ "http://a:8000/v1 120 (2 failed, left out once)"."""
        told = [f"{self.failed:,} failed"] if self.failed else []
        if self.left_out:
            told.append(
                "left out once" if self.left_out == 1 else f"left out {self.left_out} times"
            )
        return f"{self.url} {self.answered:,}" + (f" ({', '.join(told)})" if told else "")


class Replicas:
    """Stands in for `generate` of one Inspect model."""

    def __init__(self, replicas: Sequence[Replica], unreachable: Callable[[BaseException], bool]):
        self.all = list(replicas)
        self._unreachable = unreachable

    async def generate(self, *args: Any, **kwargs: Any) -> Any:
        """The answer of the least-loaded server; of several failures to connect the last is raised."""
        tried: set[int] = set()
        while True:
            replica = self._next(tried)
            tried.add(id(replica))
            replica.loaded += 1
            try:
                found = await replica.generate(*args, **kwargs)
            except asyncio.CancelledError:  # the time for one attempt is over, or the run has ended
                self._failed(replica, gone=False)
                raise
            except Exception as error:
                gone = self._unreachable(error)
                if gone or not _refused(error):
                    self._failed(replica, gone=gone)
                if gone and len(tried) < len(self.all):
                    continue
                raise
            finally:
                replica.loaded -= 1
            replica.answered += 1
            replica.in_a_row = replica.times_out = 0
            replica.until = 0.0
            return found

    def _next(self, tried: set[int]) -> Replica:
        """Of those not tried yet: one that is not left out, with the fewest calls; else the one whose
        time is over first."""
        now = time.monotonic()
        rest = [r for r in self.all if id(r) not in tried]
        ready = [r for r in rest if r.until <= now and not (r.times_out and r.loaded)]
        if ready:
            return min(ready, key=lambda r: (r.loaded, r.answered))
        return min(rest, key=lambda r: (r.until, r.loaded))

    def _failed(self, replica: Replica, *, gone: bool) -> None:
        replica.failed += 1
        replica.in_a_row += 1
        now = time.monotonic()
        if (gone or replica.in_a_row >= IN_A_ROW) and replica.until <= now:
            replica.until = now + min(LONGEST, LEFT_OUT * 2**replica.times_out)
            replica.times_out += 1
            replica.left_out += 1


def _refused(error: BaseException) -> bool:
    """The server is well and says no: 4xx, other than "too slow"."""
    status = getattr(error, "status_code", None)
    return isinstance(status, int) and 400 <= status < 500 and status != 408


def shown(url: str) -> str:
    """The address without the name and password that may stand in it."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
