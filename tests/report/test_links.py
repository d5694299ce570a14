"""Links into the samples."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bridle.report
from bridle.analysis.slices import WORDS
from bridle.report.links import KEYS, behind, samples
from bridle.statistics import rate


def test_a_link_is_written_so_that_a_browser_reads_it_back() -> None:
    assert samples() == "#samples"
    link = samples(who="a · b", obeyed="no", n_constraints=2, condition=None)
    assert link == "#samples?who=a%20%C2%B7%20b&obeyed=no&n_constraints=2"
    assert (
        samples(who="a&b=c#d?e+f\u202e")
        == "#samples?who=a%26b%3Dc%23d%3Fe%2Bf%E2%9F%A6U%2B202E%E2%9F%A7"
    )
    with pytest.raises(KeyError, match="no filter 'colour'"):
        samples(colour="red")


def test_the_script_knows_every_key() -> None:
    script = (Path(bridle.report.__file__).parent / "script" / "filters.js").read_text("utf-8")
    filters = re.findall(r"^  (\w+): \{label", script, re.M)
    rest = re.search(r"rest = \{(.*?)\}", script)
    assert rest is not None
    others = set(re.findall(r"(\w+):", rest[1])) - {"q", "sort"}
    assert {*filters, *others} == set(KEYS)


def test_every_rate_of_the_tables_leads_somewhere() -> None:
    assert behind("hacc", who="m", n_constraints=2) == (
        "#samples?who=m&n_constraints=2&hard=no&condition=with"
    )
    assert behind("lift", who="m") == ""
    all_right = rate([1.0] * 9, range(9), what="HAcc")
    assert behind("hacc", all_right, who="m") == "#samples?who=m&condition=with"
    assert behind("hacc", "no record", who="m") == behind("hacc", who="m")
    none = rate([0.0] * 9, range(9), what="truncated")
    assert behind("truncated_with", none, who="m") == "#samples?who=m&condition=with"
    for key in WORDS:
        assert key in ("lift", "way_with", "way_without") or behind(key, who="m").startswith(
            "#samples?who=m&"
        ), key
