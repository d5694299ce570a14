"""What llama.cpp's Python server taught: no token ids, no rendered chat, a template from a file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bridle.calls import system, user
from bridle.errors import BridleError
from bridle.inspect_bridge.llama_cpp import LlamaCppTokens

# as SmolLM2's GGUF has it: a system turn of its own where none is given
TEMPLATE = (
    "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}"
    "{{ '<|im_start|>system\nBe helpful<|im_end|>\n' }}{% endif %}"
    "{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)


class Letters(LlamaCppTokens):
    """The server's routes with a letter a token."""

    async def ids(self, text: str) -> list[int]:
        return [ord(c) for c in text]


def made(tmp_path: Path, text: str) -> Letters:
    file = tmp_path / "chat.jinja"
    file.write_text(text, encoding="utf-8")
    return Letters("http://127.0.0.1:1/v1", "m", template=file)


def test_the_chat_is_rendered_by_the_files_template(tmp_path: Path) -> None:
    renderer = made(tmp_path, TEMPLATE)
    text = "".join(map(chr, asyncio.run(renderer.head([user("2+2?")], {}))))
    assert text == (
        "<|im_start|>system\nBe helpful<|im_end|>\n<|im_start|>user\n2+2?<|im_end|>\n"
        "<|im_start|>assistant\n"
    )
    own = renderer.render([system("Obey."), user("2+2?")], {})
    assert own.startswith("<|im_start|>system\nObey.<|im_end|>") and "helpful" not in own


@pytest.mark.parametrize(
    "text", ["{{ messages[0].__class__.__mro__ }}", "{% for %}", "{{ 1/0 }}x{{ raise_it() }}"]
)
def test_a_template_that_does_not_render_or_reaches_out_is_refused(
    text: str, tmp_path: Path
) -> None:
    with pytest.raises(BridleError, match="does not render"):
        made(tmp_path, text).render([user("x")], {})


def test_going_on_through_its_chat_is_refused(tmp_path: Path) -> None:
    renderer: Any = made(tmp_path, TEMPLATE)
    with pytest.raises(BridleError, match="with their marks"):
        asyncio.run(renderer.text([1]))  # its detokenizer leaves <|im_start|> and its like out
    with pytest.raises(BridleError, match="does not show"):
        asyncio.run(renderer.continued([user("x")], "<think>", {}))
