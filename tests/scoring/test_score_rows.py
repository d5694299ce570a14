"""bridle.score: from files and rows to a frame of records."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings

import polars as pl
import pytest

import bridle
from bridle import records
from bridle.errors import BridleError, DataError
from bridle.records import columns as table_columns
from bridle.scoring.formats import Bad
from bridle.scoring.score import Scored, Scoring

OURS = {"question": "What is 2+2?", "answer": "4", "constraints": [{"type": "words", "at_most": 3}]}
ITEM = {k: v for k, v in OURS.items() if k != "response"}


def rows_of(frame, *columns):
    return frame.select(columns).rows()


def test_rows_become_a_frame():
    frame = bridle.score(
        [
            {**OURS, "response": "So \\boxed{4}."},
            {**OURS, "response": "It is not 4 but \\boxed{5}.", "model": "m"},
            {**OURS, "response": None},
            {**OURS, "response": "<think>four", "finish_reason": "length"},
        ]
    )
    assert dict(frame.schema) == table_columns()
    assert rows_of(frame, "status", "hard", "soft", "correct", "joint") == [
        ("complete", True, 1.0, True, True),
        ("complete", False, 0.0, False, False),
        ("no_answer", False, 0.0, False, False),
        ("truncated", False, 0.0, False, False),
    ]
    assert frame["model"].to_list() == ["unknown", "m", "unknown", "unknown"]
    assert frame["upstream_verdicts"].null_count() == 4


def test_a_file_a_path_and_a_frame_give_the_same(tmp_path):
    rows = [{**OURS, "id": str(i), "response": f"\\boxed{{{i}}}"} for i in range(6)]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    want = bridle.score(rows)
    assert bridle.score(path).equals(want)
    assert bridle.score(str(path)).equals(want)
    assert bridle.score([path]).equals(want)
    assert bridle.score(pl.DataFrame(rows)).equals(want)
    assert bridle.score(iter(rows)).equals(want)


def test_samples_are_numbered_and_thinking_goes_with_them():
    frame = bridle.score(
        [
            {**OURS, "id": 1, "response": ["4", "5", None], "thinking": ["a", "b", "c"]},
            {**OURS, "id": 1, "response": "4"},  # the same question again: one more sample
            {**OURS, "id": 1, "response": "4", "model": "other"},
        ]
    )
    assert rows_of(frame, "item", "model", "sample", "status") == [
        ("1", "unknown", 0, "complete"),
        ("1", "unknown", 1, "complete"),
        ("1", "unknown", 2, "no_answer"),
        ("1", "unknown", 3, "complete"),
        ("1", "other", 0, "complete"),
    ]
    assert frame["thinking"].to_list()[:3] == ["a", "b", "c"]


def test_one_id_for_two_questions_makes_two_items():
    other = {**OURS, "question": "What is 1+3?"}
    frame = bridle.score([{**q, "id": "a", "response": "4"} for q in (OURS, other, OURS, other)])
    assert rows_of(frame, "item", "sample") == [
        ("a", 0),
        ("a (rows:2)", 0),
        ("a", 1),
        ("a (rows:2)", 1),
    ]
    assert frame["item"].to_list() == frame["problem"].to_list()


def test_the_condition_of_a_row_makes_the_floor():
    frame = bridle.score(
        [{**OURS, "id": 1, "response": "4", "condition": c} for c in ("with", "without")]
    )
    assert rows_of(frame, "condition", "sample") == [("with", 0), ("without", 0)]
    assert "words" in frame["prompt"][0]
    assert "words" not in frame["prompt"][1]


def test_bad_rows_are_named_and_the_rest_is_scored():
    with pytest.warns(UserWarning, match="4 rows were not scored") as caught:
        frame = bridle.score(
            [
                {**OURS, "response": "4"},
                {**OURS, "response": 4},
                {"response": "4"},
                {**OURS, "constraints": [{"type": "nope"}], "response": "4"},
                "text",
                {**OURS, "response": "4"},
            ]
        )
    assert frame.height == 2
    assert "rows, row 2: response must be a text" in str(caught[0].message)
    with pytest.raises(DataError, match="No row could be scored; the first: rows, row 1"):
        bridle.score([{"response": "4"}])
    with pytest.raises(DataError, match="no responses"):
        bridle.score([])
    with pytest.raises(DataError, match="neither a file nor rows"):
        bridle.score(7)


def test_rules():
    mathif = {
        "question": "What is 2+2?",
        "answer": "4",
        "constraint_name": ["punctuation:no_comma"],
        "constraint_args": [{}],
        "constraint_desc": ["No comma."],
        "output": "It is $4{,}0$",  # a comma within maths: obeyed by ours, broken by theirs
    }
    ours, theirs = bridle.score([mathif]), bridle.score([mathif], rules="upstream")
    assert rows_of(ours, "hard", "soft", "upstream_hard") == [(True, 1.0, None)]
    assert rows_of(theirs, "hard", "soft", "upstream_hard") == [(False, 0.0, False)]
    assert dict(theirs.schema) == table_columns()
    with pytest.raises(BridleError, match="did you mean 'ours'"):
        bridle.score([mathif], rules="our")  # type: ignore[arg-type]
    with pytest.raises(BridleError, match="No record has an upstream"):
        bridle.score([{**OURS, "response": "4"}], rules="upstream")


def test_what_nothing_judges_leaves_hard_open():
    row = {
        "prompt": "p",
        "instruction_id_list": ["punctuation:no_comma", "my:own"],
        "kwargs": [{}, {}],
    }
    frame = bridle.score([{**row, "response": "a b"}, {**row, "response": "a, b"}])
    assert rows_of(frame, "hard", "soft", "n_constraints") == [(None, 1.0, 2), (None, 0.0, 2)]
    verdict = frame["verdicts"][0][1]
    assert (verdict["constraint"], verdict["obeyed"], verdict["family"]) == (
        "my:own",
        None,
        "not judged",
    )


def test_items_by_key_and_by_line(tmp_path):
    items = [{**ITEM, "id": i, "answer": str(i)} for i in range(3)]
    responses = [{"id": 2, "response": "2"}, {"id": 0, "response": "0"}]
    frame = bridle.score(responses, items=items)
    assert rows_of(frame, "item", "correct") == [("2", True), ("0", True)]
    bare = [{k: v for k, v in item.items() if k != "id"} for item in items]
    by_line = bridle.score([{"response": str(i)} for i in range(3)], items=bare)
    assert by_line["correct"].to_list() == [True] * 3
    with pytest.raises(DataError, match="rows has 2 rows, items has 3 items"):
        bridle.score([{"response": "0"}] * 2, items=bare)
    with pytest.warns(UserWarning, match="no item has the key '7'"):
        bridle.score([{"id": 7, "response": "0"}, {"id": 1, "response": "1"}], items=items)
    path, answers = tmp_path / "items.jsonl", tmp_path / "answers.jsonl"
    path.write_text("\n".join(map(json.dumps, bare)))
    answers.write_text('{"response": "0"}\n\n{"response": "1"}\nbroken\n')
    with pytest.warns(UserWarning, match="answers.jsonl, row 4: not JSON"):
        got = bridle.score(answers, items=path)
    assert got["reference"].to_list() == ["0", "1"]  # a broken line keeps its place


def test_batch_output_needs_its_items():
    body = {"model": "o", "choices": [{"message": {"content": "4"}, "finish_reason": "stop"}]}
    line = {"custom_id": "a", "response": {"status_code": 200, "body": body}, "error": None}
    frame = bridle.score([line, {**line, "response": None, "error": {"message": "expired"}}],
                         items=[{**ITEM, "id": "a"}])  # fmt: skip
    assert rows_of(frame, "model", "status", "correct", "error") == [
        ("o", "complete", True, None),
        ("unknown", "error", None, "expired"),
    ]
    with pytest.raises(DataError, match="no --items FILE"):
        bridle.score([line])


def test_a_response_repeated_under_another_filter_counts_once():
    doc = {**ITEM, "id": 1}
    line = {"doc_id": 0, "doc": doc, "resps": [["4"]], "target": "4"}
    scoring = Scoring()
    from bridle.scoring.formats import Row, read_given

    rows = [
        read_given(Row("f", n, {**line, "filter": f}))
        for n, f in enumerate(["strict", "flexible"], 1)
    ]
    got = list(scoring.rows("f", rows, lambda: 2))
    assert len(got) == 1
    assert scoring.repeated == {"flexible": 1}
    assert scoring.planned == 1


def test_a_fault_in_one_row_does_not_cost_the_others(monkeypatch):
    from bridle.scoring import score as module

    real = module.record_of_reply

    def faulty(item, call, reply, hints=None):
        if reply.raw == "boom":
            raise RecursionError("deep")
        return real(item, call, reply, hints)

    monkeypatch.setattr(module, "record_of_reply", faulty)
    with pytest.warns(UserWarning, match="could not be graded"):
        frame = bridle.score([{**OURS, "response": r} for r in ("4", "boom", "4")])
    assert frame.height == 2


def test_real_answers_agree_with_the_recorded_verdicts(shared_data):
    """270 GPT-4 answers: the published rules, run here, say what was recorded then."""
    path = shared_data / "ifeval" / "gpt4_responses_with_verdicts.jsonl"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        results = list(Scoring(rules="upstream").file(path))
    assert not [r for r in results if isinstance(r, Bad)]
    recorded = [json.loads(line)["strict"] for line in path.open(encoding="utf-8")]
    pairs = [
        (mine, theirs)
        for result, row in zip(results, recorded, strict=True)
        if isinstance(result, Scored)
        for mine, theirs in zip(result.record.upstream_verdicts or [], row, strict=True)
        if mine is not None
    ]
    assert len(pairs) > 400
    assert sum(a == b for a, b in pairs) / len(pairs) >= 0.99
    judged = [v["obeyed"] for r in results if isinstance(r, Scored) for v in r.record.verdicts]
    assert sum(v is not None for v in judged) > 290


def test_memory_stays_flat(tmp_path):
    """Twice the rows take hardly more memory, summary and all."""
    code = (
        "import sys, resource; from bridle.cli.score import command;"
        "command(sys.argv[1:], standalone_mode=False);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
    )
    used = {}
    row = {**OURS, "constraints": [{"type": "no_comma"}]}
    for rows in (200, 400):
        path = tmp_path / f"{rows}.jsonl"
        with path.open("w") as file:
            for i in range(rows):
                reply = f"\\boxed{{{i}}} " + "word " * 20_000
                file.write(json.dumps({**row, "id": i, "response": reply}) + "\n")
        out = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
        )
        assert f"{rows} responses scored" in out.stdout
        used[rows] = int(out.stderr)
    assert used[400] - used[200] < 12_000  # of 20 MB of text, which would be kept twice and more


def test_ifevals_four_figures_are_those_of_the_recorded_verdicts(shared_data, tmp_path):
    """Prompt and instruction level, strict and loose, of the published rules; counted by hand here."""
    from bridle.analysis.four_figures import four_figures
    from bridle.analysis.rules import under
    from bridle.analysis.summary import gather

    path = shared_data / "ifeval" / "gpt4_responses_with_verdicts.jsonl"
    made = [r.record for r in Scoring(rules="upstream").file(path) if isinstance(r, Scored)]
    frame = gather([records.widen(records.frame_of(made))])
    (row,) = four_figures(under(frame, "upstream"))
    assert (row.responses + row.left_out, row.who) == (270, "unknown")
    whole = {r.item for r in made if r.upstream_soft is not None}
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    kept = [row for row in rows if str(row["key"]) in whole]
    for manner in ("strict", "loose"):
        single = [obeyed for row in kept for obeyed in row[manner]]
        prompts = [all(row[manner]) for row in kept]
        assert row.figures[f"prompt_{manner}"].value == pytest.approx(
            sum(prompts) / len(prompts), abs=0.005
        )
        found = row.figures[f"instruction_{manner}"]
        assert found.n == row.instructions == len(single)
        assert found.value == pytest.approx(sum(single) / len(single), abs=0.005)
    (ours,) = four_figures(under(frame, "ours"))
    assert ours.figures["prompt_loose"].value >= ours.figures["prompt_strict"].value


def test_what_is_forgiven_is_in_the_loose_figures_alone():
    from bridle.analysis.four_figures import four_figures
    from bridle.analysis.rules import under
    from bridle.analysis.summary import gather

    row = {
        "key": 1,
        "prompt": "Say something without commas, in at least two words.",
        "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_words"],
        "kwargs": [{}, {"relation": "at least", "num_words": 2}],
    }
    frame = gather([bridle.score([{**row, "response": "Sure, here it is:\ntwo words"}])])
    (figures,) = four_figures(under(frame, "ours"))
    assert {key: one.value for key, one in figures.figures.items()} == {
        "prompt_strict": 0.0,
        "instruction_strict": 0.5,
        "prompt_loose": 1.0,
        "instruction_loose": 1.0,
    }
    (cut,) = four_figures(
        under(
            gather([bridle.score([{**row, "response": "two", "finish_reason": "length"}])]), "ours"
        )
    )
    assert cut.figures["instruction_loose"].value == 0.0


def test_the_training_step_of_a_row_is_kept():
    frame = bridle.score(
        [
            {**OURS, "response": "\\boxed{4}", name: step}
            for name, step in (("step", 0), ("global_step", 50.0))
        ]
    )
    assert frame["factor.step"].to_list() == [0.0, 50.0]
    assert frame["sample"].to_list() == [0, 1]
    assert "factor.step" not in bridle.score([{**OURS, "response": "4", "step": "later"}]).columns
