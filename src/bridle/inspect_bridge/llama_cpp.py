"""llama.cpp's Python server: tokens through /extras, and prompts as texts, since it takes no ids.

The server has no route that renders a chat, so the template is a file of the user's: the environment
variable BRIDLE_CHAT_TEMPLATE names it (a GGUF file holds it as `tokenizer.chat_template`). What is sent
is the text of the ids that the arm means; whether the server reads that text as those ids is looked at
before it is sent and stands in the record (`rejoined`). Source: llama_cpp/server/app.py of 0.3.36.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bridle.calls import Message
from bridle.errors import BridleError, DataError
from bridle.inspect_bridge.templates import ServerTokens

VARIABLE = "BRIDLE_CHAT_TEMPLATE"


def template_file() -> Path | None:
    """The chat template that the user named, if any."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else None


@dataclass
class LlamaCppTokens(ServerTokens):
    """The renderer of a llama-cpp-python server; `takes_text`: it takes no token ids."""

    template: Path = Path()
    takes_text: bool = True
    _source: str = field(default="", init=False)

    def render(self, messages: Sequence[Message], settings: Mapping[str, Any]) -> str:
        """The chat as text, the assistant's turn begun.

        Raises:
            DataError: the file cannot be read, or its template fails.
        """
        from jinja2 import TemplateError
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        try:
            self._source = self._source or self.template.read_text(encoding="utf-8")
            made = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
            return made.from_string(self._source).render(
                messages=[{"role": m["role"], "content": m["content"]} for m in messages],
                add_generation_prompt=True,
                bos_token="",
                eos_token="",
            )
        except (OSError, UnicodeDecodeError, TemplateError, ArithmeticError, TypeError) as error:
            raise DataError(
                f"The chat template {self.template} does not render: {error}.",
                expected="the model's own template, as jinja",
                hint=f"{VARIABLE}=FILE",
            ) from error

    async def head(self, messages: Sequence[Message], settings: Mapping[str, Any]) -> list[int]:
        return await self.ids(self.render(messages, settings))

    async def text(self, ids: Sequence[int]) -> str:
        raise BridleError("llama.cpp's Python server gives no text of tokens with their marks.")

    async def continued(
        self, messages: Sequence[Message], prefix: str, settings: Mapping[str, Any]
    ) -> list[int]:
        raise BridleError(
            "llama.cpp's Python server does not show how it renders a chat.",
            expected="an arm at the level of tokens", hint="seam=ids",
        )  # fmt: skip

    async def _post(self, route: str, body: dict[str, Any]) -> dict[str, Any]:
        if route == "tokenize":
            found = await super()._post("extras/tokenize", {"input": body["prompt"]})
            return {"tokens": found["tokens"]}
        found = await super()._post("extras/detokenize", {"tokens": body["tokens"]})
        return {"prompt": found["text"]}
