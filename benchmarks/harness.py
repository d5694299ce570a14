"""What the harness itself costs: CPU a call, of `bridle run` and of lm-evaluation-harness, on one server.

    python benchmarks/harness.py                          # bridle run
    python benchmarks/harness.py --lm-eval PYTHON         # and lm-evaluation-harness beside it
    python benchmarks/harness.py --profile                # where the time of bridle run goes

A server in a process of its own answers at once. Each client runs with few and with many calls in a
process of its own; the difference of their CPU times (user and system) over the difference of the calls
is the cost of one, without imports and start. `bridle run` asks, writes its journal, grades by our rules,
writes the table and Inspect's log. PYTHON is an interpreter with `lm-eval[api]`.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

FEW, MANY = 200, 2_200  # calls
TEXT = "<think>40+22=62, 62/2=31, 31-5=26, 26*4=104.</think>\n\nLet us see. The answer is \\boxed{104}."
DATA = [
    {"question": f"What is {i} + {i}? Put your final answer in a box.", "answer": str(2 * i)}
    for i in range(MANY)
]

RULES = [{"type": "no_comma"}, {"type": "words", "at_most": 60}]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        choice = {
            "index": 0,
            "finish_reason": "stop",
            "message": {"role": "assistant", "content": TEXT},
        }
        usage = {"prompt_tokens": 70, "completion_tokens": 60, "total_tokens": 130}
        body = json.dumps(
            {
                "id": "x",
                "object": "chat.completion",
                "created": 0,
                "model": "m",
                "choices": [choice],
                "usage": usage,
            }
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()  # until the parent closes it


def cost(command: Callable[[int, Path], list[str]], rounds: int) -> tuple[float, float]:
    """(milliseconds of CPU a call, seconds of CPU of the start), from the least of the rounds."""
    spent: dict[int, float] = {}
    for calls in (FEW, MANY) * rounds:
        with tempfile.TemporaryDirectory() as folder:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run(command(calls, Path(folder)), capture_output=True, text=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if done.returncode:
            raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
        taken = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        spent[calls] = min(taken, spent.get(calls, taken))
    each = (spent[MANY] - spent[FEW]) / (MANY - FEW)
    return 1000 * each, spent[FEW] - each * FEW


def by_bridle(url: str, program: list[str]) -> Callable[[int, Path], list[str]]:
    def command(calls: int, folder: Path) -> list[str]:
        rows = [{**row, "constraints": RULES} for row in DATA[:calls]]
        (folder / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
        options = ["--benchmark", "custom", "--data", str(folder / "rows.jsonl")]
        options += ["--conditions", "with"]
        options += ["--model", "openai-api/local/m", "--base-url", url, "--max-connections", "16"]
        return [*program, "run", "--out", str(folder / "study"), *options]

    return command


def by_lm_eval(url: str, python: str) -> Callable[[int, Path], list[str]]:
    def command(calls: int, folder: Path) -> list[str]:
        (folder / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in DATA[:calls]))
        (folder / "sums.yaml").write_text(
            f"""task: sums
dataset_path: json
dataset_kwargs: {{data_files: {{test: {folder}/rows.jsonl}}}}
output_type: generate_until
test_split: test
doc_to_text: question
doc_to_target: answer
generation_kwargs: {{until: [], max_gen_toks: 512, do_sample: false}}
metric_list: [{{metric: exact_match}}]
"""
        )
        model = (
            f"model=m,base_url={url}/chat/completions,num_concurrent=16,tokenized_requests=False"
        )
        options = ["--model", "local-chat-completions", "--model_args", model, "--tasks", "sums"]
        options += ["--include_path", str(folder), "--apply_chat_template", "--log_samples"]
        return [python, "-m", "lm_eval", *options, "--output_path", str(folder / "out")]

    return command


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--lm-eval", metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=3, help="of each client; the least counts")
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    if given.serve:
        serve()
        return
    server = subprocess.Popen(
        [sys.executable, __file__, "--serve"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    url = f"http://127.0.0.1:{server.stdout.readline().strip()}/v1"
    try:
        if given.profile:
            with tempfile.TemporaryDirectory() as folder:
                stats = f"{folder}/stats"
                program = [sys.executable, "-m", "cProfile", "-o", stats, "-m", "bridle"]
                subprocess.run(by_bridle(url, program)(1_000, Path(folder)), check=True)
                import pstats

                pstats.Stats(stats).sort_stats("cumulative").print_stats(110)
            return
        ours, start = cost(by_bridle(url, [sys.executable, "-m", "bridle"]), given.rounds)
        print(
            f"bridle run               {ours:6.2f} ms CPU a call, start {start:.1f} s", flush=True
        )
        if given.lm_eval:
            theirs, start = cost(by_lm_eval(url, given.lm_eval), given.rounds)
            print(f"lm-evaluation-harness    {theirs:6.2f} ms CPU a call, start {start:.1f} s")
            print(f"ratio                    {ours / theirs:6.2f}")
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
