"""Problems that are not generated here: published sets, reasoning-gym, the user's file, crossed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from bridle import benchmarks
from bridle.benchmarks import sources
from bridle.benchmarks.files import hub as downloads
from bridle.benchmarks.files.hub import Pinned, fetch, git_id
from bridle.benchmarks.manifest import digest, manifest, remade
from bridle.benchmarks.sources import published
from bridle.cli import bridle
from bridle.constraints import Conflict, witness
from bridle.errors import BridleError, DataError

# One row of each set, in its home's fields (questions written for this test).
ROWS: dict[str, list[dict[str, Any]]] = {
    "gsm8k": [{"question": "Ann has 3 eggs and 4 more.", "answer": "3+4=<<3+4=7>>7\n#### 7"}],
    "math500": [{"problem": "Find $x$.", "answer": "\\frac{1}{2}", "level": 5, "unique_id": "a/1"}],
    "aime2024": [{"id": 60, "problem": "How many?", "answer": "204", "year": "2024"}],
    "aime2025": [{"problem": "How many now?", "answer": "70", "id": "0"}],
    "minerva": [{"problem": "What $z$?", "solution": "so $z = \\boxed{7.25}$ cm", "idx": 3}],
    "olympiadbench": [{"id": 1, "question": "Roots?", "final_answer": ["$2$", "-5"], "unit": None}],
}
ANSWERS = {
    "gsm8k": "7", "math500": "\\frac{1}{2}", "aime2024": "204", "aime2025": "70",
    "minerva": "7.25", "olympiadbench": "2, -5",
}  # fmt: skip


def folder_of(path: Path) -> Path:
    for name, known in published.known().items():
        (file,) = known.home.files
        target = path / Path(file).name
        if target.suffix == ".parquet":
            pl.DataFrame(ROWS[name]).write_parquet(path / f"{name}.parquet")
        else:  # several sets call their file test.jsonl: the set's own name comes first
            (path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, ROWS[name])) + "\n")
    return path


def test_every_set_says_where_it_is_and_is_pinned() -> None:
    assert list(published.known()) == list(ROWS)
    for name, known in published.known().items():
        assert re.fullmatch(r"[0-9a-f]{40}", known.home.revision), name
        ((file, checksum),) = known.home.files.items()
        assert re.fullmatch(r"([0-9a-f]{64})?", checksum), name
        assert known.home.url(file).startswith("https://")
        assert known.rows > 0


def test_each_set_is_read_in_its_own_fields(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    for name, answer in ANSWERS.items():
        source = sources.load(name, data=folder)
        (problem,) = source.problems
        assert problem.answer == answer, name
        assert problem.source == name
        assert source.provenance["note"].endswith(f"instead of {published.known()[name].rows}")
    assert sources.load("math500", data=folder).problems[0].difficulty == 5


def test_crossed_with_constraints_and_generated_ones(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    loaded = benchmarks.load(
        "crossed:problems=gsm8k+rates+math500,difficulty=5,constraints=0-2", data=folder, limit=12
    )
    assert loaded.name == (
        "crossed:problems=rates+gsm8k+math500,difficulty=5,languages=en,constraints=0-2"
    )
    assert {item.problem.source for item in loaded.items} == {"generated", "gsm8k", "math500"}
    assert {"crossed-gsm8k-0-1-0", "crossed-math500-0-1-2"} <= {item.id for item in loaded.items}
    assert set(loaded.provenance["sources"]) == {"gsm8k", "math500"}
    for item in loaded.items:
        text = witness(item.constraints, item.problem.answer)
        assert not isinstance(text, Conflict), item.id
    assert digest(remade(manifest(loaded, data=str(folder))).items) == digest(loaded.items)


def test_a_set_ends_where_its_problems_end(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    assert len(benchmarks.load("crossed:problems=gsm8k,constraints=1", data=folder).items) == 1
    easier = "crossed:problems=math500,difficulty=1-4,constraints=1"
    assert not benchmarks.load(easier, data=folder).items


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "json", "parquet"])
def test_a_file_of_the_users(tmp_path: Path, ending: str) -> None:
    rows = [
        {"question": "What is 2+2?", "answer": "4", "difficulty": 1.0},
        {"question": 'A "quoted", long\none?', "answer": "work\n#### 1,200", "difficulty": 2.0},
        {"question": "What is 2+2?", "answer": "4", "difficulty": 1.0},
    ]
    frame, path = pl.DataFrame(rows), tmp_path / f"mine.{ending}"
    match ending:
        case "csv":
            frame.write_csv(path)
        case "tsv":
            frame.write_csv(path, separator="\t")
        case "jsonl":
            frame.write_ndjson(path)
        case "json":
            path.write_text(json.dumps(rows))
        case _:
            frame.write_parquet(path)
    problems = sources.load("data", data=path).problems
    assert [(p.question, p.answer) for p in problems] == [
        ("What is 2+2?", "4"), ('A "quoted", long\none?', "1,200"),
    ]  # fmt: skip
    assert {p.source for p in problems} == {"mine"}


def test_what_is_wrong_with_a_file_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("question,answer\nWhat?,4\nAnd this?,\n")
    with pytest.raises(DataError, match=r"mine.csv, line 3: the field 'answer' is absent"):
        sources.load("data", data=path)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 nothing PAR1")
    with pytest.raises(DataError, match="no Parquet file"):
        sources.load("data", data=tmp_path / "broken.parquet")
    (tmp_path / "mine.doc").write_text("x")
    with pytest.raises(DataError, match="not read"):
        sources.load("data", data=tmp_path / "mine.doc")
    with pytest.raises(BridleError, match="a file of yours"):
        benchmarks.load("crossed:problems=data")
    with pytest.raises(BridleError, match="reads no data"):
        benchmarks.load("crossed:problems=rates", data=path)
    with pytest.raises(BridleError, match="did you mean 'gsm8k'"):
        benchmarks.load("crossed:problems=gsm8")


def test_sample_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text('{"question": "What is 2+2?", "answer": 4}\n')
    done = CliRunner().invoke(bridle, ["sample", "crossed:problems=data", "--data", str(path)])
    assert done.exit_code == 0, done.output
    assert "What is 2+2?" in done.output
    assert "\\boxed{4}" in done.output


def test_a_repository_is_a_home_too(
    hub: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloads, "PAUSE_S", 0.01)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setenv("BRIDLE_GITHUB", f"{hub.endpoint}/datasets")
    hub.files["test.jsonl"] = b'{"question": "2+2?"}\n'
    repo = Pinned("TingchenFu/MathIF", "resolve/main", {"test.jsonl": ""}, home="github")
    path = fetch(repo, "test.jsonl", cache=tmp_path)
    assert path.read_bytes() == hub.files["test.jsonl"]
    # Without a pinned checksum what was fetched first is held to.
    path.write_bytes(b"changed")
    assert fetch(repo, "test.jsonl", cache=tmp_path).read_bytes() == hub.files["test.jsonl"]
    path.unlink()
    hub.files["test.jsonl"] = b"another file"
    with pytest.raises(DataError, match="is not the file"):
        fetch(repo, "test.jsonl", cache=tmp_path)
    named = hashlib.sha1(b"blob 12\0another file").hexdigest()
    by_git = Pinned(repo.repo, repo.revision, {"test.jsonl": f"git:{named}"}, home="github")
    assert git_id(fetch(by_git, "test.jsonl", cache=tmp_path / "other")) == named


@pytest.mark.skipif(
    importlib.util.find_spec("reasoning_gym") is None, reason="the extra gym is not installed"
)
def test_reasoning_gym() -> None:
    source = sources.load("gym/lcm", count=5, seed=3)
    assert len(source.problems) == 5
    assert source.problems == sources.load("gym/lcm", count=5, seed=3).problems
    assert sources.load("gym/lcm", count=3, seed=3).problems == source.problems[:3]
    with pytest.raises(BridleError, match="did you mean gym/lcm"):
        sources.load("gym/lcmm", count=5, seed=3)


def test_reasoning_gym_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "reasoning_gym", None)
    with pytest.raises(BridleError, match="bridle-eval\\[gym\\]"):
        sources.load("gym/lcm", count=5)
