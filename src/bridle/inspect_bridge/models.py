"""Models of our own under Inspect: the embedded one, and scripts in the place of a model."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any, Literal

from inspect_ai.model import (
    ChatMessage,
    GenerateConfig,
    ModelAPI,
    ModelCall,
    ModelOutput,
    ModelUsage,
    modelapi,
)

from bridle.errors import BridleError, DataError


class LocalAPI(ModelAPI):
    """A model of this process: no address, no key, only its name says what it is."""

    def __init__(
        self,
        model_name: str,
        base_url: str | None = None,
        api_key: str | None = None,
        config: GenerateConfig | None = None,
        **model_args: Any,
    ) -> None:
        super().__init__(model_name, base_url, api_key, [], config or GenerateConfig())
        self.prepare()

    def prepare(self) -> None:
        """Set up what the name asks for.

        Raises:
            BridleError: there is no such model.
        """


class OrganismAPI(LocalAPI):
    """The embedded model, or weights of its shape in a file. Calls that wait together share a batch."""

    def prepare(self) -> None:
        if self.model_name != "default" and not self.model_name.endswith(".onnx"):
            raise BridleError(
                f"There is no organism {self.model_name!r}.",
                expected="organism/default, or organism/FILE.onnx for one that you trained",
            )
        from bridle.organism.model.engine import get_engine

        self.engine = get_engine(
            self.model_name
        )  # one for the process: all samples share its batch

    async def generate(
        self, input: list[ChatMessage], tools: Any, tool_choice: Any, config: GenerateConfig
    ) -> tuple[ModelOutput, ModelCall]:
        from bridle.organism.model.chat import read_effort, render

        ids = (input[0].metadata or {}).get("prompt_token_ids") if len(input) == 1 else None
        if ids is None:
            thinking, effort = read_effort(config.reasoning_effort)
            prompt = render(
                [{"role": m.role, "content": m.text} for m in input],
                enable_thinking=thinking,
                effort=effort,
                continue_final=input[-1].role == "assistant",
            )
        else:
            prompt = ids
        settings = {
            "max_tokens": config.max_tokens or self.engine.shape.context,  # cut to what fits
            "temperature": config.temperature or 0.0,
            "top_p": 1.0 if config.top_p is None else config.top_p,
            "seed": config.seed,
            "stop": tuple(config.stop_seqs or ()),
        }
        future = self.engine.submit(prompt, **settings)
        done = await asyncio.wrap_future(future)
        output = _output(
            self.model_name, done.text, done.finish_reason, (done.tokens_in, done.tokens_out)
        )
        assert output.usage is not None
        output.usage.reasoning_tokens = done.tokens_thinking
        sent: dict[str, Any] = {**settings, "stop": list(settings["stop"])}
        if ids is None:
            sent["messages"] = [{"role": m.role, "content": m.text} for m in input]
        else:
            sent["prompt"] = ids
        if config.reasoning_effort is not None:
            sent["reasoning_effort"] = config.reasoning_effort
        choice: dict[str, Any] = {
            "text": done.text,
            "finish_reason": done.finish_reason,
            "stop_reason": done.stopped,
            "token_ids": list(done.ids),
        }
        body: dict[str, Any] = {"choices": [choice]}
        return output, ModelCall(request=sent, response=body)

    def max_connections(self) -> int:
        return 32


class ScriptedAPI(LocalAPI):
    """No model: `scripted/say:TEXT`, `scripted/echo`, or `scripted/FILE.jsonl`.

    A row of the file is `{"prompt": ..., "response": ...}`, optionally with `finish_reason`; the
    rows of one prompt are given in turn, and a row without a prompt answers every other prompt.
    """

    def prepare(self) -> None:
        self.rows: dict[str | None, list[tuple[str, str]]] = {}
        if self.model_name.startswith("say:"):
            self.rows[None] = [(self.model_name.removeprefix("say:"), "stop")]
        elif self.model_name != "echo":
            self.rows = _script(Path(self.model_name))
        self.given: dict[str | None, int] = {}

    async def generate(
        self, input: list[ChatMessage], tools: Any, tool_choice: Any, config: GenerateConfig
    ) -> ModelOutput:
        prompt = input[-1].text
        if self.model_name == "echo":
            return _output(self.model_name, prompt, "stop", None)
        key = prompt if prompt in self.rows else None
        if key not in self.rows:
            raise DataError(f"the script has no answer to: {prompt[:200]}")
        turn = self.given[key] = self.given.get(key, -1) + 1
        text, finish = self.rows[key][turn % len(self.rows[key])]
        return _output(self.model_name, text, finish, None)


class SubjectAPI(LocalAPI):
    """`subject/KIND`: a scripted subject of the probes (`bridle.probes.subjects`), no model."""

    async def generate(
        self, input: list[ChatMessage], tools: Any, tool_choice: Any, config: GenerateConfig
    ) -> ModelOutput:
        from bridle.calls import Message
        from bridle.probes.subjects import respond

        messages = [Message(role=m.role, content=m.text) for m in input if m.role != "tool"]
        text = respond(self.model_name, messages, config.seed or 0)
        into = sum(len(m["content"]) for m in messages) // 4
        return _output(self.model_name, text, "stop", (into, len(text) // 4 + 1))


def _script(path: Path) -> dict[str | None, list[tuple[str, str]]]:
    rows: dict[str | None, list[tuple[str, str]]] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(
            f"The script {str(path)!r} cannot be read: {error.strerror}.",
            expected="scripted/FILE.jsonl, scripted/say:TEXT or scripted/echo",
        ) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            rows.setdefault(row.get("prompt"), []).append(
                (row["response"], row.get("finish_reason", "stop"))
            )
        except (ValueError, KeyError, AttributeError) as error:
            raise DataError(
                f"{path}, line {number} is not a row of a script.",
                expected='{"prompt": "...", "response": "..."}',
            ) from error
    return rows


def _output(name: str, text: str, finish: str, tokens: tuple[int, int] | None) -> ModelOutput:
    reason: Literal["stop", "max_tokens", "content_filter"] = "stop"
    if finish in ("length", "max_tokens"):
        reason = "max_tokens"
    elif finish == "content_filter":
        reason = "content_filter"
    output = ModelOutput.from_content(name, text, stop_reason=reason)
    if tokens is not None:
        into, out = tokens
        output.usage = ModelUsage(input_tokens=into, output_tokens=out, total_tokens=into + out)
    return output


@modelapi(name="organism")
def organism() -> type[ModelAPI]:
    return OrganismAPI


@modelapi(name="scripted")
def scripted() -> type[ModelAPI]:
    return ScriptedAPI


@modelapi(name="subject")
def subject() -> type[ModelAPI]:
    return SubjectAPI
