"""Which fields of a row mean what: the spellings that files of responses come in.

prompt_of({"prompt": [{"role": "user", "content": "2+2?"}]})     -> "2+2?"
item_fields({"gts": "4", "extra_info": {"constraints": [...]}})  -> {"answer": "4", "constraints": [...], …}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from bridle.benchmarks.fields import decoded, key_of
from bridle.benchmarks.item_rows import holds_item

# A row's responses, the first one that is not null; the plurals hold samples.
RESPONSE = (
    "response",
    "output",
    "responses",
    "completion",
    "outputs",
    "completions",
    "generation",
    "generations",
    "generated_text",
    "prediction",
    "predictions",
    "model_output",
    "modelOutput",  # Bedrock's batches
    "raw_output",
    "raw",
    "output_response",  # SkyRL
    "model_response",
    "model_answer",
    "generated",
    "text",
    "content",
)
THINKING = ("thinking", "reasoning", "reasoning_content", "reasonings")
REASON = ("finish_reason", "finish_reasons", "stop_reason", "done_reason")
# The call's own id (OpenAI, vLLM, Anthropic) goes before "id", which is the response's there.
KEYS = ("key", "custom_id", "recordId", "id", "example_id")
MODEL = ("model", "model_name", "model_id")
# The training step that the response was sampled at: of a run's rollouts, verl's, TRL's, verifiers'.
STEP = ("step", "global_step", "training_step", "train_step")
# Where the prompt stands that was sent, as a text or as a chat.
PROMPT = ("prompt", "input", "query", "full_prompt", "input_prompt", "example")
# The reference answer where there is no "answer": verl's validation files, several data sets.
REFERENCE = ("gts", "ground_truth", "gold", "expected_answer", "reference", "target")
# Objects in which some tools keep the item's fields.
HOLDERS = ("info", "extra_info", "metadata", "doc", "specific", "specifics")


def row_key(fields: Mapping[str, Any]) -> str | None:
    """What the row is called: its key, else the id of its call, else its id."""
    for name in KEYS:
        if (key := key_of(fields.get(name))) is not None:
            return key
    return None


def model_of(fields: Mapping[str, Any]) -> str | None:
    return next((key for name in MODEL if (key := key_of(fields.get(name))) is not None), None)


def step_of(fields: Mapping[str, Any]) -> int | None:
    """The training step of the row, if it names one as a whole number."""
    for name in STEP:
        value = fields.get(name)
        if isinstance(value, float) and value.is_integer():
            return int(value)  # a table with gaps holds its whole numbers so
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None


def is_chat(value: Any) -> bool:
    """Whether the value is a list of messages with roles."""
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(m, Mapping) and (m.get("role") or m.get("from")) for m in value)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    )


def prompt_of(fields: Mapping[str, Any]) -> str | None:
    """The user's words as the row has them: a text, or the last user turn of a chat before the reply."""
    for name in PROMPT:
        value = decoded_chat(fields.get(name))
        if isinstance(value, str) and value.strip():
            return value
        if is_chat(value) and (words := last_user(cast("list[Any]", value))) is not None:
            return words
    for name in ("messages", "conversations", "completion", "response"):
        value = decoded_chat(fields.get(name))
        if is_chat(value) and (words := last_user(cast("list[Any]", value))) is not None:
            return words
    for name in ("request", "modelInput"):  # batches that hold what was asked
        asked = fields.get(name)
        if isinstance(asked, Mapping):
            inner = asked.get("body", asked)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
            if isinstance(inner, Mapping):
                chat = inner.get("messages") or inner.get("contents") or inner.get("input")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
                if isinstance(chat, str):
                    return chat
                if is_chat(chat):
                    return last_user(cast("list[Any]", chat))
    return None


def last_user(chat: list[Any]) -> str | None:
    from bridle.responses.messages import NotAMessage, message_of

    for turn in reversed(chat):
        role = turn.get("role") or turn.get("from")
        if role in ("user", "human"):
            content = turn.get("content", turn.get("parts", turn.get("value")))
            try:
                return content if isinstance(content, str) else message_of(content).text
            except NotAMessage:
                return None
    return None


def decoded_chat(value: Any) -> Any:
    """A chat that a table holds as JSON text; every other text stays as it is."""
    if isinstance(value, str) and value.lstrip()[:1] == "[" and '"role"' in value:
        chat = decoded(value)
        return chat if is_chat(chat) else value
    return value


def item_fields(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """The item's fields under the names that `benchmarks/item_rows.py` reads."""
    found = {str(k): v for k, v in fields.items()}
    for name in HOLDERS:
        held = decoded(found.get(name)) if isinstance(found.get(name), str) else found.get(name)
        if isinstance(held, Mapping):
            for key, value in cast("Mapping[str, Any]", held).items():
                if value is not None and found.get(str(key)) is None:
                    found[str(key)] = value
    if found.get("instruction_id_list") is None and found.get("instructions_id_list") is not None:
        found["instruction_id_list"] = found["instructions_id_list"]  # lighteval's spelling
    if found.get("answer") is None and found.get("instruction_id_list") is None:
        reward = found.get("reward_model")  # verl's data sets
        held = cast("Mapping[str, Any]", reward) if isinstance(reward, Mapping) else {}
        for holder, name in ((held, "ground_truth"), *((found, name) for name in REFERENCE)):
            value = holder.get(name)
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                found["answer"] = value
                break
    prompt = prompt_of(found)
    if prompt is not None:
        found["prompt"] = prompt
    elif not isinstance(found.get("prompt"), str):
        found.pop("prompt", None)
    if found.get("question") is None and holds_item(found):
        question = found.get("problem_text") or found.get("prompt")
        if question is not None:
            found["question"] = question
    return found
