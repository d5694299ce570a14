"""CSV: read as Python's own reader does, judged as the instruction says."""

from __future__ import annotations

import csv
import io
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import from_peer, get
from bridle.constraints.families.data.csv import read_rows
from bridle.errors import ConstraintError
from bridle.text import Text

FIELD = st.text('ab,;\t"\n é', max_size=6).map(str.strip).filter(bool)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(
    st.lists(st.lists(FIELD, min_size=1, max_size=4), min_size=1, max_size=4),
    st.sampled_from(",;\t|"),
    st.booleans(),
)
def test_rows_are_those_of_the_standard_reader(
    rows: list[list[str]], delimiter: str, quoted: bool
) -> None:
    out = io.StringIO()
    style = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, quoting=style).writerows(rows)
    raw = out.getvalue()
    found, broken = read_rows(raw, delimiter, 0, len(raw))
    assert broken == -1
    assert [[field.text for field in row] for row in found] == rows
    assert not quoted or all(field.quoted for row in found for field in row)


SCHOOL = "StudentID Subject Grade Semester Score".split()  # noqa: SIM905


@pytest.mark.parametrize(
    ("peer", "text", "obeyed"),
    [
        ("csv_quotes", "\n".join('"' + '"\t"'.join(row) + '"' for row in [SCHOOL] * 4), True),
        ("csv_quotes", "\n".join("\t".join(row) for row in [SCHOOL] * 4), False),
        ("csv_quotes", "\n".join('"' + '","'.join(row) + '"' for row in [SCHOOL] * 4), False),
        ("csv_city", "ID,Country,City,Year,Count" + "\n1,Peru,Lima,2000,5" * 7, True),
        ("csv_city", "ID, Country, City, Year, Count" + "\r\n1, Peru, Lima, 2000, 5" * 7, True),
        ("csv_city", "ID,Country,City,Year,Count" + "\n1,Peru,Lima,2000,5" * 6, False),
        ("csv_city", "Here:\nID,Country,City,Year,Count" + "\n1,Peru,Lima,2000,5" * 7, False),
    ],
)
def test_peers(peer: str, text: str, obeyed: bool) -> None:
    assert from_peer(f"custom:{peer}", {}).check(text).obeyed is obeyed


@pytest.mark.parametrize(
    ("text", "obeyed"),
    [
        ('n,m\n1,"a, b"\n2,3', True),
        ("n,m\n1,a&b\n2,3", False),  # a sign without quotation marks
        ('n,"m&"\n1,2\n2,3', False),  # another header
        ('n,m\n1,""a&b""\n2,3', False),  # a quotation mark inside that is not doubled rightly
        ('```csv\nn,m\n1,"a&b"\n2,3\n```', True),
    ],
)
def test_a_field_with_a_sign(text: str, obeyed: bool) -> None:
    rule = get("csv_shape", columns=["n", "m"], rows=2, quotes="special")
    assert rule.check(text).obeyed is obeyed


def test_the_draft_becomes_a_field() -> None:
    built = get("csv_shape", columns=["n", "note"], rows=1).build('We say "add", so \\boxed{4}.')
    assert built == 'n,note\n1,"We say ""add"", so \\boxed{4}."'


def test_a_byte_order_mark_is_not_seen() -> None:
    rule = get("csv_shape", columns=["n", "m"], rows=1)
    assert rule.check("\ufeffn,m\n1,2").obeyed is True
    assert rule.check("\ufeff```csv\nn,m\n1,2\n```").obeyed is True


def test_one_is_said_as_one() -> None:
    rule = get("csv_shape", columns=["n", "m"], quotes="all")
    assert rule.check('"n","m"\n"1","2"').reason == "1 row of 2 columns."
    assert rule.check('"n","m"\n"1",2').reason == "1 field stands without double quotes."
    assert rule.check('"n","m"\n"1"').reason == "Row 1 has 1 field in place of 2."
    assert rule.check('"n","m"\n"1",""').obeyed is True
    assert rule.check('"n","m"\n"",""').reason == "Row 1 has nothing in it."
    assert rule.check('"n","m"\n , ').reason == "Row 1 has nothing in it."


def test_an_empty_last_field_after_a_tab() -> None:
    assert get("csv_shape", columns=["n", "m"], delimiter="tab").check("n\tm\n1\t").obeyed is True


@pytest.mark.parametrize("pattern", ['"', '""', '",', "```\n", " ", "\t", "\n ", '"a" '])
def test_time_is_linear_on_marks(pattern: str) -> None:
    rule = get("csv_shape", columns=["n", "m"])
    start = time.process_time()
    rule.check(Text("```\nn,m\n" + pattern * 20_000))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "params",
    [
        {"columns": []},
        {"columns": ["n", "n"]},
        {"columns": ["n"], "delimiter": ","},
        {"columns": ["n"], "quotes": "some"},
        {"columns": ["n"], "rows": 0, "quotes": "special"},
    ],
)
def test_wrong_parameters(params: dict[str, Any]) -> None:
    with pytest.raises(ConstraintError):
        get("csv_shape", **params)
