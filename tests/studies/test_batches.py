"""A study by files: its requests exported, answered elsewhere, and taken back in."""

from __future__ import annotations

import dataclasses
import json
import random
import urllib.error
import urllib.request
from typing import Any

import pytest
from click.testing import CliRunner

from bridle import constraints, records
from bridle.cli import bridle as cli
from bridle.errors import BridleError, DataError
from bridle.scoring.results import import_results
from bridle.studies.batches.export import export
from bridle.studies.batches.formats import FORMATS, served_name
from bridle.studies.folder import JOURNAL
from bridle.studies.plan import make_plan
from bridle.studies.study import Study, run

MODEL = "openai-api/local/m"


def ruled(tiny, count):
    """The sums under a constraint, so that a rewrite has something to ask for."""
    made = tiny.sums(count)
    rule = constraints.from_spec({"type": "words", "at_most": 5})
    items = tuple(dataclasses.replace(item, constraints=(rule,)) for item in made.items)
    return dataclasses.replace(made, items=items)


def study(folder, tiny, count=6, **options: Any):
    benchmark = ruled(tiny, count)
    options = {"models": [MODEL], **options}
    return Study(folder, make_plan(benchmark, **options), benchmark)


def lines_of(files):
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def answered(line, server):
    """What a provider writes for one request; the body goes to a real server."""
    body = line["body"] if "body" in line else {**line["params"]}
    asked = urllib.request.Request(
        f"{server.url}/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    said: Any
    try:
        with urllib.request.urlopen(asked) as reply:
            said = json.load(reply)
    except urllib.error.HTTPError as error:
        said = {"error": {"message": f"status {error.code}"}}
    if "body" in line:
        status = 500 if "error" in said else 200
        return {
            "id": "batch_req_1",
            "custom_id": line["custom_id"],
            "response": {"status_code": status, "request_id": "r", "body": said},
            "error": None,
        }
    if "error" in said:
        return {"custom_id": line["custom_id"], "result": {"type": "errored", "error": said}}
    choice = said["choices"][0]
    message = {
        "type": "message",
        "role": "assistant",
        "content": [{"type": "text", "text": choice["message"]["content"]}],
        "stop_reason": "end_turn",
        "usage": {"input_tokens": 7, "output_tokens": 5},
    }
    return {"custom_id": line["custom_id"], "result": {"type": "succeeded", "message": message}}


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def table(folder):
    """What does not say how the replies came: over a connection or in a file."""
    frame = records.read(folder).frame.drop("latency_s", "sent", "factors", "finish_reason")
    return frame.drop("finish_reasons").sort("item", "condition", "arm", "turn", "sample")


@pytest.mark.parametrize("to", list(FORMATS))
def test_as_if_it_had_been_run(to, tmp_path, tiny, chat_server):
    server = chat_server()
    options = {"arms": ["plain", "rewrite"], "samples": 2}
    run(tmp_path / "run", benchmark=ruled(tiny, 3), models=[MODEL], base_url=server.url, **options)
    mine = study(tmp_path / "mine", tiny, 3, **options)
    rounds = []
    while (made := export(mine, to, most=7)).requests:
        assert all(len(f.read_text().splitlines()) <= 7 for f in made.files)
        rounds.append(made.requests)
        results = [answered(line, server) for line in lines_of(made.files)]
        random.Random(1).shuffle(results)
        found = import_results(mine, [write(tmp_path / f"r{len(rounds)}.jsonl", results)])
        assert found.rows == made.requests and not found.bad.count and not found.errors
    assert (
        len(rounds) == 2
    )  # a rewrite is a second step; first steps that arms share are asked once
    assert found.state.complete
    assert table(tmp_path / "mine").equals(table(tmp_path / "run"))
    made = run(tmp_path / "mine", benchmark=ruled(tiny, 3), models=[MODEL], **options).made
    assert made == 0


def test_ids_are_call_keys_and_what_is_equal_is_asked_once(tmp_path, tiny):
    mine = study(tmp_path / "mine", tiny, 2, arms=["plain", "rewrite"])
    made = export(mine, "openai-batch")
    lines = lines_of(made.files)
    assert made.requests == len(lines) == 4  # of 8 drawings: the first step of a rewrite is plain's
    first = lines[0]
    assert first["custom_id"].startswith(f"{MODEL}|sum:0|with|plain|0/0#0@")
    assert len({line["custom_id"] for line in lines}) == 4
    body = first["body"]
    assert body["model"] == "m" and body["max_completion_tokens"] == 64
    assert body["seed"] == mine.plan.seed_of(mine.plan.calls()[0], mine.items["sum:0"])
    assert {p.name for p in (tmp_path / "mine").iterdir()} == {
        "study.json", JOURNAL, "requests",
    }  # fmt: skip
    again = export(mine, "openai-batch")
    assert again.files[0].parent.name == "002" and again.requests == 4
    assert served_name("openai/gpt-5") == "gpt-5" and served_name("vllm/Q/q-8b") == "Q/q-8b"


def test_in_parts_twice_out_of_order_with_errors_and_steps_together(tmp_path, tiny, chat_server):
    server = chat_server()
    mine = study(tmp_path / "mine", tiny, 4, arms=["rewrite"])
    first = [answered(line, server) for line in lines_of(export(mine, "vllm").files)]
    assert len(first) == 8
    failed = [
        {**first[0], "response": None, "error": {"code": "batch_expired", "message": "expired"}},
        {**first[1], "response": {"status_code": 429, "body": {"error": {"message": "slow"}}}},
    ]
    part = write(tmp_path / "a.jsonl", [*failed, *first[2:5], first[2]])
    found = import_results(mine, [part])
    assert (found.rows, found.taken, found.errors, found.already) == (6, 3, 2, 0)
    assert found.state.errors == 2 and found.state.missing == 5
    second = [answered(line, server) for line in lines_of(export(mine, "vllm").files)]
    assert len(second) == 5 + 2  # open or failed; two of the three have a second step
    # everything together, the later steps first, and the first part once more
    rest = write(tmp_path / "b.jsonl", [*second[::-1], *first])
    found = import_results(mine, [rest, part])
    assert found.errors == 0 and found.already == 3 and found.differing == 0
    assert found.open == 2  # the second steps of those that have just come
    third = [answered(line, server) for line in lines_of(export(mine, "vllm").files)]
    assert import_results(mine, [write(tmp_path / "c.jsonl", third)]).state.complete
    before = (tmp_path / "mine" / JOURNAL).read_bytes()
    twice = import_results(mine, [rest, part, tmp_path / "c.jsonl"])
    assert (twice.taken, twice.state.complete) == (0, True)
    assert (tmp_path / "mine" / JOURNAL).read_bytes() == before


def test_a_file_of_another_study_is_refused(tmp_path, tiny, chat_server):
    server = chat_server()
    mine = study(tmp_path / "mine", tiny)
    export(mine, "vllm")
    own = [answered(line, server) for line in lines_of(export(mine, "vllm").files)]
    others: list[tuple[str, dict[str, Any]]] = [
        ("seed", {"seed": 1}),
        ("hot", {"temperature": 0.3}),
        ("m", {"models": ["vllm/x"]}),
    ]
    for name, options in others:
        other = study(tmp_path / name, tiny, **options)
        rows = [answered(line, server) for line in lines_of(export(other, "vllm").files)]
        file = write(tmp_path / f"{name}.jsonl", rows)
        good = write(tmp_path / "good.jsonl", own)
        with pytest.raises(DataError, match=f"{name}.jsonl holds no result of the study in"):
            import_results(mine, [good, file])
    assert (tmp_path / "mine" / JOURNAL).read_text() == ""  # not even the good file


def test_rows_of_no_use_are_named_and_the_rest_is_taken(tmp_path, tiny, chat_server):
    server = chat_server()
    mine = study(tmp_path / "mine", tiny)
    own = [answered(line, server) for line in lines_of(export(mine, "openai-batch").files)]
    other = json.loads(json.dumps(own[0]).replace("64", "65"))
    other["response"]["body"]["choices"][0]["message"]["content"] = "something else"
    two = json.loads(json.dumps(own[1]))
    two["response"]["body"]["choices"] *= 2
    file = tmp_path / "r.jsonl"
    rows = [
        *own[:1],
        {**own[3], "custom_id": "nobody"},
        {"response": "no id"},
        two,
        other,
        *own[2:],
    ]
    file.write_text("{torn\n" + "".join(json.dumps(row) + "\n" for row in rows))
    found = import_results(mine, [file])
    said = "\n".join(found.bad.lines())
    assert "row 1: not JSON" in said and "row 3: its id is of no request" in said
    assert "row 4: no id" in said and "row 5: 2 responses where one was asked for" in said
    assert (found.bad.count, found.taken, found.open, found.differing) == (4, 11, 1, 1)
    assert "something else" not in "".join(records.read(tmp_path / "mine").frame["answer"])


def test_what_a_format_cannot_hold_is_refused(tmp_path, tiny):
    with pytest.raises(BridleError, match="no format 'openai'"):
        export(study(tmp_path / "a", tiny), "openai")
    with pytest.raises(BridleError, match="needs raw, which vllm cannot hold"):
        export(study(tmp_path / "a", tiny, arms=["wait"]), "vllm")
    assert not (tmp_path / "a").exists()
    hot = study(tmp_path / "b", tiny, reasoning_effort="low")
    assert export(hot, "anthropic-batch").dropped == {"seed": 12, "reasoning_effort": 12}
    line = lines_of(export(hot, "anthropic-batch").files)[0]
    assert len(line["custom_id"]) <= 64 and line["params"]["max_tokens"] == 64


def test_the_commands(tmp_path, chat_server):
    server = chat_server()

    def bridle(*args):
        return CliRunner().invoke(cli, [str(a) for a in args])

    yaml = tmp_path / "study.yaml"
    yaml.write_text("models: [openai-api/local/m]\nbenchmark: crossed\nitems: 3\nmax_tokens: 99\n")
    out = tmp_path / "mine"
    told = bridle("export", yaml, "--to", "vllm", "--out", out)
    assert told.exit_code == 0, told.output
    assert "4 requests in 1 file:" in told.output and "vllm run-batch -i" in told.output
    made = json.loads(bridle("export", out, "--to", "vllm", "--json").output)
    from pathlib import Path

    rows = [answered(line, server) for line in lines_of(map(Path, made["files"]))]
    half = bridle("import", out, write(tmp_path / "half.jsonl", rows[:3]))
    assert (
        half.exit_code == 1
        and "3 results: 3 answers written, 2 copied to calls that ask the same." in half.output
    )
    whole = bridle("import", out, write(tmp_path / "whole.jsonl", rows), "--json")
    assert whole.exit_code == 0, whole.output
    assert json.loads(whole.output)["already"] == 3
    assert "lacks nothing" in bridle("export", out, "--to", "vllm").output
    nothing = bridle("export", tmp_path / "none", "--to", "vllm")
    assert "holds no study" in str(nothing.exception)
