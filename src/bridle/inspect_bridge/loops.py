"""Run a coroutine to its end from code that is not asynchronous, also where a loop runs already."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any


def run_loop(main: Callable[[], Any]) -> str | None:
    """`asyncio.run`, in a thread of its own where a loop is running already (a notebook)."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(main())
    found: list[str | None] = []
    failed: list[BaseException] = []

    def target() -> None:
        try:
            found.append(asyncio.run(main()))
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=target)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return found[0]
