"""The table: written whole or not at all, read back as it was, and said what is missing."""

from __future__ import annotations

import json
import resource

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle import __version__, records
from bridle.benchmarks.item import Item
from bridle.constraints.not_judged import NotJudged
from bridle.constraints.registry import make
from bridle.errors import DataError
from bridle.grading import UpstreamGrade, grade
from bridle.problems.base import Problem
from bridle.responses import Response, read_response

WORDS = make("words", {"at_most": 2})


def item(name: str = "i", *rules, answer: str | None = "4") -> Item:
    problem = Problem(name, "What is 2+2?", answer, source="s", difficulty=1.0)
    return Item(name, problem, rules or (WORDS,), "asked", "bare", "custom", group="single")


def record(raw: str = "one two \\boxed{4}", name: str = "i", sample: int = 0, **more):
    one, response = item(name), read_response(raw)
    return records.record_of(one, response, grade(one, response), model="m", sample=sample, **more)


def test_a_record_says_everything():
    got = record(tokens_out=7, latency_s=0.5)
    assert (got.benchmark, got.item, got.problem, got.source) == ("custom", "i", "i", "s")
    assert (got.condition, got.prompt, got.arm) == ("with", "asked", "plain")
    assert (got.hard, got.correct, got.joint, got.n_constraints) == (False, True, False, 1)
    (verdict,) = got.verdicts
    assert verdict["constraint"] == "words"
    assert (verdict["scope"], verdict["family"], verdict["params"]) == (
        "answer",
        "length",
        {"at_most": 2},
    )
    assert verdict["observed"] == 3
    assert got.bridle_version == __version__


def test_the_condition_of_the_grade_chooses_the_prompt():
    one, response = item(), read_response("\\boxed{4}")
    floor = grade(one, response, condition="without")
    got = records.record_of(one, response, floor, model="m", sample=0)
    assert (got.condition, got.prompt) == ("without", "bare")
    forced = records.record_of(one, response, floor, model="m", sample=0, condition="with")
    assert (forced.condition, forced.prompt) == ("with", "asked")


def test_round_trip(tmp_path):
    there = [record(name=f"i{n}", sample=n) for n in range(5)]
    records.write(there, tmp_path / "records.parquet", planned=5, about={"command": "test", "n": 5})
    for path in (tmp_path, tmp_path / "records.parquet", str(tmp_path)):
        table = records.read(path)
        assert table.frame.equals(records.widen(records.frame_of(there)))
        assert (table.planned, table.missing, table.gate()) == (5, 0, None)
        assert table.about == {"command": "test", "n": 5}
    row = table.frame.row(0, named=True)
    assert row["verdicts"][0]["evidence"] == [list(s) for s in there[0].verdicts[0]["evidence"]]
    assert json.loads(row["verdicts"][0]["observed"]) == 3
    assert json.loads(row["verdicts"][0]["params"]) == {"at_most": 2}
    assert list(tmp_path.iterdir()) == [tmp_path / "records.parquet"]


def test_an_empty_table_has_the_schema_of_a_full_one(tmp_path):
    records.write([], tmp_path / "e.parquet", planned=3, about={})
    records.write([record()], tmp_path / "f.parquet", planned=1, about={})
    empty, full = records.read(tmp_path / "e.parquet"), records.read(tmp_path / "f.parquet")
    assert empty.frame.schema == full.frame.schema
    assert pl.concat([empty.frame, full.frame]).height == 1
    assert empty.gate() == "3 of 3 planned records are missing."


def test_missing_records_are_said_in_words(tmp_path):
    path = tmp_path / "records.parquet"
    records.write([record(sample=n) for n in range(117)], path, planned=120, about={})
    assert records.read(path).gate() == "3 of 120 planned records are missing."
    records.write([record()], path, planned=2, about={})
    assert records.read(path).gate() == "1 of 2 planned records is missing."


def test_everything_that_may_be_absent_may_be(tmp_path):
    one = item("i", NotJudged(peer_id="x:y"), answer=None)
    response = Response("", "", "error")
    got = records.record_of(
        one,
        response,
        grade(one, response),
        model="m",
        sample=0,
        error="500",
        upstream=UpstreamGrade([None, True]),
    )
    records.write([got], tmp_path / "r.parquet", planned=1, about={})
    row = records.read(tmp_path / "r.parquet").frame.row(0, named=True)
    absent = (
        "hard",
        "soft",
        "correct",
        "joint",
        "reference",
        "found",
        "tokens_in",
        "upstream_hard",
    )
    assert [row[name] for name in absent] == [None] * len(absent)
    assert row["upstream_verdicts"] == [None, True]
    assert row["error"] == "500"


@settings(derandomize=True, deadline=None, max_examples=30)
@given(
    st.text(st.characters(codec=None), max_size=60), st.text(st.characters(codec=None), max_size=20)
)
def test_any_text_can_be_kept_and_offsets_stay(tmp_path_factory, text, model):
    one = item()
    response = Response(text, text, "complete")
    got = records.record_of(one, response, grade(one, response), model=model, sample=0)
    path = tmp_path_factory.getbasetemp() / "any.parquet"
    records.write([got], path, planned=1, about={"text": text})
    row = records.read(path).frame.row(0, named=True)
    assert len(row["answer"]) == len(text)
    assert all(a == b or b == "�" for a, b in zip(text, row["answer"], strict=True))


def test_many_records_in_order_through_several_parts(tmp_path, monkeypatch):
    monkeypatch.setattr(records.Writer, "CHUNK", 7)
    with records.Writer(tmp_path / "deep" / "r.parquet", about={}) as table:
        for n in range(50):
            table.add(record(sample=n))
    got = records.read(tmp_path / "deep" / "r.parquet")
    assert got.frame["sample"].to_list() == list(range(50))
    assert got.planned == 50
    assert len(list((tmp_path / "deep").iterdir())) == 1


def test_an_error_half_way_leaves_the_older_table(tmp_path):
    path = tmp_path / "r.parquet"
    records.write([record()], path, planned=1, about={"older": True})
    with pytest.raises(ZeroDivisionError), records.Writer(path, about={}) as table:
        table.add(record())
        raise ZeroDivisionError
    assert records.read(path).about == {"older": True}
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_without_room_is_said_and_the_older_table_stays(tmp_path):
    path = tmp_path / "r.parquet"
    records.write([record()], path, planned=1, about={"older": True})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))  # no file may grow beyond 1,000 bytes
    try:
        with pytest.raises(DataError, match="could not be written"):
            records.write([record(sample=n) for n in range(30)], path, planned=30, about={})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert records.read(path).about == {"older": True}
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataError, match="could not be written"):
        records.write([], tmp_path / "file" / "r.parquet", planned=0, about={})


def test_what_is_not_a_table_is_said_with_what_to_type(tmp_path):
    def error(path) -> DataError:
        with pytest.raises(DataError) as caught:
            records.read(path)
        assert caught.value.hint
        return caught.value

    assert "no file or folder" in error(tmp_path / "nothing").what
    assert "holds no records.parquet" in error(tmp_path).what
    (tmp_path / "study.json").write_text("{}")
    assert "run has not ended" in error(tmp_path).what
    junk = tmp_path / "records.parquet"
    for content in (b"", b"hello", b"PAR1" + b"\0" * 50 + b"PAR1"):
        junk.write_bytes(content)
        assert "not a Parquet file" in error(tmp_path).what
    pl.DataFrame({"response": ["a"]}).write_parquet(junk)
    got = error(junk)
    assert "not a table of records" in got.what
    assert "bridle score" in str(got.hint)
    frame = records.frame_of([record()])
    frame.write_parquet(junk, metadata={"bridle.schema": "99", "bridle.version": "7.0"})
    assert "bridle 7.0 with schema 99" in error(junk).what
    assert "bridle-eval==7.0" in str(error(junk).hint)
    meta = {"bridle.schema": str(records.SCHEMA), "bridle.planned": "many", "bridle.about": "{}"}
    frame.write_parquet(junk, metadata=meta)
    assert "damaged" in error(junk).what
    meta |= {"bridle.planned": "1"}
    frame.drop("item").write_parquet(junk, metadata=meta)
    assert "columns" in error(junk).what
    for odd in (pl.lit("x"), pl.lit([1]), pl.lit(3)):
        frame.with_columns(verdicts=odd).write_parquet(junk, metadata=meta)
        assert "damaged" in error(junk).what


def test_a_table_cut_off_anywhere_is_an_error_of_words(tmp_path):
    path = tmp_path / "r.parquet"
    records.write([record(sample=n) for n in range(20)], path, planned=20, about={})
    whole = path.read_bytes()
    for size in range(0, len(whole), max(1, len(whole) // 25)):
        path.write_bytes(whole[:size])
        with pytest.raises(DataError):
            records.read(path)
