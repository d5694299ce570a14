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
    assert "Not compared item by item (A is a, B b): No item is in both: A has 12, B 12." in text
    assert "Both obey all instructions equally often: a in 100.0 % [" in text and "\n" not in text


def test_more_than_two_are_ranked_and_markup_is_text(record: Any, table: Any) -> None:
    rows = [record(i, model=m, obeyed=(i % k > 0, True)) for k, m in ((2, "m[red]"), (5, "b"), (9, "c")) for i in range(18)]  # fmt: skip
    text = said(table(rows))
    assert (
        text.startswith("Of 3, c obeys all instructions most often, in 88.9 % [")
        and "m[red] least often" in text
    )


def test_nothing_to_say_of_errors_alone(record: Any, table: Any) -> None:
    assert said(table([record(i, status="error") for i in range(3)])) == ""


def test_few_problems_are_counted_and_no_interval_is_given(record: Any, table: Any) -> None:
    one = [record(i, obeyed=(i != 1, True)) for i in range(3)]
    one += [record(i, "without", correct=i > 0) for i in range(3)]
    text = said(table(one, name="one"))
    assert "in 2 of 3 answers to 3 problems" in text and "obeyed and right: 2 of 3." in text
    assert "right 33.3 points oftener than without; too few problems to tell." in text

    cut = said(
        table([record(i, status="truncated" if i else "complete") for i in range(3)], name="c")
    )
    assert "2 of 3 answers were cut off" in cut

    three = [record(i, model=m, obeyed=(i % k == 0, True)) for k, m in enumerate("abc", 1) for i in range(3)]  # fmt: skip
    ranked = said(table(three, name="three"))
    assert "a obeys all instructions most often, in 3 of its 3 answers," in ranked
    assert "c least often, in 1 of its 3 answers." in ranked

    two = said(table([r for r in three if r.model != "b"], name="two"))
    assert "66.7 points on the same items (3 problems); too few problems to tell." in two
    assert all("[" not in words for words in (text, cut, ranked, two))
