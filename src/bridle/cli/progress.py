"""How far a run has come: a bar on stderr where that is a terminal, else a line a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bridle.studies.study import Study, Watch


def many(count: int, noun: str) -> str:
    """1 error, 2 errors."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


class Progress:
    """A bar on stderr where that is a terminal, else a line a minute."""

    MINUTE = 60.0  # seconds

    def __init__(self, study: Study, todo: int) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            TextColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as Bar

        console = Console(stderr=True)
        self.errors = 0
        self.made = 0
        self.todo = todo
        self.told = time.monotonic()
        self.piped = not console.is_terminal
        self.bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[errors]}"),
            TimeRemainingColumn(),
            console=console,
            disable=self.piped,
        )
        self.task = self.bar.add_task("asking", total=todo, errors="")

    def __enter__(self) -> Watch:
        self.bar.start()

        def watch(call: Any, reply: Any) -> None:
            self.made += 1
            if reply.error is not None:
                self.errors += 1
            failed = many(self.errors, "error") if self.errors else ""
            if self.piped:
                now = time.monotonic()
                if now - self.told >= self.MINUTE:
                    self.told = now
                    said = f", {failed}" if failed else ""
                    click.echo(f"{self.made:,} calls of {self.todo:,} drawings{said}", err=True)
                return
            self.bar.update(self.task, advance=1, errors=failed)
            if self.bar.finished:  # what is left is for this machine to do
                self.bar.update(self.task, description="grading")

        return watch

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


class ScoreProgress:
    """Rows scored, their rate and the time left: a bar where stderr is a terminal, else a line a minute."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        console = Console(stderr=True)
        self.piped = not console.is_terminal
        self.bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.fields[words]}"),
            console=console,
            disable=self.piped,
        )
        self.task = self.bar.add_task("reading", total=None, words="")
        self.doing = ""
        self.started = self.told = self.last = time.monotonic()

    def __enter__(self) -> Callable[[str, int, int, int], None]:
        self.bar.start()
        return self._watch

    def _watch(self, doing: str, done: int, total: int, before: int) -> None:
        now = time.monotonic()
        if doing != self.doing:
            self.doing, self.started = doing, self.last
        self.last = now
        words = rate_words(done, total, done - before, now - self.started)
        if not self.piped:
            self.bar.update(self.task, description=doing, total=total, completed=done, words=words)
        elif now - self.told >= Progress.MINUTE:
            self.told = now
            click.echo(f"{doing}: {words}", err=True)

    def __exit__(self, *_: object) -> None:
        self.bar.stop()


def rate_words(done: int, total: int, made: int, seconds: float) -> str:
    """ "40,000 of 100,000 rows, 812 a second, 1:14 left"."""
    words = f"{done:,} of {total:,} rows"
    if seconds <= 0 or not made:
        return words
    rate = made / seconds
    left = round((total - done) / rate)
    hours, rest = divmod(left, 3600)
    clock = (
        f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{left // 60}:{left % 60:02d}"
    )
    return f"{words}, {rate:,.0f} a second" + (f", {clock} left" if left else "")
