"""JSON lines and tables: whatever a file holds, its good rows are read and its bad ones named."""

from __future__ import annotations

import gzip
import json

import polars as pl
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import DataError
from bridle.scoring.formats import Bad, Given, count_rows, read_file
from bridle.scoring.formats import lines as lines_module
from bridle.scoring.formats.given import Row
from bridle.scoring.formats.lines import read_line

ROW = {"question": "q", "answer": "4", "response": "4"}


def line(**fields) -> bytes:
    return json.dumps({**ROW, **fields}).encode()


def read(path):
    return list(read_file(path))


def responses(path):
    return [r.replies[0].raw for r in read(path) if isinstance(r, Given)]


def bad(path):
    return [(r.number, r.reason) for r in read(path) if isinstance(r, Bad)]


CONTENT = b"\xef\xbb\xbf" + b"\r\n".join([line(response="a"), b"", b"  ", line(response="b"), b""])


@pytest.mark.parametrize(
    "packed",
    [
        CONTENT,
        gzip.compress(CONTENT),
        gzip.compress(CONTENT[:20]) + gzip.compress(CONTENT[20:]),
        zstandard.compress(CONTENT),
        zstandard.compress(CONTENT[:20]) + zstandard.compress(CONTENT[20:]),
    ],
    ids=["plain", "gzip", "gzip of two members", "zstd", "zstd of two frames"],
)
def test_mark_blank_lines_and_windows_line_ends(tmp_path, packed):
    path = tmp_path / "rows"  # the bytes decide, not the name
    path.write_bytes(packed)
    assert responses(path) == ["a", "b"]
    assert [r.number for r in read(path)] == [1, 4]
    assert bad(path) == []
    assert count_rows(path) == 2


def test_bad_lines_are_named_and_the_rest_is_read(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(
        b"\n".join(
            [
                line(response="first"),
                b'{"response": "\xff"}',
                b"{not json}",
                b"[" * 100_000,
                b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
                b'"a text"',
                b"[1]",
                b'{"n": ' + b"9" * 5_000 + b"}",
                b'{"other": 1}',
                line(response="\0 last"),
            ]
        )
    )
    assert responses(path) == ["first", "\0 last"]
    reasons = dict(bad(path))
    assert list(reasons) == [2, 3, 4, 5, 6, 7, 8, 9]
    assert "byte 0xff at 15" in reasons[2]
    assert "not JSON" in reasons[3]
    assert "nested too deeply" in reasons[5]
    assert "the text 'a text'" in reasons[6]
    assert "no response" in reasons[9]
    assert "found other" in reasons[9]
    assert count_rows(path) == 10


def test_nan_stands_for_what_is_missing(tmp_path):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"response": NaN, "finish_reason": NaN, "score": Infinity, "answer": "4"}\n')
    (row,) = read(path)
    assert isinstance(row, Given)
    assert row.replies[0].raw == ""
    assert row.replies[0].finish_reason is None


def test_a_line_beyond_the_limit_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(lines_module, "LINE_LIMIT", 1_000)
    path = tmp_path / "rows.jsonl"
    long = line(response="x" * 10_000)
    exact = line(response="y")
    exact = line(response="y" * (1_000 - len(exact)))  # with its line end one byte beyond
    path.write_bytes(long + b"\n" + line(response="b") + b"\n" + long)
    assert responses(path) == ["b"]
    assert [n for n, _ in bad(path)] == [1, 3]
    assert count_rows(path) == 3


def test_a_file_cut_off_gives_what_is_there(tmp_path):
    content = b"\n".join(line(response=str(i)) for i in range(2_000))
    for name, packed in (("gz", gzip.compress(content)), ("zst", zstandard.compress(content))):
        path = tmp_path / name
        path.write_bytes(packed[: len(packed) - 60])
        rows = read(path)
        assert isinstance(rows[-1], Bad)
        assert rows[-1].stops
        assert "damaged or ends here" in rows[-1].reason
        assert all(isinstance(r, Given) for r in rows[:-1])


def test_a_bomb_is_read_in_flat_memory(tmp_path):
    path = tmp_path / "bomb.zst"
    zeros = zstandard.ZstdCompressor(level=3).compress(b"x" * 60_000_000)
    path.write_bytes(zeros)
    assert len(zeros) < 100_000
    (row,) = read(path)
    assert isinstance(row, Bad)
    assert "MiB" in row.reason


@pytest.mark.parametrize(
    ("content", "what", "hint"),
    [
        (b'[\n{"response": "a"}', "is not JSON", "copied whole"),
        ('{"response": "a"}'.encode("utf-16"), "UTF-16", "iconv"),
        (b"PK\x03\x04 and no zip", "damaged zip", None),
        (b"PAR1 and no table", "not a Parquet file", None),
    ],
)
def test_files_of_another_kind_are_refused_in_words(tmp_path, content, what, hint):
    path = tmp_path / "rows"
    path.write_bytes(content)
    with pytest.raises(DataError, match=what) as caught:
        read(path)
    assert hint is None or hint in str(caught.value.hint)


def test_no_file_and_a_folder(tmp_path):
    with pytest.raises(DataError, match="cannot be read: No such file"):
        read(tmp_path / "nothing.jsonl")
    with pytest.raises(DataError, match="is a folder"):
        read(tmp_path)
    (tmp_path / "empty").touch()
    assert read(tmp_path / "empty") == []


def test_parquet_with_nested_and_with_json_columns(tmp_path):
    path = tmp_path / "rows.parquet"
    rows = [
        {
            "id": 1,
            "response": "a",
            "constraints": [{"type": "words", "at_most": 3, "at_least": None}],
        },
        {
            "id": 2,
            "response": None,
            "constraints": [{"type": "words", "at_most": None, "at_least": 1}],
        },
    ]
    pl.DataFrame(rows).write_parquet(path)
    first, second = read(path)
    assert (first.key, first.replies[0].raw) == ("1", "a")
    assert (second.key, second.replies[0].raw) == ("2", "")
    assert count_rows(path) == 2
    pl.DataFrame({"response": [["a", "b"], ["c"]], "id": [1.0, 2.0]}).write_parquet(path)
    assert [[r.raw for r in row.replies] for row in read(path)] == [["a", "b"], ["c"]]
    pl.DataFrame({"response": [1, 2]}).write_parquet(path)
    assert all("the number 1" in row.reason for row in read(path)[:1])


def test_a_table_of_ours_is_scored_already(tmp_path):
    from bridle import records

    records.write([], tmp_path / "records.parquet", planned=0, about={})
    with pytest.raises(DataError, match="scored") as caught:
        read(tmp_path / "records.parquet")
    assert "bridle report" in str(caught.value.hint)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None)),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
FIELDS = st.dictionaries(
    st.sampled_from(
        [
            "response",
            "output",
            "responses",
            "completion",
            "thinking",
            "reasoning",
            "finish_reason",
            "model",
            "key",
            "id",
            "custom_id",
            "error",
            "doc",
            "resps",
            "target",
            "filter",
            "question",
            "answer",
            "constraints",
        ]
    ),
    VALUES,
    max_size=6,
)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(st.binary(max_size=80) | FIELDS.map(lambda f: json.dumps(f).encode()))
def test_any_line_is_a_row_or_says_why_not(content):
    from bridle.scoring.formats import read_given

    row = read_line("f", 1, content)
    if isinstance(row, Row):
        row = read_given(row)
    if isinstance(row, Bad):
        assert row.reason
        assert len(row.reason) < 400
        assert "\n" not in row.reason
    else:
        assert row.replies
        for reply in row.replies:
            assert isinstance(reply.raw, str)
            assert reply.reasoning is None or isinstance(reply.reasoning, str)
            assert reply.finish_reason is None or isinstance(reply.finish_reason, str)
