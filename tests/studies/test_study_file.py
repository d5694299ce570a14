"""A study as a file: what it says reaches the plan, what is wrong is said with its line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.errors import BridleError
from bridle.studies.question import read_question
from bridle.studies.study_file import KEYS, read_study_file

GOOD = """\
# a comment
models: [organism]
benchmark: crossed
items: 6
arms:
  - plain
  - "wait:times=2"
conditions: with
samples: 2
temperature: 1
max_tokens: 200
primary: wait:times=2 vs plain on joint
prices:
  organism: {in: 1, out: 10}
out: here
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_it_says_is_read(tmp_path: Path) -> None:
    found = read_study_file(written(tmp_path, GOOD))
    assert found.options() == {
        "models": ("organism",), "benchmark": "crossed", "limit": 6,
        "arms": ("plain", "wait:times=2"), "conditions": ("with",), "samples": 2,
        "temperature": 1.0, "max_tokens": 200, "out": "here",
    }  # fmt: skip
    assert str(found.primary) == "wait:times=2 vs plain on joint"
    assert found.prices == {"organism": (1.0, 10.0)} and found.name == "mine"


@pytest.mark.parametrize(
    ("was", "now", "line", "said"),
    [
        ("samples: 2", "sampels: 2", 9, "did you mean 'samples'"),
        ("samples: 2", "samples: two", 9, "samples: 'two'"),
        ("samples: 2", "samples: true", 9, "samples: True"),
        ("items: 6", "items: 0", 4, "items: 0"),
        ("temperature: 1", "temperature: -1", 10, "temperature: -1"),
        ('"wait:times=2"\n', '"wiat:times=2"\n', 7, "did you mean 'wait'"),
        ('"wait:times=2"\n', '"wait:tmies=2"\n', 7, "no factor 'tmies'"),
        ("primary: wait:times=2 vs plain on joint", "primary: better", 12, "names no contrast"),
        ("plain on joint", "plain on jiont", 12, "did you mean 'joint'"),
        ("vs plain", "vs rewrite", 12, "an arm of this study"),
        ("out: 10", "out: -1", 14, "prices.organism.out"),
        ("{in: 1, out: 10}", "{in: 1}", 14, "out: USD"),
        ("out: here", "items: 7", 15, "given twice"),
        ("out: here", "out: [", 16, ""),
        ("out: here", "out: *x", 15, "aliases"),
        ("organism: {in", "organisn: {in", 14, "organisn"),
    ],
)
def test_what_is_wrong_is_said_with_line_and_key(
    was: str, now: str, line: int, said: str, tmp_path: Path
) -> None:
    assert was in GOOD
    with pytest.raises(BridleError) as caught:
        read_study_file(written(tmp_path, GOOD.replace(was, now, 1)))
    told = str(caught.value)
    assert f"line {line}" in told and said in told, told
    assert caught.value.expected


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | st.builds("{}: {}".format, st.sampled_from([*KEYS]), st.text()))
def test_whatever_stands_there_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("any") / "s.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        read_study_file(path)
    except BridleError as error:
        assert error.what


@pytest.mark.parametrize(
    "text", ["plain vs plain on joint", "a vs b", "plain vs rewrite on tokens"]
)
def test_a_question_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BridleError):
        read_question(text)
