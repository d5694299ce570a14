"""A folder is never another study's, and what stands in it is never lost."""

from __future__ import annotations

import resource
from pathlib import Path

import polars as pl
import pytest

from bridle import records
from bridle.errors import BridleError
from bridle.studies.journal import Journal, read_journal
from bridle.studies.study import run


def held(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def ask(out: Path, tiny, count: int = 2, **options):
    return run(out, benchmark=tiny.sums(count), **{"models": ["scripted/say:4"], **options})


@pytest.fixture(scope="module")
def study(tiny, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("study") / "deep" / "folder"
    assert ask(out, tiny).line() == "4 of 4 records."
    return out


def test_the_folder_holds_what_the_docs_say(study: Path) -> None:
    assert sorted(p.name for p in study.iterdir()) == [
        "logs",
        "records.parquet",
        "responses.jsonl",
        "study.json",
    ]
    table = records.read(study)
    assert table.planned == 4 and table.about["benchmark"] == "sums"
    assert table.frame["condition"].to_list() == ["with", "without"] * 2
    assert table.frame["prompt"][0].endswith("Be brief.")
    assert not table.frame["prompt"][1].endswith("Be brief.")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seed": 1}, "seed: 0 there, 1 now"),
        ({"count": 1}, "items: 2 there, 1 now"),
        ({"conditions": ["with"]}, "conditions: with, without there, with now"),
        ({"temperature": 0.5}, "temperature: 1.0 there, 0.5 now"),
    ],
)
def test_another_study_is_refused_and_nothing_is_touched(study, tiny, change, words) -> None:
    before = held(study)
    with pytest.raises(BridleError, match=words):
        ask(study, tiny, **change)
    assert held(study) == before


def test_a_complete_study_is_graded_anew_without_a_call(study, tiny) -> None:
    journal = (study / "responses.jsonl").read_bytes()
    (study / "records.parquet").unlink()
    outcome = ask(study, tiny)
    assert outcome.complete and outcome.made == 0
    assert (study / "responses.jsonl").read_bytes() == journal
    assert records.read(study).frame.height == 4


def test_results_without_a_plan_are_not_ours(tiny, tmp_path: Path) -> None:
    for name in ("responses.jsonl", "records.parquet"):
        out = tmp_path / name.split(".")[0]
        out.mkdir()
        (out / name).write_text("mine")
        with pytest.raises(BridleError, match=name):
            ask(out, tiny)
        assert held(out) == {str(out / name): b"mine"}


def test_a_file_in_the_place_of_the_folder(tiny, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(BridleError, match="is a file"):
        ask(tmp_path / "out", tiny)
    assert (tmp_path / "out").read_text() == "mine"


def test_an_unwritable_place_is_named(tiny) -> None:
    with pytest.raises(BridleError, match="/proc/"):
        ask(Path("/proc/bridle/out"), tiny)


def test_two_runs_do_not_mix(study, tiny) -> None:
    (study / "records.parquet").unlink(missing_ok=True)
    with Journal(study / "responses.jsonl"), pytest.raises(BridleError, match="Another run"):
        ask(study, tiny)


def test_a_run_that_is_refused_has_written_no_plan(tiny, tmp_path: Path) -> None:
    """The plan is saved by the process that holds the journal: the other one's would be the wrong one."""
    out = tmp_path / "study"
    out.mkdir()
    with Journal(out / "responses.jsonl"), pytest.raises(BridleError, match="Another run"):
        ask(out, tiny)
    assert not (out / "study.json").exists()
    assert ask(out, tiny).complete  # an empty journal without a plan is nobody's study


def test_a_name_with_signs_of_a_pattern_is_a_name(tiny, tmp_path: Path) -> None:
    out = tmp_path / "[a]*?"
    assert ask(out, tiny).complete
    assert records.read(out).frame.height == 4


def test_the_logs_are_inspects(tiny, tmp_path: Path) -> None:
    from inspect_ai.log import read_eval_log, read_eval_log_sample_summaries

    study = tmp_path / "study"
    ask(study, tiny)
    frame = records.read(study).frame
    for condition in ("with", "without"):
        (path,) = study.glob(f"logs/*-{condition}.eval")
        log = read_eval_log(str(path))
        assert (log.status, log.eval.model, len(log.samples or [])) == (
            "success",
            "scripted/say:4",
            2,
        )
        mine = frame.filter(frame["condition"] == condition)
        for sample in log.samples or []:
            row = mine.row(by_predicate=pl.col("item") == sample.id, named=True)
            assert sample.input[0].content == row["prompt"]  # type: ignore[union-attr]
            assert sample.output.completion == "4"
            score = (sample.scores or {})["judged"]
            assert score.value["correct"] == float(row["correct"])  # type: ignore[index, call-overload]
        assert log.results and {s.name for s in log.results.scores} >= {"correct", "truncated"}
        assert len(read_eval_log_sample_summaries(str(path))) == 2


def test_a_full_disk_is_said_and_what_came_back_is_kept(tiny, tmp_path: Path) -> None:
    out = tmp_path / "study"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:  # no file may grow beyond 20,000 bytes: the journal is full after some forty replies
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
        with pytest.raises(BridleError, match="could not be written"):
            ask(out, tiny, 50)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    kept = read_journal(out / "responses.jsonl")
    assert 0 < len(kept) < 100 and (out / "responses.jsonl").stat().st_size <= 20_000
    outcome = ask(out, tiny, 50)
    assert outcome.complete and outcome.made == 100 - len(kept)
