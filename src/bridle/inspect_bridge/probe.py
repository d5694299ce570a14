"""Render probes: is what a server reads what the arm means? Asked before the call that depends on it.

    check_head(ids, text, messages, request)   -> None, or BridleError: BOS twice, another convention
    check_prefix(wanted, theirs, renderer)     -> None, or BridleError with both tails
    check_count(reply, ids)                    -> None, or BridleError: tokens were added or dropped

A chat template may open a second thought, drop the first, strip a newline or begin another channel;
none of that shows in the reply. What differs is refused and never sent, or never judged.
"""

from __future__ import annotations

from collections.abc import Sequence

from bridle.calls import Message, Reply, Request
from bridle.errors import BridleError
from bridle.inspect_bridge.templates import Renderer

TAIL = 24  # tokens that are shown of each side


def check_head(ids: Sequence[int], text: str, request: Request) -> None:
    """The rendered messages: every user turn in them as it stands, one BOS, the arm's convention.

    Raises:
        BridleError: what is wrong, and the arm or option that would fit.
    """
    if len(ids) > 1 and ids[0] == ids[1]:
        raise BridleError(
            f"The rendered prompt begins with the token {ids[0]} twice.",
            expected="one mark of the beginning (BOS)",
            hint="the server adds a BOS to a template that has one: take one of them away",
        )
    last = _last_user(request.messages)
    at = text.rfind(last)
    if at < 0:
        raise BridleError(
            "The server's chat template does not hold the user's turn as it was sent.",
            expected=f"…{last[-60:]!r} in its text, which ends in {text[-60:]!r}",
        )
    tail = text[at + len(last) :]
    harmony = "<|start|>" in tail or "<|channel|>" in tail
    if "</think>" in request.stop and harmony:
        raise BridleError(
            "The model speaks in channels, and the arm looks for </think>.",
            expected="the arm's dialect=harmony",
            hint="--arm NAME:dialect=harmony",
        )
    if "<|end|>" in request.stop and not harmony:
        raise BridleError(
            "The arm looks for channels, and the model's template has none.",
            expected="the arm's dialect=think",
            hint="leave dialect=harmony out",
        )
    if "</think>" in request.stop and "</think>" in tail:
        raise BridleError(
            "The server's template has closed the thought before the model could begin one.",
            expected="thinking on",
            hint="leave out reasoning_effort=none and enable_thinking=false",
        )
    if request.prefix.startswith("<think>") and "<think>" in tail:
        raise BridleError(
            "The template opens the thought, and the arm would open another.",
            expected="one opening tag",
            hint="leave out the arm's opened=true (for thinking_off: by=template)",
        )


async def check_prefix(wanted: Sequence[int], theirs: Sequence[int], renderer: Renderer) -> None:
    """Whether the chat template renders a prefix to the tokens that the arm means.

    Raises:
        BridleError: it does not; both tails are shown.
    """
    if list(wanted) == list(theirs):
        return
    same = next(
        (i for i, (a, b) in enumerate(zip(wanted, theirs, strict=False)) if a != b),
        min(len(wanted), len(theirs)),
    )
    start = max(0, same - 4)
    mine, other = [
        await renderer.text(list(ids[start : start + TAIL])) if ids[start:] else ""
        for ids in (wanted, theirs)
    ]
    raise BridleError(
        f"The server's chat template does not go on from the prefix: from token {same} on it has "
        f"{other!r} (of {len(theirs)} tokens).",
        expected=f"{mine!r} (of {len(wanted)})",
        hint="the same arm by token ids: seam=ids",
    )


def check_count(reply: Reply, ids: Sequence[int]) -> None:
    """Whether the server read as many tokens as it was sent.

    Raises:
        BridleError: it added some (a BOS) or dropped some.
    """
    if reply.tokens_in is not None and reply.tokens_in != len(ids):
        raise BridleError(
            f"The server read {reply.tokens_in} tokens of a prompt of {len(ids)}.",
            expected="the ids as they were sent, without a BOS more and without truncation",
        )


def _last_user(messages: Sequence[Message]) -> str:
    said = [m["content"] for m in messages if m["role"] == "user"]
    return said[-1].strip() if said else ""
