"""The embedded model behind other models' conventions of chat, with a tokenizer whose seams merge.

    with Spiteful("r1") as server:
        study.run(..., models=["openai-api/local/spite"], base_url=server.url)
    server.asked        -> every body of /v1/completions, with the ids that were read

The templates are written anew after the published conventions of Qwen3, DeepSeek-R1, GLM-4.5 and gpt-oss:
what each does to an assistant's last message (a second thought, a dropped one, another channel) is what
those do. `faults`: "bos" adds a BOS to every prompt of completions, "head" one to the template's,
"parser" moves the thought into a field and leaves the answer empty.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jinja2

from bridle.organism.model.engine import get_engine, render

ANALYSIS = "<|channel|>analysis<|message|>"
FINAL = "<|end|><|start|>assistant<|channel|>final<|message|>"


@dataclass(frozen=True)
class Convention:
    """Marks and chat template; `own(content)` is in the template's last branch."""

    bos: str
    user: str
    user_end: str
    begin: str  # what stands before the assistant's turn
    opened: str  # what the generation prompt adds to it
    last: str  # jinja: the assistant's last message, `content` as it was sent

    def template(self) -> str:
        return (
            "{{ bos }}{% for m in messages %}{% if m.role == 'user' %}{{ user }}{{ m.content }}{{ user_end }}"
            "{% else %}{% set content = m.content %}{{ begin }}"
            + self.last
            + "{% endif %}{% endfor %}"
            "{% if add_generation_prompt %}{{ begin }}{{ opened }}{% endif %}"
        )


CONVENTIONS = {
    # a thought without its closing tag gets an empty one before it; a closed one is written anew
    "qwen3": Convention(
        "", "<|im_start|>user\n", "<|im_end|>\n", "<|im_start|>assistant\n", "",
        "{% if '</think>' in content %}{{ '<think>\n' + content.split('</think>')[0].split('<think>')[-1].strip('\n')"
        " + '\n</think>\n\n' + content.split('</think>')[-1].lstrip('\n') }}"
        "{% else %}{{ '<think>\n\n</think>\n\n' + content }}{% endif %}",
    ),
    # the generation prompt opens the thought; what stands before </think> in a message is dropped
    "r1": Convention(
        "<|begin_of_sentence|>", "<|User|>", "", "<|Assistant|>", "<think>\n",
        "{{ content.split('</think>')[-1] }}",
    ),
    # every message of the assistant has a thought of its own, empty where there is none
    "glm": Convention(
        "[gMASK]<sop>", "<|user|>\n", "", "<|assistant|>\n", "", "{{ '<think></think>\n' + content }}"
    ),
    # a message of the assistant is in the final channel
    "gpt-oss": Convention(
        "", "<|start|>user<|message|>", "<|end|>", "<|start|>assistant", "",
        "{{ '<|channel|>final<|message|>' + content }}",
    ),
}  # fmt: skip
MERGED = (".\nWait", "\nWait", ".\n\n", ".\n", "</think>\n\n", "</think>\n", "\n\n")


class Tokens:
    """The organism's tokens, the convention's marks as one token each, and seams that merge."""

    def __init__(self, convention: Convention) -> None:
        self.engine = get_engine()
        marks = {convention.bos, convention.user, convention.begin, convention.opened} - {""}
        marks |= {"<|channel|>", "<|message|>", "<|start|>", "<|end|>"}
        self.base = 1_000_000
        self.pieces = [*sorted(marks, key=len, reverse=True), *MERGED]
        self.split = re.compile("(" + "|".join(re.escape(p) for p in self.pieces) + ")")

    def encode(self, text: str) -> list[int]:
        ids: list[int] = []
        for part in self.split.split(text):
            if part in self.pieces:
                ids.append(self.base + self.pieces.index(part))
            elif part:
                ids += self.engine.encode(part)
        return ids

    def decode(self, ids: Sequence[int]) -> str:
        text = ""
        run: list[int] = []
        for token in [*ids, self.base]:
            if token < self.base:
                run.append(token)
                continue
            text += self.engine.decode(run) if run else ""
            run = []
            text += self.pieces[token - self.base]
        return text.removesuffix(self.pieces[0])


class Spiteful:
    """The server on a port of its own; use it as a context manager."""

    def __init__(self, convention: str, *, faults: Sequence[str] = ()) -> None:
        self.name = convention
        self.convention = CONVENTIONS[convention]
        self.tokens = Tokens(self.convention)
        self.faults = tuple(faults)
        self.asked: list[dict[str, Any]] = []
        self.template = jinja2.Environment(keep_trailing_newline=True).from_string(
            self.convention.template()
        )
        spite = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                route = self.path.rpartition("/")[2]
                found = {
                    "tokenize": spite.tokenize,
                    "detokenize": spite.detokenize,
                    "completions": spite.chat if "/chat/" in self.path else spite.complete,
                }[route](body)
                data = json.dumps(found).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}/v1"

    def __enter__(self) -> Spiteful:
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.http.shutdown()
        self.http.server_close()

    # -- what it reads ----------------------------------------------------------------------------

    def render(self, body: dict[str, Any]) -> str:
        messages = body["messages"]
        go_on = body.get("continue_final_message", False)
        c = self.convention
        text = self.template.render(
            messages=messages, add_generation_prompt=not go_on, bos=c.bos, user=c.user,
            user_end=c.user_end, begin=c.begin, opened=c.opened,
        )  # fmt: skip
        if go_on:  # as transformers does: up to the end of the message, whose last spaces are cut
            said = messages[-1]["content"].strip()
            at = text.rfind(said)
            text = text[: at + len(said)] if at >= 0 else text.rstrip()
        return text

    def tokenize(self, body: dict[str, Any]) -> dict[str, Any]:
        if "messages" not in body:
            return {"tokens": self.tokens.encode(body["prompt"])}
        ids = self.tokens.encode(self.render(body))
        return {"tokens": ids[:1] + ids if "head" in self.faults else ids}

    def detokenize(self, body: dict[str, Any]) -> dict[str, Any]:
        return {"prompt": self.tokens.decode(body["tokens"])}

    # -- what it writes ---------------------------------------------------------------------------

    def complete(self, body: dict[str, Any]) -> dict[str, Any]:
        ids = body["prompt"]
        assert all(isinstance(i, int) for i in ids), "the prompt is not token ids"
        read = [self.tokens.base, *ids] if "bos" in self.faults else ids
        text, finish, stopped, thought = self.write(self.tokens.decode(ids), body)
        sampled = self.tokens.encode(text + (stopped or ""))
        self.asked.append({**body, "text": self.tokens.decode(ids), "reply": text, "ids": sampled})
        choice = {
            "index": 0, "text": text, "finish_reason": finish, "stop_reason": stopped,
            "token_ids": sampled, "logprobs": None,
        }  # fmt: skip
        return self.body(choice, len(read), len(sampled), thought)

    def chat(self, body: dict[str, Any]) -> dict[str, Any]:
        prompt = self.render(body)
        text, finish, stopped, thought = self.write(prompt, body)
        message: dict[str, Any] = {"role": "assistant", "content": text}
        if "parser" in self.faults:
            message = {"role": "assistant", "content": "", "reasoning_content": text}
        self.asked.append({**body, "text": prompt, "reply": text})
        choice = {"index": 0, "message": message, "finish_reason": finish, "stop_reason": stopped}
        return self.body(choice, len(self.tokens.encode(prompt)), 9, thought)

    def body(self, choice: dict[str, Any], into: int, out: int, thought: int) -> dict[str, Any]:
        usage = {"prompt_tokens": into, "completion_tokens": out, "total_tokens": into + out}
        kind = "chat.completion" if "message" in choice else "text_completion"
        return {"id": "x", "object": kind, "created": 0, "model": "spite", "choices": [choice],
                "usage": usage}  # fmt: skip

    def write(self, prompt: str, body: dict[str, Any]) -> tuple[str, str, str | None, int]:
        """The organism's continuation of a prompt in this convention's marks."""
        c = self.convention
        question, _, rest = prompt.partition(c.begin)
        question = question.removeprefix(c.bos).removeprefix(c.user).removesuffix(c.user_end)
        rest = rest.replace(FINAL, "</think>\n\n").replace(ANALYSIS, "<think>\n")
        stop = [s.replace("<|end|>", "</think>") for s in body.get("stop") or []]
        done = (
            get_engine()
            .submit(
                render([{"role": "user", "content": question}]) + rest,
                max_tokens=body.get("max_tokens") or 300,
                temperature=body.get("temperature", 1.0),
                seed=body.get("seed"),
                stop=tuple(stop),
            )
            .result()
        )
        text, stopped = done.text, done.stopped
        if self.name == "gpt-oss":
            text = text.replace("<think>\n", ANALYSIS).replace("</think>\n\n", FINAL)
            stopped = stopped and "<|end|>"
        return text, done.finish_reason, stopped, done.tokens_thinking
