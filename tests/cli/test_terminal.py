"""What any command prints: names stand as they are, nothing acts on the terminal, every encoding will do."""

from __future__ import annotations

import io
import json
import re
import sys

import pytest

from bridle.cli import COMMANDS, main

ACTS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
HOSTILE = "\x1b]52;c;cm0gLXJm\x07\x1b[2J\u202eid"
NAMES = ["m[v1]", "m[red]", "[/x]", ":x:", HOSTILE, "é−⟦漢\ud800"]


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """A folder written by bridle score, with names that rich and terminals read as more than names."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        {
            "question": f"What is 2+2? {name}",
            "answer": "4",
            "source": source,
            "constraints": [{"type": "no_comma"}],
            "condition": condition,
            "id": f"{name}{source}",
            "model": name,
            "response": f"So, {name}: \\boxed{{4}}",
        }
        for name in NAMES
        for source in ("[hard]", "[bold]b[/bold]")
        for condition in ("with", "without")
    ]
    file = folder / "responses.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)))
    text = folder / "answer.txt"
    text.write_text(f"So, {HOSTILE}", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        code, _, err = bridle(patch, "score", str(file), "--out", str(folder / "out"))
        assert code == 0, err
    return folder


def bridle(patch: pytest.MonkeyPatch, *args: str, encoding: str = "utf-8") -> tuple[int, str, str]:
    """Runs main() with outputs of that encoding; gives its exit code and what it printed."""
    made = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    patch.setattr(sys, "argv", ["bridle", *args])
    patch.setattr(sys, "stdout", made[0])
    patch.setattr(sys, "stderr", made[1])
    with pytest.raises(SystemExit) as ended:
        main()
    for stream in made:
        stream.flush()
    out, err = (s.buffer.getvalue().decode(encoding) for s in made)  # type: ignore[attr-defined]
    code = ended.value.code
    return (code if isinstance(code, int) else 0), out, err


def commands(folder) -> dict[str, list[list[str]]]:
    """Every command, as often as it has ways to quote what others wrote."""
    out, file, text = (
        str(folder / "out"),
        str(folder / "responses.jsonl"),
        str(folder / "answer.txt"),
    )
    return {
        "run": [
            ["run", "--out", str(folder / "st"), "--limit", "2", "--dry-run", "--model", HOSTILE]
        ],
        "export": [
            ["export", HOSTILE, "--to", "vllm"],
            ["export", str(folder / "st"), "--to", HOSTILE],
        ],
        "import": [["import", HOSTILE, file]],
        "profile": [["profile", out], ["profile", HOSTILE]],
        "horizon": [["horizon", out, "--x", "rules"], ["horizon", HOSTILE]],
        "price": [["price", out], ["price", HOSTILE]],
        "merge": [["merge", HOSTILE, "--out", str(folder / "merged")]],
        "score": [["score", file], ["score", file, "--json"], ["score", file + HOSTILE]],
        "report": [["report", out], ["report", out, "--json", "--no-page"], ["report", HOSTILE]],
        "view": [["view", HOSTILE], ["view", out, "--rules", HOSTILE]],
        "figures": [
            ["figures", out, "--only", "outcomes", "--format", "svg"],
            ["figures", out, "--only", HOSTILE],
            ["figures", HOSTILE],
        ],
        "compare": [
            ["compare", out, "--a", f"model={NAMES[0]}", "--b", f"model={HOSTILE}"],
            ["compare", out, "--a", f"model={NAMES[2]}", "--b", f"model={NAMES[4]}", "--json"],
            ["compare", out, "--a", f"model={HOSTILE}x", "--b", "model=x"],
            ["compare", HOSTILE, out],
        ],
        "why": [
            ["why", out, "--model", HOSTILE],
            ["why", out, "--model", NAMES[2], "--json"],
            ["why", out],
            ["why", HOSTILE],
        ],
        "watch": [["watch", out], ["watch", HOSTILE]],
        "forecast": [["forecast", "--samples", out, "--reward", HOSTILE]],
        "probe": [
            ["probe", HOSTILE, "--out", f"{folder / 'probe'}"],
            ["probe", "decay", "--plugin", HOSTILE],
        ],
        "sample": [["sample", HOSTILE], ["sample", "crossed", "--limit", "1"]],
        "manifest": [["manifest", HOSTILE], ["manifest", out]],
        "init": [["init", f"{folder / 'no' / 'such'}/x"]],
        "show": [
            ["show", out],
            ["show", out, "--failed", "--broken", HOSTILE],
            ["show", out, f"{HOSTILE}[hard]"],
            ["show", out, f"{HOSTILE}[hard]", "--json"],
            ["show", out, HOSTILE],
            ["show", out, f"{NAMES[0]}[hard]", "--model", HOSTILE],
        ],
        "explain": [["explain", text, "-c", "no_comma"], ["explain", text, "-c", HOSTILE]],
        "list": [["list", "constraints", "words"], ["list", "models"], ["list", HOSTILE]],
        "audit": [["audit", "crossed", "--limit", "2"], ["audit", HOSTILE]],
        "serve": [["serve", "--help"], ["serve", "--port", HOSTILE]],
    }


def test_every_command_is_tried(scored):
    assert set(commands(scored)) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_nothing_acts_and_every_encoding_will_do(scored, monkeypatch, name, encoding):
    for args in commands(scored)[name]:
        code, out, err = bridle(monkeypatch, *args, encoding=encoding)
        assert code in (0, 1, 2) and out + err
        assert not ACTS.search(out + err), args
        if "--json" in args:
            assert all(
                json.loads(part) for part in (out.splitlines() if out[0:2] != "{\n" else [out])
            )


def test_names_are_no_markup(scored, monkeypatch):
    code, out, err = bridle(monkeypatch, "report", str(scored / "out"), "--no-page")
    assert code == 0, err
    for name in ("m[v1]", "m[red]", "[/x]", ":x:", "[hard]", "[bold]b[/bold]"):
        assert name in out
    shown = bridle(monkeypatch, "show", str(scored / "out"), "[/x][bold]b[/bold]")[1]
    assert "[/x][bold]b[/bold]" in shown


def test_what_an_encoding_lacks_is_replaced_by_what_is_near(scored, monkeypatch):
    text = str(scored / "answer.txt")
    out = bridle(monkeypatch, "explain", text, "-c", "no_comma", encoding="ascii")[1]
    assert "[[,]]" in out and "^[" in out


TOO_LONG = "x" * 300


@pytest.mark.parametrize(
    "args",
    [
        ["run", "--out", TOO_LONG, "--limit", "1"],
        ["run", "--out", "st", "--benchmark", "mathif", "--data", TOO_LONG],
        ["run", "--out", "st", "--benchmark", f"{TOO_LONG}.jsonl"],
        ["score", TOO_LONG],
        ["score", "{file}", "--items", TOO_LONG],
        ["score", "{file}", "--out", TOO_LONG],
        ["report", TOO_LONG],
        ["report", "{out}", "--out", TOO_LONG],
        ["show", TOO_LONG, "x"],
        ["explain", TOO_LONG, "-c", "no_comma"],
        ["audit", TOO_LONG],
        ["audit", "mathif", "--data", TOO_LONG],
        ["audit", "crossed", "--limit", "1", "--responses", TOO_LONG],
        ["audit", "crossed", "--limit", "1", "--out", TOO_LONG],
    ],
)
def test_a_name_that_is_too_long_for_the_disk_is_said(
    scored, monkeypatch, tmp_path, args: list[str]
):
    monkeypatch.chdir(tmp_path)
    known = {"{file}": str(scored / "responses.jsonl"), "{out}": str(scored / "out")}
    code, _, err = bridle(monkeypatch, *(known.get(a, a) for a in args))
    assert code == 2
    assert err.startswith("bridle: ") and "Expected: " in err
    assert list(tmp_path.iterdir()) == []
