"""The server, over real connections: a process of its own, the openai client, raw HTTP."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import openai
import pytest

from bridle.responses import read_response

USER = [{"role": "user", "content": "12+7"}]
JSON = {"Content-Type": "application/json"}
HEAD = "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def ask(client, **settings):
    given = {"model": "organism", "messages": USER, "temperature": 0, "max_tokens": 200}
    return client.chat.completions.create(**{**given, **settings})


def test_the_openai_client_gets_an_answer_with_its_thought_and_usage(client):
    done = ask(client)
    message = done.choices[0].message
    assert message.content and message.reasoning_content
    assert "<think>" not in message.content + message.reasoning_content
    assert done.choices[0].finish_reason == "stop"
    used = done.usage
    assert used.total_tokens == used.prompt_tokens + used.completion_tokens
    assert 0 < used.completion_tokens_details.reasoning_tokens < used.completion_tokens
    assert [m.id for m in client.models.list()] == ["organism"]


def test_a_stream_says_the_same_as_a_whole_answer(client):
    whole = ask(client)
    content = reasoning = ""
    finish = usage = None
    for chunk in ask(client, stream=True, stream_options={"include_usage": True}):
        usage = chunk.usage or usage
        for choice in chunk.choices:
            content += choice.delta.content or ""
            reasoning += getattr(choice.delta, "reasoning_content", None) or ""
            finish = choice.finish_reason or finish
    assert content == whole.choices[0].message.content
    assert reasoning == whole.choices[0].message.reasoning_content
    assert (finish, usage) == ("stop", whole.usage)


def test_thinking_can_be_switched_off(client):
    done = ask(client, extra_body={"chat_template_kwargs": {"enable_thinking": False}})
    assert getattr(done.choices[0].message, "reasoning_content", None) is None
    assert done.usage.completion_tokens_details.reasoning_tokens == 0


def test_unfinished_thinking_is_no_answer(client):
    done = ask(client, max_completion_tokens=3, max_tokens=None)
    message = done.choices[0].message
    assert (message.content, done.choices[0].finish_reason) == ("", "length")
    read = read_response(
        message.content, reasoning=message.reasoning_content, finish_reason="length"
    )
    assert read.status == "truncated"


def test_a_last_assistant_message_is_continued(client):
    whole = ask(client).choices[0].message
    raw = f"<think>\n{whole.reasoning_content}\n</think>\n\n"
    rest = ask(client, messages=[*USER, {"role": "assistant", "content": raw}]).choices[0].message
    assert rest.content == whole.content
    opened = [*USER, {"role": "assistant", "content": "<think>\n"}]
    again = ask(client, messages=opened).choices[0].message
    assert again.reasoning_content == whole.reasoning_content


def test_choices_are_drawn_apart_and_again_the_same_by_seed(client):
    def draw(seed):
        drawn = ask(client, n=6, seed=seed, temperature=1.5, max_tokens=40).choices
        return [(c.message.content, getattr(c.message, "reasoning_content", None)) for c in drawn]

    first = draw(5)
    assert draw(5) == first
    assert draw(77) != first
    assert len(set(first)) > 1


def test_stop_and_logprobs(client):
    done = ask(client, stop=["</think>"], logprobs=True, top_logprobs=3).choices[0]
    assert done.message.content == "" and done.finish_reason == "stop"
    tokens = done.logprobs.content
    assert all(len(t.top_logprobs) == 3 and t.logprob <= 0 for t in tokens)
    assert tokens[0].token == "<think>"


def test_plain_completions_continue_raw_text(client):
    done = client.completions.create(
        model="organism", prompt=["<think>\n12+7=", "x"], max_tokens=4, temperature=0, logprobs=2
    )
    assert len(done.choices) == 2
    assert len(done.choices[0].logprobs.tokens) == done.usage.completion_tokens - len(
        done.choices[1].logprobs.tokens
    )
    pieces = client.completions.create(
        model="organism", prompt="<think>\n12+7=", max_tokens=4, temperature=0, stream=True
    )
    assert "".join(p.choices[0].text for p in pieces) == done.choices[0].text


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ("{", 400, "JSON"),
        ("[1]", 400, "object"),
        ("[" * 100_000, 400, "JSON"),
        ({"model": "gpt-9", "messages": USER}, 404, "gpt-9"),
        ({}, 400, "messages"),
        ({"messages": []}, 400, "no messages"),
        ({"messages": [{"role": "wizard", "content": "x"}]}, 400, "wizard"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, 400, "not text"),
        ({"messages": USER, "max_tokens": 0}, 400, "max_tokens"),
        ({"messages": USER, "temperature": "hot"}, 400, "temperature"),
        ({"messages": USER, "temperature": float("nan")}, 400, "temperature"),
        ({"messages": USER, "n": 10_000}, 400, "n="),
        ({"messages": USER, "n": 65}, 400, "never fits the queue of 64"),
        ({"messages": USER, "presence_penalty": 1}, 400, "presence_penalty"),
        ({"messages": USER, "tools": [{"type": "function"}]}, 400, "tools"),
        ({"messages": USER, "stop": [3]}, 400, "stop"),
        ({"messages": USER, "seed": "x"}, 400, "seed"),
        ({"messages": USER, "echo": True}, 400, "echo"),
        ({"messages": USER, "reasoning_effort": "some"}, 400, "reasoning_effort"),
        ({"messages": USER, "add_generation_prompt": False}, 400, "add_generation_prompt"),
        ({"messages": [{"role": "user", "content": "7 " * 3000}]}, 400, "context"),
        ({"messages": [{"role": "user", "content": "7" * 5_000_000}]}, 413, "bytes"),
    ],
)
def test_bad_requests_are_said(server, body, status, said):
    content = body if isinstance(body, str) else json.dumps(body)
    reply = httpx.post(f"{server}/chat/completions", content=content, headers=JSON, timeout=20)
    assert reply.status_code == status
    assert said in reply.json()["error"]["message"]


def test_unknown_paths_are_said(server):
    absent = httpx.post(f"{server.removesuffix('/v1')}/chat/completions", json={})
    assert absent.status_code == 404
    assert "/v1/chat/completions" in absent.json()["error"]["message"]
    wrong = httpx.get(f"{server}/completions")
    assert (wrong.status_code, wrong.headers["allow"]) == (405, "POST")
    assert "takes POST, not GET" in wrong.json()["error"]["message"]
    assert httpx.get(f"{server}/models/organism").json()["id"] == "organism"
    assert httpx.get(f"{server}/models/gpt-9").status_code == 404


def test_many_clients_at_once_get_what_one_gets(client):
    alone = ask(client).choices[0].message
    with ThreadPoolExecutor(24) as pool:
        together = list(pool.map(lambda _: ask(client).choices[0].message, range(48)))
    assert all(m == alone for m in together)


def test_beyond_the_queue_calls_are_refused_and_then_served_again(server):
    async def flood() -> list[int]:
        async with httpx.AsyncClient(timeout=60) as http:
            body = {"messages": USER, "n": 20, "max_tokens": 60, "temperature": 1}
            replies = await asyncio.gather(
                *(http.post(f"{server}/chat/completions", json=body) for _ in range(12))
            )
            assert all(
                "queue" in r.json()["error"]["message"] and "retry-after" in r.headers
                for r in replies
                if r.status_code == 429
            )
            return [r.status_code for r in replies]

    seen = asyncio.run(flood())
    assert set(seen) == {200, 429}
    assert httpx.post(f"{server}/chat/completions", json={"messages": USER}).status_code == 200
    health = httpx.get(f"{server.removesuffix('/v1')}/health").json()
    assert health == {"status": "ok", "answers": 0}


def test_clients_that_go_away_leave_the_batch(server):
    host, port = server.removeprefix("http://").removesuffix("/v1").split(":")
    body = json.dumps(
        {"messages": USER, "n": 8, "max_tokens": 1500, "temperature": 2, "stream": True}
    )
    head = f"{HEAD}Content-Length: {len(body)}\r\n\r\n"
    for _ in range(6):
        with socket.create_connection((host, int(port))) as gone:
            gone.sendall((head + body).encode())
            gone.recv(64)
    # 48 of 64 places were taken; they must come free long before 12,000 tokens are written
    deadline = time.monotonic() + 15
    while time.monotonic() < deadline:
        reply = httpx.post(
            f"{server}/chat/completions",
            json={"messages": USER, "n": 60, "max_tokens": 1, "temperature": 0},
            timeout=30,
        )
        if reply.status_code == 200:
            break
        time.sleep(0.2)
    assert reply.status_code == 200


def test_a_body_that_breaks_off_is_no_failure_of_the_server(start_server):
    process, address = start_server(stderr=subprocess.PIPE)
    host, port = address.removeprefix("http://").removesuffix("/v1").split(":")
    with socket.create_connection((host, int(port))) as gone:
        gone.sendall(f"{HEAD}Content-Length: 99\r\n\r\n{{".encode())
    assert httpx.get(f"{address}/models").status_code == 200
    process.send_signal(signal.SIGTERM)
    assert process.communicate(timeout=20)[1] == ""
    assert process.returncode == 0


@pytest.fixture(scope="module")
def locked(start_server):
    process, address = start_server("--api-key", "s3cret")
    yield process, address
    process.kill()


@pytest.mark.parametrize(("key", "status"), [("", 401), ("wrong", 401), ("s3cret", 200)])
def test_a_key_is_asked_for_where_one_is_set(locked, key, status):
    headers = {"Authorization": f"Bearer {key}".encode()} if key else {}
    assert httpx.get(f"{locked[1]}/models", headers=headers).status_code == status


def test_sigterm_lets_what_has_begun_finish(locked):
    process, address = locked
    client = openai.OpenAI(base_url=address, api_key="s3cret", max_retries=0)
    stream = ask(client, n=8, temperature=2, seed=1, stream=True, max_tokens=120)
    finished = 0
    for number, chunk in enumerate(stream):
        if number == 0:
            process.send_signal(signal.SIGTERM)
        finished += sum(c.finish_reason is not None for c in chunk.choices)
    assert finished == 8
    assert process.wait(20) == 0
