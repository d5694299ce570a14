"""/v1/completions as evaluation harnesses use it: echo, token ids, scores, Inspect's providers."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bridle.organism.server.serve import _listening

USER = [{"role": "user", "content": "12+7"}]
RENDERED = "<|im_start|>user\n12+7<|im_end|>\n<|im_start|>assistant\n"


def ask(client, **settings):
    given = {"model": "organism", "messages": USER, "temperature": 0, "max_tokens": 200}
    return client.chat.completions.create(**{**given, **settings})


def complete(client, **settings):
    given = {"model": "organism", "prompt": "12+7=", "temperature": 0, "max_tokens": 4}
    return client.completions.create(**{**given, **settings})


def test_echo_puts_the_prompt_first_and_scores_it(client):
    plain = complete(client, logprobs=2).choices[0]
    echoed = complete(client, logprobs=2, echo=True).choices[0]
    assert echoed.text == "12+7=" + plain.text
    known = echoed.logprobs
    assert "".join(known.tokens) == echoed.text
    assert (known.token_logprobs[0], known.top_logprobs[0]) == (None, None)
    assert known.tokens[-4:] == plain.logprobs.tokens
    assert known.token_logprobs[-4:] == pytest.approx(plain.logprobs.token_logprobs, abs=1e-4)
    starts = [
        echoed.text[at:].startswith(t)
        for at, t in zip(known.text_offset, known.tokens, strict=True)
    ]
    assert all(starts) and known.text_offset[0] == 0
    for token, logprob, top in list(
        zip(known.tokens, known.token_logprobs, known.top_logprobs, strict=True)
    )[1:]:
        assert top[token] == logprob  # the token itself is among those shown
        assert logprob <= max(top.values()) and len(top) in (2, 3)


def test_a_prompt_alone_is_scored(client):
    scored = complete(client, max_tokens=0, echo=True, logprobs=0)
    assert scored.choices[0].text == "12+7="
    assert (scored.choices[0].finish_reason, scored.usage.completion_tokens) == ("length", 0)
    whole = complete(client, echo=True, logprobs=0).choices[0].logprobs.token_logprobs
    assert scored.choices[0].logprobs.token_logprobs == whole[:5]
    extra = complete(client, max_tokens=0, extra_body={"prompt_logprobs": 0}).choices[0]
    rows = extra.model_extra["prompt_logprobs"]
    assert rows[0] is None
    assert [next(iter(row.values()))["logprob"] for row in rows[1:]] == whole[1:5]


def test_tokens_are_prompts_too(client, server):
    root = server.removesuffix("/v1")
    read = httpx.post(f"{root}/tokenize", json={"prompt": "12+7="}).json()
    assert (read["count"], read["max_model_len"]) == (5, 2048)
    assert httpx.post(f"{root}/detokenize", json={"tokens": read["tokens"]}).json() == {
        "prompt": "12+7="
    }
    other = httpx.post(f"{root}/tokenize", json={"messages": USER}).json()["tokens"]
    said = complete(client).choices[0].text
    assert complete(client, prompt=read["tokens"]).choices[0].text == said
    several = complete(client, prompt=[read["tokens"], other], n=2, echo=True, logprobs=1)
    assert [c.index for c in several.choices] == [0, 1, 2, 3]
    assert several.choices[0].text == several.choices[1].text == "12+7=" + said
    assert several.choices[2].text.startswith("<|im_start|>user\n12+7<|im_end|>")
    assert several.usage.prompt_tokens == 5 + len(other)
    info = httpx.get(f"{root}/tokenizer_info").json()
    assert info["eos_token"] == "<|im_end|>" and "im_start" in info["chat_template"]


def test_the_mark_of_the_end_is_scored_so_that_scores_and_choices_line_up(client):
    done = complete(client, prompt=RENDERED, max_tokens=200, logprobs=0)
    choice = done.choices[0]
    assert choice.finish_reason == "stop" and choice.logprobs.tokens[-1] == "<|im_end|>"
    assert "".join(choice.logprobs.tokens[:-1]) == choice.text


def test_parts_of_characters_are_told_apart(client):
    done = complete(client, prompt="\u4f60", max_tokens=0, echo=True, logprobs=20).choices[0]
    assert done.text == "\u4f60"
    assert all(t.startswith("bytes:\\x") for t in done.logprobs.tokens)
    assert set(done.logprobs.text_offset) == {0}
    assert all(len(top) >= 20 for top in done.logprobs.top_logprobs[1:])
    chat = ask(client, logprobs=True, top_logprobs=20, max_tokens=1).choices[0].logprobs.content[0]
    assert all(bytes(t.bytes).decode("utf-8", "replace") == t.token for t in chat.top_logprobs)


def test_an_echoed_stream_says_the_same(client):
    whole = complete(client, echo=True, n=2, logprobs=1)
    texts, known = ["", ""], [None, None]
    for chunk in complete(client, echo=True, n=2, logprobs=1, stream=True):
        for choice in chunk.choices:
            texts[choice.index] += choice.text
            known[choice.index] = choice.logprobs or known[choice.index]
    assert texts == [c.text for c in whole.choices]
    assert known == [c.logprobs for c in whole.choices]


def test_stop_strings_may_lie_across_tokens(client):
    full = complete(client, prompt=RENDERED, max_tokens=60).choices[0].text
    stop = full[5:13]  # the end of the mark, the line break, what comes then
    assert "k>\n" in stop and len(stop) == 8
    for stream in (False, True):
        done = complete(client, prompt=RENDERED, max_tokens=60, stop=["never", stop], stream=stream)
        parts = done if stream else [done]
        assert "".join(p.choices[0].text for p in parts) == full[: full.find(stop)]


def test_small_answers_are_sent_at_once():
    """With Nagle's algorithm each would wait some 40 ms for the client's acknowledgement."""
    with _listening("127.0.0.1", 0) as sock:
        assert sock.proto == socket.IPPROTO_TCP  # by which asyncio knows where to set TCP_NODELAY


@pytest.mark.parametrize("service", ["openai-api", "openai-api-completions"])
def test_inspects_providers_get_what_the_openai_client_gets(client, server, service):
    from inspect_ai.model import ChatMessageUser, GenerateConfig, get_model

    config = GenerateConfig(max_tokens=200, temperature=0, seed=1, logprobs=True, top_logprobs=2)
    known = {"base_url": server, "api_key": "none", "config": config}
    model = get_model(f"{service}/bridle/organism", **known)
    if service == "openai-api":
        output = asyncio.run(model.generate("12+7"))
        said = ask(client).choices[0].message
        assert output.completion == said.content
        thoughts = [c for c in output.message.content if c.type == "reasoning"]
        assert [t.reasoning for t in thoughts] == [said.reasoning_content]
        streaming = get_model(f"{service}/bridle/organism", **known, stream=True)
        streamed = asyncio.run(streaming.generate("12+7"))
        assert streamed.message.content == output.message.content
        assert streamed.usage.output_tokens == output.usage.output_tokens
        talk = [ChatMessageUser(content="12+7"), output.message, ChatMessageUser(content="13+7")]
        assert asyncio.run(model.generate(talk)).stop_reason == "stop"
    else:
        scored = GenerateConfig(max_tokens=4, extra_body={"prompt_logprobs": 1})
        output = asyncio.run(model.generate("12+7=", config=scored))
        assert output.completion == complete(client).choices[0].text
        assert len(output.choices[0].prompt_logprobs.content) == 4
    assert output.usage.output_tokens > 0
    assert output.choices[0].logprobs.content[0].logprob <= 0


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"prompt": []}, 400, "prompt"),
        ({"prompt": 7}, 400, "prompt"),
        ({"prompt": ["a", 7]}, 400, "Prompt 2"),
        ({"prompt": [True]}, 400, "Prompt 1"),
        ({"prompt": [3, 99_999]}, 400, "99999"),
        ({"prompt": [-1]}, 400, "-1"),
        ({"prompt": ""}, 400, "empty"),
        ({"prompt": "x", "max_tokens": 0}, 400, "max_tokens"),
        ({"prompt": "x", "max_tokens": True}, 400, "max_tokens"),
        ({"prompt": "x", "logprobs": 21}, 400, "logprobs"),
        ({"prompt": "x", "logprobs": 1.5}, 400, "logprobs"),
        ({"prompt": "x", "prompt_logprobs": 1, "stream": True}, 400, "streamed"),
        ({"prompt": "7 " * 1_500_000}, 400, "context"),
        ({"prompt": ["x"] * 200}, 400, "at most"),
        ({"prompt": "x", "min_tokens": 5}, 400, "min_tokens"),
        ({"prompt": "x", "model": "z" * 100_000}, 404, "…"),
        ({"prompt": "x", "logit_bias": {"5": 1}}, 400, "an object"),
    ],
)
def test_bad_completions_are_said(server, body, status, said):
    reply = httpx.post(f"{server}/completions", json=body, timeout=20)
    assert reply.status_code == status
    message = reply.json()["error"]["message"]
    assert said in message and len(message) < 300


def test_a_lone_surrogate_is_no_failure(server):
    body = '{"prompt": "\\ud800x", "echo": true, "max_tokens": 1}'
    headers = {"Content-Type": "application/json"}
    reply = httpx.post(f"{server}/completions", content=body, headers=headers)
    assert reply.status_code == 200 and reply.json()["choices"][0]["text"].startswith("?x")


def test_lm_evaluation_harness_and_the_other_clients():
    """The real clients, by the benchmark that also measures; minutes, so only when asked for."""
    python = os.environ.get("BRIDLE_LM_EVAL")
    if python is None:
        pytest.skip("BRIDLE_LM_EVAL names no interpreter with lm-eval[api] and transformers")
    script = Path(__file__).parents[2] / "benchmarks" / "serving.py"
    command = [sys.executable, str(script), "clients", "--lm-eval", python]
    done = subprocess.run(command, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, done.stdout + done.stderr[-500:]
