"""MathIF: every row of the real files, and what is said of files that are not right."""

from __future__ import annotations

import collections
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from bridle import benchmarks
from bridle.benchmarks.files import hub as downloads
from bridle.benchmarks.files.hub import sha256
from bridle.benchmarks.mathif import items as mathif
from bridle.errors import BridleError, DataError


def row(question: str = "What is 2+2?", **changes: Any) -> dict[str, Any]:
    return {
        "source": "gsm8k",
        "id": "gsm8k-single-0",
        "question": question,
        "answer": "4",
        "constraint_desc": ["Use no commas.", "Answer with less than 50 words."],
        "constraint_name": ["punctuation:no_comma", "length_constraint_checkers:number_words"],
        "constraint_args": [None, {"num_words": 50, "relation": "less than"}],
    } | changes


def write(folder: Path, files: dict[str, list[Any]]) -> None:
    folder.mkdir(exist_ok=True)
    for name, lines in files.items():
        shown = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        (folder / name).write_text("\n".join(shown) + "\n", encoding="utf-8")
    sums = [f"{sha256(folder / name)}  {name}" for name in files]
    (folder / "SHA256SUMS").write_text("\n".join(sums) + "\n")


# -- the real rows --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(shared_data: Path) -> Any:
    return benchmarks.load("mathif", data=shared_data / "mathif")


def test_all_rows_are_there(real: Any) -> None:
    assert len({item.id for item in real.items}) == len(real.items) == 420
    assert collections.Counter(i.group for i in real.items) == {
        "single": 140,
        "double": 140,
        "triple": 140,
    }
    assert collections.Counter(i.problem.source for i in real.items) == {
        "gsm8k": 90,
        "math500": 90,
        "minerva": 90,
        "olympiad": 90,
        "aime": 60,
    }
    assert sum(len(i.constraints) for i in real.items) == 840
    kinds = {"single": 1, "double": 2, "triple": 3}
    assert all(len(i.constraints) == len(i.peer) == kinds[i.group] for i in real.items)
    assert real.provenance["modified"] is False
    assert (real.decoding.temperature, real.decoding.top_p, real.decoding.max_tokens) == (
        1.0,
        0.95,
        16384,
    )


def test_prompts_are_upstreams_to_the_character(real: Any, shared_data: Path) -> None:
    item = next(i for i in real.items if i.id == "aime_double:20")
    lines = (shared_data / "mathif" / "aime_double.jsonl").read_text().split("\n")
    said = json.loads(lines[19])
    step = "Let's think step by step and output the final answer within \\boxed{}."
    assert lines[20].strip() == ""  # a blank line, passed over
    assert item.bare_prompt == said["question"] + step
    assert item.prompt == said["question"] + step + " ".join(said["constraint_desc"])
    assert item.problem.answer == said["answer"]
    assert [p.id for p in item.peer] == said["constraint_name"]


@pytest.mark.parametrize("limit", [15, 30, 60, 150])
def test_any_prefix_is_spread_over_sources_and_levels(
    real: Any, limit: int, shared_data: Path
) -> None:
    items = benchmarks.load("mathif", data=shared_data / "mathif", limit=limit).items
    assert items == real.items[:limit]
    for share, counted in (
        ({"single": 1 / 3, "double": 1 / 3, "triple": 1 / 3}, (i.group for i in items)),
        (
            {
                "gsm8k": 3 / 14,
                "math500": 3 / 14,
                "minerva": 3 / 14,
                "olympiad": 3 / 14,
                "aime": 1 / 7,
            },
            (i.problem.source for i in items),
        ),
    ):
        count = collections.Counter(counted)
        assert all(abs(count[name] - limit * part) <= 2 for name, part in share.items()), count


def test_a_missing_file_is_named(shared_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "mathif"
    shutil.copytree(shared_data / "mathif", folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    (folder / "minerva_double.jsonl").unlink()
    with pytest.raises(DataError, match=r"lacks minerva_double\.jsonl"):
        benchmarks.load("mathif", data=folder)


def test_a_changed_file_is_refused_until_its_owner_says_so(
    shared_data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mathif"
    shutil.copytree(shared_data / "mathif", folder, copy_function=shutil.copyfile)
    folder.chmod(0o755)
    changed = folder / "aime_single.jsonl"
    changed.write_bytes(changed.read_bytes() + b"\n")
    with pytest.raises(DataError) as caught:
        benchmarks.load("mathif", data=folder)
    assert "aime_single.jsonl" in str(caught.value)
    assert sha256(changed) in str(caught.value)
    assert mathif.PINNED.files["aime_single.jsonl"] in str(caught.value)
    sums = [f"{sha256(p)}  {p.name}" for p in sorted(folder.glob("*.jsonl"))]
    (folder / "SHA256SUMS").write_text("\n".join(sums))
    loaded = benchmarks.load("mathif", data=folder)
    assert len(loaded.items) == 420
    assert loaded.provenance["modified"] is True


# -- rows of our own ------------------------------------------------------------------------------


def test_rows_come_from_a_hub(hub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "PAUSE_S", 0.01)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    for name in ("gsm8k_single.jsonl", "aime_triple.jsonl"):
        hub.files[name] = "\n\n".join(json.dumps(row(f"{name} {i}")) for i in range(3)).encode()
    hub.faults["gsm8k_single.jsonl"] = ["500", "break off"]
    loaded = mathif.load(pinned=hub.pinned(), endpoint=hub.endpoint, cache=tmp_path)
    assert [i.id for i in loaded.items] == [
        "gsm8k_single:1",
        "aime_triple:1",
        "gsm8k_single:3",
        "aime_triple:3",
        "gsm8k_single:5",
        "aime_triple:5",
    ]
    assert loaded.provenance["sha256"] == dict(hub.pinned().files)
    before = len(hub.asked)
    assert mathif.load(pinned=hub.pinned(), endpoint=hub.endpoint, cache=tmp_path) == loaded
    assert len(hub.asked) == before  # all of it from the cache


def test_a_folder_may_list_its_own_files(tmp_path: Path) -> None:
    write(tmp_path / "own", {"mine_single.jsonl": [row("1+1?"), "", row("2+2?")]})
    loaded = benchmarks.load("mathif", data=str(tmp_path / "own"))
    assert [(i.id, i.problem.source, i.group) for i in loaded.items] == [
        ("mine_single:1", "mine", "single"),
        ("mine_single:3", "mine", "single"),
    ]
    assert loaded.items[0].constraints[0].obeyed_by("no comma here")
    assert not loaded.items[0].constraints[0].obeyed_by("a comma, here")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{not json", "not JSON"),
        ('["a list"]', "not a JSON object"),
        (row(question=None), "'question' is None"),
        (row(answer=4), "'answer' is 4"),
        ({"question": "1+1?", "answer": "2"}, "'constraint_desc' is absent"),
        (row(constraint_desc=["one only"]), "as many names"),
        (row(constraint_args=["x", None]), "a list of objects"),
        (row(constraint_name=["punctuation:no_coma", "keywords:existence"]), "no_coma"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(tmp_path: Path, line: Any, said: str) -> None:
    write(tmp_path / "own", {"mine_single.jsonl": [row(), "", line]})
    with pytest.raises(DataError) as caught:
        benchmarks.load("mathif", data=tmp_path / "own")
    assert "mine_single.jsonl, line 3" in str(caught.value)
    assert said in str(caught.value)


def test_a_line_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    write(tmp_path / "own", {"mine_single.jsonl": [row()]})
    file = tmp_path / "own" / "mine_single.jsonl"
    file.write_bytes(file.read_bytes() + b'{"question": "\xff"}\n')
    (tmp_path / "own" / "SHA256SUMS").write_text(f"{sha256(file)}  {file.name}\n")
    with pytest.raises(DataError, match="line 2"):
        benchmarks.load("mathif", data=tmp_path / "own")


@pytest.mark.parametrize("sums", ["", "abc  x.jsonl\n", "0" * 64 + "  ../x.jsonl\n"])
def test_a_list_of_checksums_that_is_none(tmp_path: Path, sums: str) -> None:
    (tmp_path / "SHA256SUMS").write_text(sums)
    with pytest.raises(DataError, match="SHA256SUMS"):
        benchmarks.load("mathif", data=tmp_path)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not a folder"):
        benchmarks.load("mathif", data=tmp_path / "nowhere")


def test_an_empty_folder_names_what_belongs_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="15 files"):
        benchmarks.load("mathif", data=tmp_path)


def test_the_folder_above_names_the_right_one(tmp_path: Path) -> None:
    (tmp_path / "mathif").mkdir()
    (tmp_path / "mathif" / "aime_single.jsonl").touch()
    with pytest.raises(DataError) as caught:
        benchmarks.load("mathif", data=tmp_path)
    assert caught.value.hint == f"--data {tmp_path / 'mathif'}"


def test_limits_and_names(tmp_path: Path) -> None:
    write(tmp_path / "own", {"mine_single.jsonl": [row()]})
    with pytest.raises(BridleError, match="leaves nothing"):
        benchmarks.load("mathif", data=tmp_path / "own", limit=0)
    assert len(benchmarks.load("mathif", data=tmp_path / "own", limit=9).items) == 1
    with pytest.raises(BridleError, match="did you mean 'mathif'"):
        benchmarks.load("mathfi")
    assert set(benchmarks.names()) >= {"crossed", "mathif"}
