"""The first sentences of a report: what they say of one model, of two, of more, and of nothing."""

from __future__ import annotations

from typing import Any

from bridle.analysis.summary import summarise
from bridle.report.verdict import sentences


def said(*tables: Any) -> str:
    return " ".join(sentences(summarise(tables), tables))


def test_one_model_is_described_with_floor_and_weakness(record: Any, table: Any) -> None:
    rows = [record(i, obeyed=(i % 2 == 0, True)) for i in range(20)]
    rows += [record(i, "without", obeyed=(False, True)) for i in range(20)]
    text = said(table(rows))
    assert text.startswith("organism obeys all instructions in 50.0 % [")
    assert "of 20 answers to 20 problems (0.0 % of answers written without them would)" in text
    assert "obeyed and right: 50.0 %." in text
    assert "Least obeyed: words 50.0 %." in text and "no comma" not in text


def test_a_loss_is_named_with_what_it_is_made_of(record: Any, table: Any) -> None:
    before = [record(i, model="ckpt-0") for i in range(40)]
    after = [
        record(i, model="ckpt-500", **({"status": "truncated"} if i < 10 else {"obeyed": (i > 29, True)}))
        for i in range(40)
    ]  # fmt: skip
    text = said(table(before, name="a"), table(after, name="b"))
    assert "ckpt-500 obeys all instructions in 25.0 % of its answers, ckpt-0 in 100.0 %" in text
    assert "on the same items (40 problems); not noise." in text
    assert (
        "It loses most on words (" in text
        and "answers that were cut off are up to 33 % of the loss" in text
    )


def test_what_cannot_be_told_is_said(record: Any, table: Any) -> None:
    before = [record(i, model="a", obeyed=(i % 3 > 0, True)) for i in range(12)]
    after = [record(i, model="b", obeyed=(i % 4 > 0, True)) for i in range(12)]
    text = said(table(before, name="a"), table(after, name="b"))
    assert "too few items to tell" in text and "loses most" not in text and "gains most" not in text


def test_other_items_are_not_compared(record: Any, table: Any) -> None:
    before = [record(i, model="a") for i in range(12)]
    after = [record(i + 100, model="b") for i in range(12)]
    text = said(table(before, name="a"), table(after, name="b"))
    assert "Not compared item by item" in text and "Of 2, " in text


def test_more_than_two_are_ranked_and_markup_is_text(record: Any, table: Any) -> None:
    rows = [record(i, model=m, obeyed=(i % k > 0, True)) for k, m in ((2, "m[red]"), (5, "b"), (9, "c")) for i in range(18)]  # fmt: skip
    text = said(table(rows))
    assert (
        text.startswith("Of 3, c obeys all instructions most often, in 88.9 % [")
        and "m[red] least often" in text
    )


def test_nothing_to_say_of_errors_alone(record: Any, table: Any) -> None:
    assert said(table([record(i, status="error") for i in range(3)])) == ""
