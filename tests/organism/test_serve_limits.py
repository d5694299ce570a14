"""The server ends within its grace time, whatever clients do; pages in a browser get nothing."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest

from bridle.organism.server.web import refusal

HEAD = (
    b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
)
HALF = HEAD + b"Content-Length: 99\r\n\r\n{"
CODE = """
from bridle.organism.server.serve import serve
serve(port=0, threads=1, max_queue={queue}, grace={grace}, patience={patience}, announce=lambda s: print(s, flush=True))
"""


@pytest.fixture
def serving():
    """Starts a server with these limits; gives the process and a function that connects to it."""
    begun: list[subprocess.Popen[str]] = []

    def start(*, grace: float = 1, patience: float = 1, queue: int = 256):
        code = CODE.format(grace=grace, patience=patience, queue=queue)
        process = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        begun.append(process)
        assert process.stdout is not None
        host, port = process.stdout.readline().split("//")[1].removesuffix("/v1\n").split(":")

        def connect(*sent: bytes) -> socket.socket:
            made = socket.create_connection((host, int(port)), timeout=10)
            for part in sent:
                made.sendall(part)
            return made

        return process, connect

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def test_a_half_sent_body_does_not_keep_the_server_from_ending(serving):
    process, connect = serving(grace=30, patience=30)
    with connect(HALF), connect(b"POST /v1"), connect():
        time.sleep(0.3)  # the server has read them
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert process.wait(15) == 0
        assert time.monotonic() - began < 5


def test_an_answer_that_outlasts_the_grace_time_is_cut_off(serving):
    process, connect = serving(grace=1, patience=30)
    asked = {"messages": [{"role": "user", "content": "12+7"}], "n": 100, "temperature": 2}
    body = json.dumps({**asked, "stream": True, "max_tokens": 2000}).encode()
    with connect(HEAD, f"Content-Length: {len(body)}\r\n\r\n".encode(), body) as client:
        client.recv(64)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert process.wait(20) == 0
        assert 0.5 < time.monotonic() - began < 10


def test_slow_and_silent_connections_are_closed(serving):
    _, connect = serving(patience=1)
    for sent, said in ((HALF, b" 408 "), (b"GET /hea", b" 408 "), (b"", b" 408 ")):
        with connect(sent) as client:
            began = time.monotonic()
            told = client.recv(4096)
            assert said in told and b"not complete within 1 seconds" in told
            assert client.recv(4096) == b"" and 0.5 < time.monotonic() - began < 5
    # the body of a request that was answered already
    with connect(
        b"POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    ) as c:
        c.sendall(b"Content-Length: 99\r\n\r\n{")
        assert b" 404 " in c.recv(4096)
        began = time.monotonic()
        while c.recv(4096):
            pass
        assert time.monotonic() - began < 5


def test_a_byte_now_and_then_does_not_keep_a_connection(serving):
    _, connect = serving(patience=1)
    with connect(HEAD) as client, pytest.raises(OSError):
        for _ in range(100):  # ten times its time
            client.sendall(b"X: y\r\n")
            time.sleep(0.1)


def test_connections_beyond_the_limit_are_refused_and_then_closed(serving):
    _, connect = serving(patience=30, queue=1)
    silent = [connect() for _ in range(66)]  # 2 × 1 + 64: the limit
    with connect(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n") as client:
        assert b" 503 " in client.recv(4096)
    silent += [connect() for _ in range(64)]
    with connect() as client:
        client.settimeout(5)
        assert client.recv(1) == b""
    for one in silent:
        one.close()
    time.sleep(0.2)
    with connect(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n") as client:
        assert b" 200 " in client.recv(4096)


OURS = {"host": "127.0.0.1:8077", "content-type": "application/json"}


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, None),
        ({"content-type": "application/json; charset=utf-8"}, None),
        ({"content-type": "Application/JSON"}, None),
        ({"content-type": "text/plain"}, 415),
        ({"content-type": "text/plain; application/json"}, 415),
        ({"content-type": "application/x-www-form-urlencoded"}, 415),
        ({"content-type": ""}, 415),
        ({"host": "localhost"}, None),
        ({"host": "LOCALHOST.:8077"}, None),
        ({"host": "[::1]:8077"}, None),
        ({"host": "127.8.9.1"}, None),
        ({"host": "evil.example"}, 403),
        ({"host": "localhost.evil.example:8077"}, 403),
        ({"host": "127.0.0.1.evil.example"}, 403),
        ({"host": "[::1"}, 403),
        ({"host": "localhost@evil.example"}, 403),
        ({"origin": "http://localhost:3000"}, None),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"origin": "http://[::1"}, 403),
        ({"host": "evil.example", "origin": "http://evil.example"}, 403),
    ],
)
def test_what_a_page_in_a_browser_can_send_is_refused(changed, status):
    refused = refusal("POST", {**OURS, **changed}, loopback=True)
    assert (refused and refused.status) == status


def test_a_public_server_is_known_by_any_name_and_serves_its_own_pages_only():
    public = {**OURS, "host": "gpu7.example:8077"}
    assert refusal("POST", public, loopback=False) is None
    assert refusal("POST", public | {"origin": "http://gpu7.example"}, loopback=False) is None
    refused = refusal("POST", public | {"origin": "http://evil.example"}, loopback=False)
    assert refused and refused.status == 403


def test_the_running_server_refuses_a_foreign_page(server):
    body = json.dumps({"messages": [{"role": "user", "content": "1+1"}], "max_tokens": 1})
    for headers, status in (
        ({"Content-Type": "text/plain", "Origin": "https://evil.example"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Content-Type": "application/json", "Host": "evil.example"}, 403),
        ({"Content-Type": "application/json"}, 200),
    ):
        reply = httpx.post(f"{server}/chat/completions", content=body, headers=headers, timeout=20)
        assert reply.status_code == status
    assert httpx.get(f"{server}/models", headers={"Host": "evil.example"}).status_code == 403
