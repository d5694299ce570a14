"""How far a run has come: a bar on stderr where that is a terminal, else a line a minute."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bridle.calls import Reply
    from bridle.studies.plan import Call
    from bridle.studies.study import Study, Watch


def many(count: int, noun: str) -> str:
    """1 error, 2 errors."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


class Progress:
    """How far a run has come: a bar on stderr where that is a terminal, else a line a minute.

    Both say how many drawings were begun, errors, the rate, the time that is left, and how many of the
    latest answers obeyed: a run that goes wrong is seen before it is paid for.
    """

    MINUTE = 60.0  # seconds between two lines in a pipe
    LOOK = 10.0  # seconds between two looks at answers, on a terminal
    LOOKED_AT = 40  # answers graded at one look: grading one takes some milliseconds

    def __init__(self, study: Study, todo: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn
        from rich.progress import Progress as Bar

        console = Console(stderr=True)
        self.study = study
        self.errors = self.made = self.begun = 0
        self.looked_at = self.obeyed = 0
        self.todo = todo
        self.latest: dict[Call, dict[Call, Reply]] = {}  # drawings not looked at yet
        self.started = (
            0.0  # when the first reply came: what went before it says nothing of the rate
        )
        self.told = time.monotonic()
        self.piped = not console.is_terminal
        self.bar = Bar(
            TextColumn("{task.description}"),
            BarColumn(bar_width=12),
            TextColumn("{task.fields[words]}"),
            console=console,
            disable=self.piped,
        )
        self.task = self.bar.add_task("asking", total=todo, words="")

    def __enter__(self) -> Watch:
        self.bar.start()
        return self._watch

    def _watch(self, call: Call, reply: Reply) -> None:
        self.made += 1
        self.errors += reply.error is not None
        self.begun += call == call.drawing
        self._keep(call, reply)
        now = time.monotonic()
        self.started = self.started or now
        looks = now - self.told >= (self.MINUTE if self.piped else self.LOOK)
        if looks:
            self.told = now
            self._look()
        if self.piped:
            if looks:
                click.echo(self.words(now - self.started), err=True)
            return
        self.bar.update(self.task, completed=self.begun, words=self.words(now - self.started))
        if self.bar.finished:  # what is left is for this machine to do
            self.bar.update(self.task, description="grading")

    def words(self, seconds: float) -> str:
        """ "400 of 2,000, 3 errors, 1.2 a second, 22:14 left; obeyed: 61 % of 40"."""
        said = rate_words(self.begun, self.todo, self.begun - 1, seconds, noun="")
        head, comma, rest = said.partition(", ")
        calls = f", {self.made:,} calls" if self.made > self.begun else ""
        failed = f", {many(self.errors, 'error')}" if self.errors else ""
        seen = ""
        if self.looked_at:
            share = f"{100 * self.obeyed / self.looked_at:.0f} %"
            seen = f"; obeyed: {share} of {self.looked_at:,}"
        return f"{head}{calls}{failed}{comma}{rest}{seen}"

    def _keep(self, call: Call, reply: Reply) -> None:
        key = call.drawing
        if call.condition != "with":
            return
        self.latest.setdefault(key, {})[call] = reply
        if len(self.latest) > 4 * self.LOOKED_AT:
            del self.latest[next(iter(self.latest))]

    def _look(self) -> None:
        """Grade the latest drawings that have ended, as the table will."""
        from bridle.errors import BridleError
        from bridle.studies.grades import graded

        looked = 0
        for key, replies in reversed(list(self.latest.items())):
            if looked >= self.LOOKED_AT:
                break
            try:
                drawing = self.study.drawing(key, replies)
                found = graded(drawing, {}) if drawing.ended and not drawing.failed else []
            except BridleError:  # its arm fails on a reply, which the table will say
                continue
            if found:
                looked += 1
            for _, record in found:
                if record.hard is not None:
                    self.looked_at += 1
                    self.obeyed += record.hard
        self.latest.clear()

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


def rate_words(done: int, total: int, made: int, seconds: float, *, noun: str = " rows") -> str:
    """ "40,000 of 100,000 rows, 812 a second, 1:14 left"."""
    words = f"{done:,} of {total:,}{noun}"
    if seconds <= 0 or not made:
        return words
    rate = made / seconds
    left = round((total - done) / rate)
    hours, rest = divmod(left, 3600)
    clock = (
        f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{left // 60}:{left % 60:02d}"
    )
    if rate >= 10:
        pace = f"{rate:,.0f} a second"
    else:
        pace = f"{rate:.1f} a second" if rate >= 1 else f"{60 * rate:.1f} a minute"
    return f"{words}, {pace}" + (f", {clock} left" if left else "")
