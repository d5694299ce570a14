"""Why a model fails: shares that sum, and sentences that say no more than the numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from bridle.analysis.reformat import reformatted
from bridle.analysis.why import FORMAT, TRUNCATED, UNABLE, UNSTATED, WRONG, why
from bridle.errors import BridleError, DataError
from bridle.report.reasons import rounded
from bridle.statistics.losses import REST


def rules(*obeyed: bool, **params: Any) -> list[dict[str, Any]]:
    """Verdicts on real constraints, so that a reformat can be tried."""
    made = [("no_comma", {}), ("words", {"at_least": 400})]
    return [
        {
            "constraint": name, "obeyed": o, "observed": 1, "wanted": "", "evidence": [], "reason": "",
            "version": 1, "scope": "answer", "family": "length", "params": given,
        }
        for (name, given), o in zip(made, obeyed, strict=False)
    ]  # fmt: skip


def test_failures_divide_and_sum(record: Any, table: Any) -> None:
    comma = "Two, and two, so it is four. \\boxed{12}"
    rows = [record(i) for i in range(10)]
    rows += [record(i, status="truncated") for i in range(10, 13)]
    rows += [record(13, found=None, correct=False), record(14, correct=False)]
    rows += [
        record(i, obeyed=(False,), names=("no_comma",), verdicts=rules(False), answer=comma)
        for i in range(15, 19)
    ]
    rows += [
        record(
            19, obeyed=(True, False), names=("no_comma", "words"), verdicts=rules(True, False),
            answer="So it is \\boxed{12}.",
        )
    ]  # fmt: skip
    found = why(table(rows))
    shares = {share.cause: share.count for share in found.loss.shares}
    assert shares == {TRUNCATED: 3, UNSTATED: 1, WRONG: 1, FORMAT: 5, REST: 0}
    assert sum(shares.values()) == found.loss.failed == 10
    assert sum(s.shapley_count for s in found.loss.shares) == 10
    assert found.obedience is not None and found.obedience.failed == 8
    assert found.to_dict()["loss"]["failed"] == 10


def test_a_constraint_broken_on_a_trivial_problem_is_inability(record: Any, table: Any) -> None:
    broken = {"obeyed": (False,), "names": ("no_comma",), "verdicts": rules(False), "answer": ""}
    rows = [record(i, **broken) for i in range(6)]
    rows += [record(i, group="trivial", **broken) for i in range(50, 53)]
    shares = {s.cause: s.count for s in why(table(rows)).loss.shares}
    assert shares[UNABLE] == 6


def test_a_reformat_keeps_the_answer_and_its_words() -> None:
    text = "First, we add. Then, we are done.\n\n\\boxed{12}"
    made = reformatted(text, [("no_comma", {})])
    assert made is not None
    assert "," not in made.text and "\\boxed{12}" in made.text and made.keeps == 1
    assert reformatted("Es sind zwölf Äpfel im Korb.", [("language", {"language": "fr"})]) is None
    assert reformatted("", [("no_comma", {})]) is None
    assert reformatted(text, [("unknown_rule", {})]) is None


def test_number_and_place_within_a_problem(record: Any, table: Any) -> None:
    names = ("words", "no_comma", "title")
    rows = [
        record(
            100 * p + n,
            problem=f"p{p}",
            names=names[:n],
            obeyed=tuple(not (n == 3 and place == 0 and p % 2) for place in range(n)),
        )
        for p in range(12)
        for n in (1, 2, 3)
    ]
    found = {f.key: f for f in why(table(rows)).findings}
    assert found["number"].estimate is not None and found["number"].estimate.value < 0
    assert found["distance"].estimate is not None and found["distance"].estimate.value < 0
    assert "0 is not ruled out" not in found["number"].sentence


def test_few_samples_say_little_about_length(record: Any, table: Any) -> None:
    rows = [
        record(i, sample=s, tokens_thinking=100 * (s + 1), obeyed=((i + s) % 3 > 0, True))
        for i in range(12)
        for s in range(3)
    ]
    found = {f.key: f for f in why(table(rows)).findings}
    assert "8 are needed" in found["length"].sentence
    assert "no cause" in found["length"].sentence
    assert "all of 3 samples" in found["samples"].sentence


def test_what_an_arm_recovers_and_costs(record: Any, table: Any) -> None:
    rows = [record(i, obeyed=(i % 2 == 0, True)) for i in range(60)]
    rows += [
        record(i, arm="wait", tokens_out=40, tokens_thinking=12, obeyed=(i % 8 > 0, True))
        for i in range(60)
    ]
    arm = why(table(rows)).arms[0]
    joint = next(c for c in arm.contrasts if c.key == "joint")
    assert joint.says == "better"
    assert not isinstance(arm.tokens, str) and arm.tokens.value == pytest.approx(2)
    assert not isinstance(arm.thought, str) and arm.thought.value == pytest.approx(1)


def test_printed_shares_sum() -> None:
    for parts in ([1, 1, 1], [2, 3, 1, 1], [0, 5, 7, 11]):
        total = Fraction(sum(parts), 33)
        shown = rounded([Fraction(p, 33) for p in parts])
        assert sum(round(10 * float(s)) for s in shown) == round(1000 * total)


def test_of_whom_must_be_said(record: Any, table: Any) -> None:
    both = table([record(i, model=m) for i in range(3) for m in ("one", "two")])
    with pytest.raises(BridleError, match="2 models"):
        why(both)
    with pytest.raises(BridleError, match="no model 'three'"):
        why(both, model="three")
    with pytest.raises(DataError, match="no judged response"):
        why(table([record(0, "without")], name="bare"))
