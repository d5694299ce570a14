"""One drawing: an arm's requests, answered by what a journal holds and then by a model.

    drawing = Drawing(arm, item, call, known)
    request = drawing.pending             -> the first Request without a reply, or None: it has ended
    request = drawing.send(reply)         -> the next one

An arm follows from the replies alone, so a study that resumes sends it those that were paid for.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from bridle.arms import Arm
from bridle.benchmarks.item import Item
from bridle.calls import Reply, Request, Transcript, Turn
from bridle.errors import BridleError
from bridle.studies.plan import Call


class Drawing:
    """The state of one drawing; made, it has gone through all replies that are known."""

    def __init__(self, arm: Arm, item: Item, call: Call, known: Mapping[Call, Reply]) -> None:
        """
        Raises:
            BridleError: the arm failed on this item or on a reply of it.
        """
        self.arm = arm
        self.item = item
        self.call = call
        self.replies: list[Reply] = []
        self.failed: Reply | None = None  # an error that stands where the pending reply would
        self.pending: Request | None = None
        self._steps = arm.steps(item, call.condition)
        self._go_on(None)
        while self.pending is not None:
            reply = known.get(self.key)
            if reply is None:
                return
            if reply.error is not None:
                self.failed = dataclasses.replace(reply, request=self.pending)
                return
            self.send(reply)

    @property
    def key(self) -> Call:
        """The key of the pending request."""
        assert self.pending is not None
        return self.call.at(len(self.replies), self.pending)

    @property
    def ended(self) -> bool:
        return self.pending is None

    def send(self, reply: Reply) -> Request | None:
        """Give the reply to the pending request; returns the next one.

        Raises:
            BridleError: the arm failed on it.
        """
        reply = dataclasses.replace(reply, request=self.pending)
        self.replies.append(reply)
        self._go_on(reply)
        return self.pending

    def _go_on(self, reply: Reply | None) -> None:
        try:
            self.pending = next(self._steps) if reply is None else self._steps.send(reply)
        except StopIteration:
            self.pending = None
        except BridleError:
            raise
        except Exception as error:  # an arm may be anybody's code
            raise BridleError(
                f"The arm {self.arm.name!r} failed on {self.call.item} "
                f"({type(error).__name__}: {error}).",
                expected="an arm that goes on from any reply, a cut-off or empty one too",
            ) from error

    def turns(self) -> list[Turn]:
        """The turns that have their graded reply, and one that met an error in its place."""
        replies = [*self.replies, *([self.failed] if self.failed else [])]
        turns = list(Transcript(tuple(replies)).turns())
        if self.pending is not None and self.failed is None:
            begun = (self.pending.turn, self.pending.fork)
            turns = [turn for turn in turns if (turn.number, turn.fork) != begun]
        return turns
