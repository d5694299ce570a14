"""Installs a wheel with each extra on each Python that can be had, and uses it: `make dist`.

    python tests/packaging/check_wheel.py dist/bridle_eval-0.1.0-py3-none-any.whl --uv .venv/bin/uv

Versions come from requirements/dev.lock. A Python that is not there is said and passed over.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHONS = ("3.11", "3.12", "3.13")
ROW = {
    "question": "What is 2+2?",
    "answer": "4",
    "constraints": [{"type": "words", "at_most": 9}],
    "response": "<think>2+2=4</think>It is \\boxed{4}.",
}
BASE = """
from bridle import check, read_response
from bridle.maths import equal
assert check("Fine.", {"type": "words", "at_most": 9})[0].obeyed
assert equal("\\\\frac{1}{2}", "0.5").equal
assert read_response("<think>a</think>b").answer == "b"
"""
# extra -> Python that needs it
USES = {
    "": BASE,
    "run": "import inspect_ai, openai, huggingface_hub",
    "tables": "import polars, scipy, zstandard",
    "report": "import jinja2, vl_convert",
    "organism": "from bridle.organism.model.engine import get_engine, render\n"
    "said = get_engine().generate([render([{'role': 'user', 'content': '12+7'}])], max_tokens=40)\n"
    "assert said[0].text",
    "upstream": "from bridle.benchmarks import published\nassert not published.missing_packages('ifeval')",
    "all": BASE,
}


class Failed(Exception):
    pass


def ran(*command: str | Path, code: int = 0, cwd: Path | None = None) -> str:
    """What the command said; anything but that exit code is a failure."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, env=env, cwd=cwd, check=False
    )
    if done.returncode != code:
        raise Failed(
            f"{' '.join(map(str, command))}\nexit {done.returncode}\n{done.stdout}{done.stderr}"
        )
    return done.stdout + done.stderr


def interpreter(version: str) -> Path | None:
    """An interpreter of that version: on the path, or one of pyenv's."""
    pyenv = sorted((Path.home() / ".pyenv/versions").glob(f"{version}.*/bin/python"), reverse=True)
    for name in (f"python{version}", *pyenv):
        said = "import sys; print(sys.executable, '%d.%d' % sys.version_info[:2])"
        try:
            found = ran(name, "-c", said).split()
        except (Failed, OSError):
            continue
        if found[1] == version:
            return Path(found[0])
    return None


def tried(python: Path, wheel: Path, extra: str, uv: Path, folder: Path) -> None:
    """A fresh environment with that extra; the command, a score, and what the extra is for."""
    ran(uv, "venv", "-q", "--clear", "--python", python, folder / "env")
    its = folder / "env/bin/python"
    wanted = (
        f"bridle-eval[{extra}] @ {wheel.as_uri()}" if extra else f"bridle-eval @ {wheel.as_uri()}"
    )
    lock = ROOT / "requirements/dev.lock"
    ran(uv, "pip", "install", "-q", "--python", its, "-c", lock, wanted)
    bridle = folder / "env/bin/bridle"
    assert "Usage: bridle" in ran(bridle, "--help", cwd=folder)
    ran(its, "-c", USES[extra], cwd=folder)
    file = folder / "rows.jsonl"
    file.write_text(json.dumps(ROW) + "\n")
    if extra in ("tables", "all"):
        said = ran(bridle, "score", file, "--json", cwd=folder)
        first = json.loads(said.splitlines()[0])
        if not (first["hard"] and first["correct"]):
            raise Failed(said)
    elif extra in ("", "run"):
        said = ran(bridle, "score", file, code=2, cwd=folder)
        if "pip install 'bridle-eval[tables]'" not in said:
            raise Failed(said)
    if extra == "all":
        ran(bridle, "run", "--out", "st", "--limit", "2", "--max-tokens", "200", cwd=folder)
        ran(bridle, "report", "st", cwd=folder)
        assert (folder / "st/page.html").stat().st_size > 10_000


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    asked.add_argument("wheel", type=Path)
    asked.add_argument("--uv", type=Path, default=Path("uv"))
    asked.add_argument("--extra", action="append", choices=list(USES), help="default: all of them")
    asked.add_argument("--python", action="append", choices=PYTHONS, help="default: all of them")
    given = asked.parse_args()
    uv = given.uv.absolute() if given.uv.exists() else given.uv
    failed = 0
    for version in given.python or PYTHONS:
        python = interpreter(version)
        if python is None:
            print(f"Python {version}: none here, passed over")
            continue
        for extra in given.extra or USES:
            with tempfile.TemporaryDirectory() as folder:
                try:
                    tried(python, given.wheel.absolute(), extra, uv, Path(folder))
                except (Failed, AssertionError) as error:
                    failed += 1
                    print(f"Python {version} [{extra}]: FAILED\n{error}", flush=True)
                else:
                    print(f"Python {version} [{extra}]: good", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
