"""What a call that failed stands for: refused, unreachable, or to be asked again."""

from __future__ import annotations

from bridle.errors import BridleError


def status_of(error: BaseException) -> int | None:
    """The HTTP status that an error stands for, if it does."""
    cause = cause_of(error)
    for one in (error, cause, cause.__cause__):
        status = getattr(one, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def cause_of(error: BaseException) -> BaseException:
    """What Inspect met last, where it gave up."""
    retried = getattr(error, "last_attempt", None)
    return (retried.exception() if retried is not None else None) or error


def unreachable(error: BaseException) -> bool:
    """Nobody listens at the address, or it has no name; a connection that broke later is not that."""
    cause: BaseException | None = cause_of(error)
    while cause is not None:
        if type(cause).__name__ in ("ConnectError", "ConnectionRefusedError", "gaierror"):
            return True
        cause = cause.__cause__
    return False


def settled(error: BaseException) -> bool:
    """Asking again is pointless: somebody said no, or Inspect has asked again already."""
    status = status_of(error)
    refused = isinstance(error, BridleError) or (status is not None and status >= 400)
    return refused or hasattr(error, "last_attempt")


def settled_for_good(error: BaseException) -> bool:
    """Somebody said no to this very request: 4xx other than "too many" and "too slow"."""
    status = status_of(error)
    if isinstance(error, BridleError):
        return True
    return status is not None and 400 <= status < 500 and status not in (408, 409, 425, 429)


def describe(error: BaseException, timeout: int | None = None) -> str:
    """What failed, in the server's words where it gave any."""
    cause = cause_of(error)
    if type(cause).__name__ == "AttemptTimeoutError":
        return f"no reply within {timeout} s"
    said = getattr(cause, "provider_message", None) or str(cause) or "no reason given"
    return f"{type(cause).__name__}: {' '.join(str(said).split())[:500]}"
