"""Files cut into shards hold the rows that the whole file holds."""

from __future__ import annotations

import gzip
import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.scoring.bulk.shards import cut, read_shard
from bridle.scoring.formats import BadRows, read_file
from bridle.scoring.formats.given import Bad

LINES = st.lists(
    st.sampled_from(
        [
            b'{"prompt": "a", "response": "b"}',
            b'{"prompt": "\xc3\xa9", "response": "x\\ny", "id": 3}',
            b"",
            b"   ",
            b"{broken",
            b"\xff\xfe not utf-8",
            b'{"no": 1}',
            b"3",
        ]
    ),
    max_size=30,
)


def whole(path):
    return list(read_file(path))


def in_shards(path, rows):
    return [row for shard in cut(path, rows=rows) for row in read_shard(shard)]


@given(LINES, st.integers(1, 7), st.booleans(), st.sampled_from([b"\n", b"\r\n"]))
@settings(deadline=None, max_examples=60)
def test_lines_in_shards_are_the_lines_of_the_file(tmp_path_factory, lines, rows, ends, newline):
    path = tmp_path_factory.mktemp("cut") / "r.jsonl"
    path.write_bytes(
        b'{"prompt": "first", "response": "r"}\n' + newline.join(lines) + newline * ends
    )
    assert in_shards(path, rows) == whole(path)
    shards = cut(path, rows=rows)
    assert {s.in_file for s in shards} == {sum(s.rows for s in shards)} == {len(whole(path))}


def test_a_byte_order_mark_and_one_json_value(tmp_path):
    path = tmp_path / "r.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"prompt": "a", "response": "b"}\n{"prompt": "c", "response": "d"}\n'
    )
    assert in_shards(path, 1) == whole(path)
    path.write_text(json.dumps([{"prompt": "a", "response": "b"}] * 3))
    assert [s.kind for s in cut(path, rows=1)] == ["whole"]
    assert len(in_shards(path, 1)) == 3


def test_tables_and_what_cannot_be_cut(tmp_path):
    rows = [{"prompt": f"p{i}", "response": "r" * i} for i in range(25)]
    table = tmp_path / "r.parquet"
    pl.DataFrame(rows).write_parquet(table, row_group_size=10)
    assert [(s.start, s.size) for s in cut(table, rows=7)] == [(0, 7), (7, 7), (14, 7), (21, 4)]
    assert in_shards(table, 7) == whole(table)
    packed = tmp_path / "r.jsonl.gz"
    packed.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    assert [(s.kind, s.rows) for s in cut(packed, rows=7)] == [("whole", 25)]
    assert in_shards(packed, 7) == whole(packed)


@pytest.mark.parametrize("split", [0, 3, 9])
def test_bad_rows_counted_apart_are_those_counted_together(split):
    bad = [Bad("f", i, f"not JSON: at {i}" if i % 3 else f"of no use {i}") for i in range(9)]
    together, first, second = BadRows(), BadRows(), BadRows()
    for i, one in enumerate(bad):
        together.add(one)
        (first if i < split else second).add(one)
    merged = BadRows()
    for part in (first, second):
        merged.merge(json.loads(json.dumps(part.to_list())))
    assert merged.count == together.count == 9
    assert list(merged.lines()) == list(together.lines())
