"""bridle show: one sample with its violations marked, and nothing in it that acts."""

from __future__ import annotations

import io
import json
import re

import pytest
from click.testing import CliRunner
from rich.console import Console

from bridle import records
from bridle.benchmarks.item import Condition, Item
from bridle.cli import bridle
from bridle.cli.show import nearest_ids
from bridle.constraints import get
from bridle.constraints.not_judged import NotJudged
from bridle.errors import BridleError
from bridle.grading import grade
from bridle.problems.base import Problem
from bridle.report.sample_text import marked, merged, print_sample, violations
from bridle.responses import Response, read_response

COMMA, WORDS = get("no_comma"), get("words", at_most=2)


def record(
    raw, *rules, name="a:1", condition: Condition = "with", sample=0, model="m", status=None
):
    problem = Problem(name, "What is 2+2?", "4")
    item = Item(name, problem, rules or (COMMA,), "asked with", "asked bare", "custom")
    response = read_response(raw) if status is None else Response("", raw, status)
    got = grade(item, response, condition=condition)
    return records.record_of(item, response, got, model=model, sample=sample)


@pytest.fixture
def folder(tmp_path):
    rows = [
        record("<think>first, then</think>So 3, no: \\boxed{4}"),
        record("fine \\boxed{4}", condition="without"),
        record("one \\boxed{5}", sample=1),
        record("x", name="a:2", model="other"),
        record("y", name="b:7"),
    ]
    records.write(rows, tmp_path / "records.parquet", planned=5, about={})
    return tmp_path


def run(*args):
    return CliRunner().invoke(bridle, ["show", *map(str, args)])


def test_a_sample_is_shown_whole(folder):
    out = run(folder, "a:1", "--sample", 0, "--condition", "with").output
    assert "a:1 · m · with constraints · sample 0" in out
    assert "asked with" in out
    assert "first, then" in out  # the thinking is not judged, so nothing is marked in it
    assert "So 3⟦,⟧ no: \\boxed{4}" in out
    assert re.search(r"broken +no_comma\n +\S", out)
    assert "correct: found 4, the reference is 4 (decided by " in out
    assert "hard no · soft 0.00 · correct yes · joint no · truncated no" in out


def test_all_samples_and_the_choice_among_them(folder):
    assert run(folder, "a:1").output.count("── answer") == 3
    assert (
        run(folder, "a:1", "--condition", "without").output.count("though nothing was demanded")
        == 1
    )
    assert "asked bare" in run(folder, "a:1", "--condition", "without").output
    assert "wrong: found 5" in run(folder, "a:1", "--sample", 1).output
    for option, value, there in (
        ("--sample", 7, "0, 1"),
        ("--condition", "out", "with"),
        ("--model", "n", "m"),
    ):
        error = run(folder, "a:1", option, value).exception
        assert isinstance(error, BridleError)
        assert there in str(error.expected)


def test_json_is_the_record(folder):
    lines = run(folder, "a:1", "--json").output.splitlines()
    assert len(lines) == 3
    got = json.loads(lines[0])
    assert got["verdicts"][0]["params"] == {}
    assert got["verdicts"][0]["obeyed"] is False
    assert got["item"] == "a:1"


def test_an_unknown_id_names_the_nearest(folder):
    error = run(folder, "a:3").exception
    assert isinstance(error, BridleError)
    assert "a:2, a:1" in str(error.expected)
    assert error.hint == f"bridle show {folder} 'a:2'"
    assert "one of 3 ids" in str(run(folder, "zzzzzzzz").exception)
    assert nearest_ids("SINGLE:3", ["gsm8k_single:3", "x"]) == ["gsm8k_single:3"]


HOSTILE = (
    "\x1b]0;title\x07\x1b[2J[bold]x[/bold] \x9b31m \u202egnp.exe, \ud800 [link=http://x]y[/link]"
)


def shown(row, *, terminal: bool) -> str:
    out = io.StringIO()
    print_sample(
        row,
        Console(
            file=out,
            force_terminal=terminal,
            color_system="truecolor" if terminal else None,
            width=100,
        ),
    )
    return out.getvalue()


def row_of(one):
    return records.widen(records.frame_of([one])).row(0, named=True)


def test_nothing_in_a_response_acts_on_the_terminal():
    one = record(
        f"<think>{HOSTILE}</think>{HOSTILE}",
        COMMA,
        NotJudged(peer_id=HOSTILE),
        name=HOSTILE,
        model=HOSTILE,
    )
    out = shown(row_of(one), terminal=False)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", out)
    assert "[bold]x[/bold]" in out  # markup is text
    assert "⟦U+202E⟧gnp.exe⟦,⟧" in out


def test_colour_on_a_terminal_without_marks_of_text():
    out = shown(row_of(record("a, b \\boxed{4}")), terminal=True)
    assert "⟦" not in out
    assert re.search(r"a\x1b\[[0-9;]*m,\x1b\[0m b", out)


def test_statuses_and_absences():
    cut = shown(row_of(record("", status="truncated")), terminal=False)
    assert "status truncated" in cut
    assert "undetermined no_comma" in cut
    assert cut.count("none") == 2
    unknown = shown(row_of(record("a \\boxed{4}", NotJudged(peer_id="x:y"))), terminal=False)
    assert "not judged   x:y" in unknown
    assert "hard – · soft – · correct yes · joint – · truncated no" in unknown


@pytest.mark.parametrize(
    ("scope", "thinking", "answer"),
    [("thinking", ["a, b"], []), ("answer", [], [", d"]), ("both", [","], [","])],
)
def test_evidence_falls_where_its_scope_says(scope, thinking, answer):
    raw = "<think>a, b</think>c, d"
    row = row_of(record(raw, get("no_comma", scope=scope)))
    found = violations(row)
    assert bool(found["thinking"]) == bool(thinking)
    assert bool(found["answer"]) == bool(answer)
    for name in ("thinking", "answer"):
        assert all(row[name][a:b] == "," for a, b in found[name])


def test_spans_out_of_bounds_backwards_and_overlapping():
    text = "abcdefgh"
    assert merged([(5, 2), (-3, 1), (0, 2), (7, 99), (50, 60)], text) == [(0, 2), (5, 5), (7, 8)]
    assert merged([(0, 1), (2, 3)], "a b c") == [(0, 3)]
    assert merged([(0, 1), (2, 3)], "a\nb c") == [(0, 1), (2, 3)]
    console = Console(file=io.StringIO())
    assert marked(text, [(0, 2), (5, 5), (7, 8)], console).plain == "⟦ab⟧cde⟦⟧fg⟦h⟧"


def test_without_an_id_the_responses_are_listed_with_what_is_wrong(folder):
    out = run(folder).output
    assert "5 of 5 responses." in out and out.count("a:1 · m") == 3
    failed = run(folder, "--failed").output
    assert failed.startswith(
        "1 of 5 responses.\na:1 · m · with constraints · sample 0\n  broken no_comma: "
    )
    assert f"One of them whole: bridle show {folder} a:1" in failed
    wrong = run(folder, "--wrong", "--model", "m").output
    assert "wrong: found 5, the reference is 4" in wrong and "sample 1" in wrong
    assert (
        run(folder, "--broken", "punctuation").output == run(folder, "--broken", "no_comma").output
    )
    both = run(folder, "--broken", "no_comma", "--wrong").output
    assert both == "0 of 5 responses.\n"
    first = run(folder, "--limit", 2).output
    assert "5 of 5 responses: the first 2." in first and "All of them: --limit 5" in first


def test_a_list_as_json_and_what_is_not_there(folder):
    rows = [json.loads(one) for one in run(folder, "--failed", "--json").output.splitlines()]
    assert [(row["item"], row["sample"]) for row in rows] == [("a:1", 0)]
    assert len(run(folder, "--json", "--limit", 3).output.splitlines()) == 3
    error = run(folder, "--broken", "no_coma").exception
    assert isinstance(error, BridleError) and "did you mean 'no_comma'?" in str(error.expected)
    error = run(folder, "b:7", "--failed").exception
    assert isinstance(error, BridleError) and error.hint == f"bridle show {folder} 'b:7'"
    error = run(folder, "--arm", "wait").exception
    assert isinstance(error, BridleError) and str(error.expected) == "one of: plain"


def test_what_was_not_demanded_is_not_called_broken_and_the_undecided_are_found(tmp_path):
    bare = record("So 3, \\boxed{4}", condition="without")
    strange = record("fine \\boxed{4}", NotJudged(peer_id="odd:rule"), name="c:1")
    records.write([bare, strange], tmp_path / "records.parquet", planned=2, about={})
    assert "  not demanded, no_comma: " in run(tmp_path).output
    undecided = run(tmp_path, "--undecided").output
    assert undecided.startswith("1 of 2 responses.\nc:1") and "undetermined " in undecided
    assert run(tmp_path, "--broken", "no_comma").output.startswith("0 of 2 responses.")


def test_a_list_fits_a_narrow_terminal_and_nothing_in_it_acts(folder, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    out = run(folder).output
    assert all(len(text) <= 40 for text in out.splitlines() if text.startswith("  "))
    rows = [record(f"a, {HOSTILE}", name=f"{HOSTILE}:1", model=f"[red]{HOSTILE}")]
    records.write(rows, folder / "records.parquet", planned=1, about={})
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", run(folder).output)
