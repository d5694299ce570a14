"""Limits on what one connection may hold: uvicorn bounds neither a silent client nor a half-sent body.

    uvicorn.Config(app, http=bounded(30.0), limit_concurrency=576)

A request must have arrived whole within `seconds` of its connection, or of its first byte on a
connection that is kept open; else it gets 408 and the connection is closed. A client that does not
read its answer is cut off after as long. Connections beyond `limit_concurrency` (which uvicorn
answers with 503) and SPARE more are closed as they come, so that none of them costs a file descriptor.
"""

from __future__ import annotations

import asyncio
import json

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from bridle.organism.server.protocol import Refused

SPARE = 64  # connections that are still told 503
RECEIVING = (h11.IDLE, h11.SEND_BODY)  # states of a client of whom a part of a request is awaited


def bounded(seconds: float) -> type[H11Protocol]:
    """uvicorn's HTTP protocol with those limits."""

    class Bounded(H11Protocol):
        _late: asyncio.TimerHandle | None = None  # when a request must be whole
        _stuck: asyncio.TimerHandle | None = None  # when the client must have read on

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            most = self.limit_concurrency
            if most is not None and len(self.connections) > most + SPARE:
                transport.abort()
            else:
                self._watch()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            self._forget_late()
            self._forget_stuck()
            super().connection_lost(exc)

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stuck = self.loop.call_later(seconds, self.transport.abort)

        def resume_writing(self) -> None:
            self._forget_stuck()
            super().resume_writing()

        def shutdown(self) -> None:
            """At the server's end only requests that have arrived are finished."""
            if self.conn.their_state in RECEIVING:
                self.transport.close()
            else:
                super().shutdown()

        def _watch(self) -> None:
            if self.transport.is_closing() or self.conn.their_state not in RECEIVING:
                self._forget_late()
            elif self._late is None:
                self._late = self.loop.call_later(seconds, self._refuse)

        def _forget_late(self) -> None:
            if self._late is not None:
                self._late.cancel()
                self._late = None

        def _forget_stuck(self) -> None:
            if self._stuck is not None:
                self._stuck.cancel()
                self._stuck = None

        def _refuse(self) -> None:
            self._late = None
            if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):  # no answer has begun
                self.transport.write(self._said())
            self.transport.close()

        def _said(self) -> bytes:
            told = f"The request was not complete within {seconds:g} seconds."
            body = json.dumps(Refused(408, told).body()).encode()
            head = [
                ("content-type", "application/json"),
                ("content-length", str(len(body))),
                ("connection", "close"),
            ]
            sent = [
                h11.Response(status_code=408, headers=head, reason=b"Request Timeout"),
                h11.Data(data=body),
                h11.EndOfMessage(),
            ]
            return b"".join(self.conn.send(event) or b"" for event in sent)

    return Bounded
