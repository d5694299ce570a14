"""What is passed on to a model: it stands in the request, or it is said that it does not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle import benchmarks, records
from bridle.cli import bridle as group
from bridle.errors import BridleError, DataError
from bridle.studies.plan import load_plan, make_plan
from bridle.studies.settings import arguments_of, body_of, kept, text_of
from bridle.studies.study import Study, run

ME = "openai-api/local/m"


def sent(folder: Path) -> dict[str, Any]:
    return json.loads(records.read(folder).frame["sent"][0])


def test_it_stands_in_the_request(
    tiny: ModuleType, chat_server: Callable[..., Any], tmp_path: Path
) -> None:
    server = chat_server()
    state = run(
        tmp_path,
        benchmark=tiny.sums(1),
        models=[ME],
        conditions=["with"],
        base_url=server.url,
        system="You are terse.",
        extra_body={"chat_template_kwargs": {"enable_thinking": False}, "min_p": 0.1},
        top_k=7,
        model_args={"api_key": "sesame", "stream": False},
    )
    assert state.complete
    body = sent(tmp_path)
    assert body["messages"][0] == {"role": "system", "content": "You are terse."}
    said = json.dumps(body["settings"])
    assert '"min_p": 0.1' in said and '"enable_thinking": false' in said
    assert "extra_body" not in body.get("dropped", [])
    # a setting that Inspect's client has no name for is counted as not sent
    assert ("top_k" in said) != ("top_k" in body.get("dropped", []))
    written = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    assert b"sesame" not in written
    plan = load_plan(tmp_path / "study.json")
    assert plan.model_args == {"stream": False} and plan.system == "You are terse."


def test_a_model_that_does_not_take_it_says_so(tiny: ModuleType, tmp_path: Path) -> None:
    state = run(tmp_path, benchmark=tiny.sums(1), extra_body={"x": 1}, top_k=3)
    assert [note.split(" in ")[0] for note in state.notes()] == [
        "organism: the provider was not sent top_k",
        "organism: the provider was not sent extra_body",
    ]
    with pytest.raises(BridleError, match="no client that takes -M"):
        run(tmp_path / "other", benchmark=tiny.sums(1), model_args={"a": 1})
    with pytest.raises(BridleError, match=r"does not take these arguments: .*nonsense"):
        run(tmp_path / "other", benchmark=tiny.sums(1), models=[ME], base_url="http://127.0.0.1:9/v1",
            model_args={"nonsense": 1})  # fmt: skip


@pytest.mark.parametrize(
    "change", [{"system": "Other."}, {"extra_body": {"a": 2}}, {"top_k": 4}, {"system": None}]
)
def test_other_settings_are_another_study(
    tiny: ModuleType, tmp_path: Path, change: dict[str, Any]
) -> None:
    first = {
        "system": "Be.",
        "extra_body": {"a": 1},
        "top_k": 3,
    }

    def study(**options: Any) -> Study:
        items = tiny.sums(1)
        if options["system"] is not None:
            items = benchmarks.with_system(items, options["system"])
        return Study(tmp_path, make_plan(items, **options), items)

    study(**first).plan.save(tmp_path / "study.json")
    assert study(**first).grown() == []
    with pytest.raises(BridleError, match=f"{next(iter(change))}: "):
        study(**{**first, **change})


def test_an_item_with_a_system_message_of_its_own_keeps_it(tiny: ModuleType) -> None:
    items = benchmarks.with_system(tiny.sums(2), "A.")
    assert {item.system for item in items.items} == {"A."}
    with pytest.raises(BridleError, match="a system message of its own"):
        benchmarks.with_system(items, "B.")


def test_the_command_reads_files_and_resumes_with_what_it_was_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "system.txt").write_text("Be kind.\n")
    (tmp_path / "body.json").write_text('{"min_p": 0.05}')
    out = tmp_path / "s"

    def typed(*words: object) -> dict[str, Any]:
        args = ["run", "--out", str(out), "--limit", "1", "--model", "scripted/say:1"]
        with pytest.raises(SystemExit):
            group([*args, *map(str, words), "--json"], standalone_mode=False)
        return json.loads(capsys.readouterr().out)

    state = typed("--system", f"@{tmp_path / 'system.txt'}", "--extra-body", f"@{tmp_path / 'body.json'}",
                  "--top-k", 9)  # fmt: skip
    assert state["complete"] and state["made"] == 2
    plan = load_plan(out / "study.json")
    assert plan.system == "Be kind.\n"
    assert plan.settings_of(plan.calls()[0])["extra_body"] == {"min_p": 0.05}
    assert typed()["made"] == 0  # the same study, from its folder


def test_a_study_file_names_them(tmp_path: Path) -> None:
    from bridle.studies.study_file import read_study_file

    file = tmp_path / "study.yaml"
    file.write_text(
        "label: cold\nsystem: Be kind.\ntop_k: 4\nextra_body: {min_p: 0.1}\nmodel_args: {a: eu}\n"
    )
    assert read_study_file(file).options() == {
        "label": "cold", "system": "Be kind.", "top_k": 4, "extra_body": {"min_p": 0.1}, "model_args": {"a": "eu"},
    }  # fmt: skip
    for bad in ("extra_body: 3", "extra_body: {messages: []}", "model_args: [1]", "top_k: 0"):
        file.write_text(f"seed: 1\n{bad}\n")
        with pytest.raises(DataError, match="line 2"):
            read_study_file(file)


def test_what_is_typed(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("location: eu\nn: 1\n")
    assert arguments_of(["n=3", "on=true", "name=x=y", "list=[1]"], file) == {
        "location": "eu", "n": 3, "on": True, "name": "x=y", "list": [1],
    }  # fmt: skip
    file.write_text("- 1\n")
    with pytest.raises(DataError, match="holds no mapping"):
        arguments_of([], file)
    file.write_text("a: [\n")
    with pytest.raises(DataError, match="cannot be read"):
        arguments_of([], file)
    for bad in ("x", "=1", " =1"):
        with pytest.raises(DataError, match="names no value"):
            arguments_of([bad], None)
    for bad in ("{", "[]", "{}", "3", '{"messages": []}', "@nowhere.json", "[" * 100_000):
        with pytest.raises(DataError):
            body_of(bad)
    with pytest.raises(DataError, match="--system is empty"):
        text_of(" ", "--system")


@settings(derandomize=True, deadline=None)
@given(st.recursive(st.integers(), lambda inner: st.dictionaries(st.text(max_size=12), inner)))
def test_no_secret_is_kept_at_any_depth(value: Any) -> None:
    hidden = {"api_key": "sesame", "inner": {"Access-Token": "sesame", "x": value}, "y": value}
    assert "sesame" not in json.dumps(kept(hidden))
    assert kept({"location": "eu"}) == {"location": "eu"}
