"""Messages → the text that the model continues: Qwen3's convention of chat.

render([{"role": "user", "content": "Hi"}])
-> "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from bridle.errors import DataError

Effort = Literal["low", "medium", "high"]

ROLES = ("system", "user", "assistant", "tool")
NO_THOUGHT = "<think>\n\n</think>\n\n"
_MARK = re.compile(r"<\|(im_start|im_end|endoftext)\|>")
_THINK = re.compile(r"<(/?think)>")  # in what another than the assistant said


def render(
    messages: Sequence[Mapping[str, Any]],
    *,
    enable_thinking: bool = True,
    continue_final: bool = False,
    effort: Effort | None = None,
) -> str:
    """The prompt of a conversation.

    Thoughts of earlier assistant turns are dropped, as Qwen3's template does. With
    `enable_thinking=False` an empty thought is put in, so that the answer comes at once. With
    `continue_final` the last message, an assistant's, is left open and the model goes on from it; a
    thought in its `reasoning_content` counts as finished, one in `<think>` tags as it stands there.
    An `effort` is named in the system message ("Reasoning: high", as gpt-oss does).
    Marks of the convention inside a message are broken up, so that text cannot pose as a turn or as
    the start or end of a thought; `<think>` tags count only in the assistant's own last message.

    Raises:
        DataError: no messages, an unknown role, content that is not text, nothing to continue.
    """
    if not messages:
        raise DataError("There are no messages.", expected="at least one, of role user")
    turns = [(_role(m, i), _content(m, i)) for i, m in enumerate(messages)]
    if effort is not None:
        told = turns.pop(0)[1] + "\n" if turns[0][0] == "system" else ""
        turns.insert(0, ("system", f"{told}Reasoning: {effort}"))
    final = ""
    if continue_final:
        role, final = turns.pop()
        if role != "assistant":
            raise DataError(
                f"The last message is of role {role!r}; there is nothing to continue.",
                expected="a last message of role assistant",
            )
        thought = messages[-1].get("reasoning_content")
        if isinstance(thought, str) and thought and "<think>" not in final:
            thought = _THINK.sub(r"< \1>", _MARK.sub(r"<| \1|>", thought)).strip("\n")
            final = f"<think>\n{thought}\n</think>\n\n" + final.lstrip("\n")
    parts: list[str] = []
    for role, content in turns:
        if role == "assistant" and "</think>" in content:
            content = content.rpartition("</think>")[2].lstrip("\n")
        content = _THINK.sub(r"< \1>", content)
        parts.append(f"<|im_start|>{role}\n{content}<|im_end|>\n")
    parts.append("<|im_start|>assistant\n")
    if not enable_thinking and "</think>" not in final:
        parts.append(NO_THOUGHT)
    return "".join(parts) + final


def read_effort(said: object, thinking: bool = True) -> tuple[bool, Effort | None]:
    """Whether to think, and with which effort, by what a request calls `reasoning_effort`."""
    if not thinking or said in ("none", "minimal"):
        return False, None
    if said in ("high", "xhigh", "max"):
        return True, "high"
    return True, said if said in ("low", "medium") else None


def inside_thought(prompt: str) -> bool:
    """Whether a rendered prompt ends in the middle of a thought of the assistant."""
    turn = prompt.rpartition("<|im_start|>assistant")[2]
    return turn.rfind("<think>") > turn.rfind("</think>")


def _role(message: Mapping[str, Any], index: int) -> str:
    role = message.get("role")
    role = "system" if role == "developer" else role
    if role not in ROLES:
        raise DataError(
            f"Message {index + 1} has the role {role!r}.", expected="one of: " + ", ".join(ROLES)
        )
    return role


def _content(message: Mapping[str, Any], index: int) -> str:
    content = message.get("content")
    if content is None:
        content = ""
    if isinstance(content, Sequence) and not isinstance(content, str):
        parts = [p.get("text") if isinstance(p, Mapping) else None for p in content]
        content = "".join(parts) if all(isinstance(p, str) for p in parts) else None  # type: ignore[arg-type]
    if not isinstance(content, str):
        raise DataError(f"The content of message {index + 1} is not text.", expected="a string")
    return _MARK.sub(r"<| \1|>", content)
