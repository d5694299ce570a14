"""`bridle serve` as typed: help, and mistakes said before anything is loaded.

What the server does is in tests/organism/test_serve.py, which runs this command too.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from click.testing import CliRunner

from bridle.cli.serve import command


def test_help_names_the_endpoints_and_loads_nothing_heavy():
    said = CliRunner().invoke(command, ["--help"])
    assert said.exit_code == 0
    assert "/v1/chat/completions" in said.output and "127.0.0.1" in said.output


def test_impossible_options_are_said():
    for options in (["--port", "70000"], ["--max-queue", "0"], ["--threads", "0"]):
        said = CliRunner().invoke(command, options)
        assert said.exit_code == 2 and options[0] in said.output


def test_a_public_address_wants_a_key_and_a_taken_port_is_said():
    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bridle", "serve", *options],
            capture_output=True,
            text=True,
            timeout=30,
            env={k: v for k, v in os.environ.items() if k != "BRIDLE_API_KEY"},
        )

    public = run("--host", "0.0.0.0", "--port", "0")
    assert public.returncode == 2 and "--api-key" in public.stderr
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = run("--port", str(taken.getsockname()[1]))
    assert busy.returncode == 2 and "Cannot listen" in busy.stderr
