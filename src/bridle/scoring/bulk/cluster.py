"""The workers of a bulk scoring on a Ray cluster: actors in place of processes.

    with RayWorkers(None, setup, address="auto") as workers:
        for number, result in workers.map(tasks): ...

The files of responses must be reachable from every node under their names (a shared folder, or URLs of an
object store). Names go with the task and parts come back with the result, so the folder need not be: it is
written by the process that asks. No more tasks are on their way than there are actors. An actor that is
lost with its node is made anew elsewhere and gets the same task again.
"""

from __future__ import annotations

import logging
import re
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bridle.errors import BridleError, first_line
from bridle.records.stores import url_of
from bridle.scoring.bulk.workers import TRIES, died
from bridle.scoring.ray import _ray, refuse_other_version
from bridle.version import __version__

KNOCK = 10.0  # seconds to wait for somebody to answer at an address


class RayWorkers:
    """Actors of one core each; `count` None: one a core of the cluster."""

    def __init__(self, count: int | None, setup: dict[str, Any], *, address: str | None) -> None:
        self.count = count
        self._setup = setup
        self._address = address
        self._ours = False
        self._ray: Any = None

    def __enter__(self) -> RayWorkers:
        """
        Raises:
            BridleError: no cluster at the address.
        """
        self._ray = ray = _ray()
        if not ray.is_initialized():
            self._knock()
            try:
                ray.init(address=self._address, logging_level=logging.ERROR, log_to_driver=False)
            except (ConnectionError, OSError, ValueError, RuntimeError, TimeoutError) as error:
                raise self._nobody(error) from error
            self._ours = True
        if self.count is None:
            self.count = max(1, int(ray.cluster_resources().get("CPU", 1)))
        return self

    def _knock(self) -> None:
        """Ray ends the whole process where nobody listens at an address: see first whether somebody does."""
        found = re.fullmatch(
            r"(?:ray://)?(?P<host>[^/:]+|\[[0-9a-fA-F:]+\]):(?P<port>[0-9]{1,5})",
            self._address or "",
        )
        if found is None:
            return
        try:
            socket.create_connection((found["host"].strip("[]"), int(found["port"])), KNOCK).close()
        except (OSError, OverflowError) as error:
            raise self._nobody(error) from error

    def _nobody(self, error: Exception) -> BridleError:
        return BridleError(
            f"There is no Ray cluster at {self._address or 'this machine'} ({first_line(error)}).",
            expected="a running cluster (ray start --head), or no --address: one is started here",
            hint="ray status",
        )

    def __exit__(self, *_: object) -> None:
        if self._ours:
            self._ray.shutdown()

    def map(self, tasks: Iterable[dict[str, Any]]) -> Iterator[tuple[int, Any]]:
        """The results with the numbers of their tasks, as they come.

        Raises:
            BridleError: a task failed, or lost its actor `TRIES` times; a node has another version.
        """
        ray = self._ray
        source = enumerate(tasks)
        make = ray.remote(num_cpus=1, max_restarts=0)(_Actor)
        actors = [make.remote(self._setup, __version__) for _ in range(self.count or 1)]
        flying: dict[Any, tuple[Any, int, dict[str, Any], int]] = {}  # reference → actor, …, tries

        def send(actor: Any, number: int, task: dict[str, Any], tries: int) -> None:
            reference = actor.do.remote(_packed(task))
            flying[reference] = (actor, number, task, tries)

        try:
            for actor in actors:
                if (task := next(source, None)) is not None:
                    send(actor, *task, 1)
            while flying:
                (reference,), _ = ray.wait(list(flying), num_returns=1)
                actor, number, task, tries = flying.pop(reference)
                try:
                    told, part = ray.get(reference)
                except ray.exceptions.RayTaskError as error:
                    raise _reason(error) from error
                except (ray.exceptions.RayActorError, ray.exceptions.RayError) as error:
                    if (why := _never_began(error)) is not None:
                        raise why from error
                    if tries >= TRIES:
                        raise died(task) from error
                    ray.kill(actor)
                    send(make.remote(self._setup, __version__), number, task, tries + 1)
                    continue
                if part is not None:
                    _put(Path(task["part"]), part)
                yield number, told
                if (more := next(source, None)) is not None:
                    send(actor, *more, 1)
                else:
                    ray.kill(actor)
        finally:
            for actor, *_ in flying.values():
                ray.kill(actor)


class _Actor:
    """A worker on some node; it loads checkers and items once."""

    def __init__(self, setup: dict[str, Any], version: str) -> None:
        from bridle.scoring.bulk.worker import Worker

        refuse_other_version(version)
        self.worker = Worker(setup)

    def do(self, task: dict[str, Any]) -> tuple[Any, bytes | None]:
        if "names" not in task:
            return self.worker.do(task), None
        remote = url_of(task["part"]) is not None
        with TemporaryDirectory(prefix="bridle-") as folder:
            names, part = Path(folder) / "names.parquet", Path(folder) / "part.parquet"
            names.write_bytes(task["packed"])
            place = task["part"] if remote else str(part)
            told = self.worker.do({**task, "names": str(names), "part": place})
            return told, None if remote else part.read_bytes()


def _packed(task: dict[str, Any]) -> dict[str, Any]:
    if "names" not in task:
        return task
    return {**task, "packed": Path(task["names"]).read_bytes()}


def _put(path: Path, part: bytes) -> None:
    draft = path.with_suffix(".part")
    draft.write_bytes(part)
    draft.replace(path)


def _reason(error: Any) -> BridleError:
    cause = error.cause if isinstance(getattr(error, "cause", None), BridleError) else error
    if isinstance(cause, BridleError):
        return cause
    return BridleError(f"A worker failed: {first_line(cause)}")


def _never_began(error: BaseException) -> BridleError | None:
    """What an actor that could not be made says: it lacks bridle, or has another version of it."""
    said = str(error)
    if "refuse_other_version" in said or "A worker has bridle" in said:
        line = next((one for one in said.splitlines() if "A worker has bridle" in one), said)
        return BridleError(
            line[line.find("A worker has") :],
            expected="one version on every node: checkers may differ",
            hint=f"pip install bridle-eval=={__version__} on the nodes",
        )
    if "No module named 'bridle" in said:
        return BridleError(
            "A node of the cluster has no bridle.",
            expected=f"bridle-eval {__version__} on every node",
            hint=f"pip install 'bridle-eval[ray]=={__version__}' there",
        )
    return None
