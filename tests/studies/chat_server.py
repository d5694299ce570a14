"""A real chat-completions server on loopback for tests: it counts, and it misbehaves when told to.

    python chat_server.py PORT_FILE [--fault KIND ...] [--heal-after N] [--delay S] [--stuck TEXT]

A third of the calls (by a hash of prompt and seed) meet a fault on their first N attempts, the
kinds in turn. A call whose prompt holds TEXT meets one every time. GET /calls says how often each
(prompt, seed) was asked, POST /heal ends all faults.
"""

import argparse
import hashlib
import json
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("port_file", type=Path)
parser.add_argument("--fault", nargs="*", default=[])
parser.add_argument("--heal-after", type=int, default=1)
parser.add_argument("--delay", type=float, default=0.0)
parser.add_argument("--stuck", default=None)
parser.add_argument("--refuse", type=int, default=None, help="the status of every reply")
parser.add_argument("--said", default='{"error": {"message": "wrong key"}}', help="its body")
parser.add_argument(
    "--choice", type=json.loads, default={}, help="what replaces parts of the choice"
)
args = parser.parse_args()
calls: Counter[str] = Counter()
lock = threading.Lock()


def reply_to(prompt: str) -> dict:
    text = f"<think>I was asked {len(prompt)} characters.</think>The answer is \\boxed{{42}}."
    return {
        "id": "x",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": text},
                **args.choice,
            }
        ],
        "usage": {"prompt_tokens": 7, "completion_tokens": 5, "total_tokens": 12},
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def send(self, status: int, body: bytes, length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        self.send(200, json.dumps(calls).encode())

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/heal":
            args.fault, args.stuck = [], None
            self.send(200, b"{}")
            return
        row = json.loads(asked)
        prompt = row["messages"][-1]["content"]
        key = json.dumps([prompt, row.get("seed")])
        with lock:
            calls[key] += 1
            attempt = calls[key]
        time.sleep(args.delay)
        if args.refuse is not None:
            self.send(args.refuse, args.said.encode())
            return
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big")
        stuck = args.stuck is not None and args.stuck in prompt
        if args.fault and (stuck or (number % 3 == 0 and attempt <= args.heal_after)):
            self.fail(args.fault[number // 3 % len(args.fault)], prompt)
        else:
            self.send(200, json.dumps(reply_to(prompt)).encode())

    def fail(self, kind: str, prompt: str) -> None:
        whole = json.dumps(reply_to(prompt)).encode()
        if kind == "429":
            self.send(429, b'{"error": {"message": "slow down", "code": "rate_limit_exceeded"}}')
        elif kind == "500":
            self.send(500, b"<html>Internal Server Error</html>")
        elif kind == "cut":  # the body ends before its length is reached
            self.send(200, whole[:40], len(whole))
            self.close_connection = True
        elif kind == "garbled":
            self.send(200, whole[:60] + b"\x00}{")
        elif kind == "empty":
            self.send(200, b'{"choices": [], "model": "m", "id": "x", "created": 0}')
        elif kind == "silence":
            time.sleep(30)
            self.close_connection = True
        else:
            raise SystemExit(f"no such fault: {kind}")


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
draft = args.port_file.with_suffix(".part")
draft.write_text(str(server.server_address[1]))
draft.replace(args.port_file)
server.serve_forever()
