"""What stands before every handler: the key, the size and form of a body, and how much is in the making."""

from __future__ import annotations

import contextlib
import hmac
import json
from typing import TYPE_CHECKING, Any

from bridle.organism.server.protocol import Refused

if TYPE_CHECKING:
    from starlette.requests import Request

LARGEST_BODY = 4_000_000  # bytes


class Queue:
    """How many answers are in the making, over all calls."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.now = 0

    @contextlib.contextmanager
    def places(self, number: int):
        if number > self.most:
            raise Refused(400, f"A call of {number} answers never fits the queue of {self.most}.")
        if self.now + number > self.most:
            raise Refused(
                429,
                f"The queue is full ({self.now} of {self.most} answers in the making); try again.",
                kind="rate_limit_error",
            )
        self.now += number
        try:
            yield
        finally:
            self.now -= number


class Door:
    """Lets a request in whose key fits, and reads its body up to `largest` bytes."""

    def __init__(self, api_key: str | None, *, largest: int = LARGEST_BODY) -> None:
        self._key = api_key
        self._largest = largest

    def allowed(self, request: Request) -> None:
        sent = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        given = sent.encode("latin-1")  # the bytes as they came
        if self._key is not None and not hmac.compare_digest(given, self._key.encode()):
            raise Refused(401, "The API key is missing or wrong.", kind="authentication_error")

    async def body(self, request: Request) -> dict[str, Any]:
        from starlette.requests import ClientDisconnect

        self.allowed(request)
        read = bytearray()
        try:
            async for part in request.stream():
                read += part
                if len(read) > self._largest:
                    raise Refused(413, f"The body is larger than {self._largest:,} bytes.")
        except ClientDisconnect:
            raise Refused(400, "The body broke off.") from None
        try:
            body = json.loads(bytes(read))
        except (ValueError, RecursionError) as error:
            raise Refused(400, f"The body is not JSON: {error}") from None
        if not isinstance(body, dict):
            raise Refused(400, "The body must be a JSON object.")
        return body
