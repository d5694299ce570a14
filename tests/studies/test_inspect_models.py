"""Models of our own under Inspect: the embedded one, and scripts in the place of a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bridle.errors import BridleError, DataError
from bridle.inspect_bridge import open_model
from bridle.organism.model.engine import MODEL, get_engine, render
from bridle.studies.journal import Reply, read_journal
from bridle.studies.plan import Call
from bridle.studies.study import run


def replies(out: Path, tiny, count: int = 2, **options) -> dict[Call, Reply]:
    run(out, benchmark=tiny.sums(count), **options)
    return read_journal(out / "responses.jsonl")


def test_say(tiny, tmp_path: Path) -> None:
    said = replies(tmp_path / "s", tiny, models=["scripted/say:<think>a/b</think>4: four"])
    assert {reply.raw for reply in said.values()} == {"<think>a/b</think>4: four"}
    assert {reply.finish_reason for reply in said.values()} == {"stop"}
    assert {reply.tokens_out for reply in said.values()} == {None}  # nobody counted


def test_echo(tiny, tmp_path: Path) -> None:
    said = replies(tmp_path / "s", tiny, models=["scripted/echo"])
    items = {item.id: item for item in tiny.sums(2).items}
    assert all(r.raw == items[c.item].prompt_for(c.condition) for c, r in said.items())


def test_a_script_answers_by_prompt_in_turn_and_else_by_the_open_row(tiny, tmp_path: Path) -> None:
    first = tiny.sums(2).items[0]
    rows = [
        {"prompt": first.prompt, "response": "one"},
        {"prompt": first.prompt, "response": "two", "finish_reason": "length"},
        {"response": "else"},
    ]
    path = tmp_path / "script.jsonl"
    path.write_text("\n\n".join(map(json.dumps, rows)))
    said = replies(tmp_path / "s", tiny, models=[f"scripted/{path}"], samples=2)
    by_prompt = [r for c, r in said.items() if (c.item, c.condition) == (first.id, "with")]
    assert sorted((r.raw, r.finish_reason) for r in by_prompt) == [
        ("one", "stop"),
        ("two", "length"),
    ]
    assert [r.raw for c, r in said.items() if c.item != first.id] == ["else"] * 4


@pytest.mark.parametrize("line", ["{", "[]", '{"prompt": "x"}', "3"])
def test_a_broken_script_names_the_line(line: str, tmp_path: Path) -> None:
    path = tmp_path / "script.jsonl"
    path.write_text('{"response": "fine"}\n' + line + "\n")
    with pytest.raises(DataError, match="line 2"):
        open_model(f"scripted/{path}")


def test_a_server_of_ones_own_needs_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOCAL_API_KEY", raising=False)
    url = "http://127.0.0.1:9/v1"
    assert open_model("openai-api/local/m", base_url=url).api.base_url == url
    with pytest.raises(BridleError, match="--base-url"):
        open_model("openai-api/local/m")
    monkeypatch.setenv("LOCAL_API_KEY", "mine")
    assert open_model("openai-api/local/m", base_url=url).api.api_key == "mine"


with_organism = pytest.mark.skipif(not MODEL.is_file(), reason="no exported organism.onnx yet")


@with_organism
def test_the_organism_says_what_its_engine_says(tiny, tmp_path: Path) -> None:
    options = {"models": ["organism"], "conditions": ["without"], "temperature": 0.0}
    said = replies(tmp_path / "s", tiny, 4, max_tokens=40, **options)
    prompts = [render([{"role": "user", "content": i.bare_prompt}]) for i in tiny.sums(4).items]
    wanted = get_engine().generate(prompts, max_tokens=40, temperature=0.0)
    got = [said[Call("organism", f"sum:{n}", "without", "plain", 0)] for n in range(4)]
    assert [r.raw for r in got] == [w.text for w in wanted]
    assert [(r.tokens_in, r.tokens_out) for r in got] == [
        (w.tokens_in, w.tokens_out) for w in wanted
    ]
    assert all(0 < (r.tokens_out or 0) <= 40 for r in got)


@with_organism
def test_samples_of_the_organism_differ_and_come_again(tiny, tmp_path: Path) -> None:
    options = {"models": ["organism"], "samples": 3, "temperature": 1.0, "max_tokens": 60}
    first = replies(tmp_path / "a", tiny, seed=1, **options)
    again = replies(tmp_path / "b", tiny, seed=1, **options)
    other = replies(tmp_path / "c", tiny, seed=2, **options)
    assert {c: r.raw for c, r in first.items()} == {c: r.raw for c, r in again.items()}
    assert {c: r.raw for c, r in first.items()} != {c: r.raw for c, r in other.items()}
    assert len({r.raw for r in first.values()}) > 4


@with_organism
def test_a_prompt_that_does_not_fit_is_an_error_of_its_call(tiny, tmp_path: Path) -> None:
    import dataclasses

    bench = tiny.sums(2)
    long = dataclasses.replace(bench.items[0], bare_prompt="1 + " * 20_000)
    bench = dataclasses.replace(bench, items=(long, bench.items[1]))
    outcome = run(
        tmp_path / "s", benchmark=bench, conditions=["without"], models=["organism"], max_tokens=9
    )
    assert (outcome.answered, outcome.errors) == (1, 1) and "context" in str(outcome.why)
