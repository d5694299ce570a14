"""Horizons and prices of a real study of scripted subjects, and of tables whose truth is known."""

from __future__ import annotations

import json

import polars as pl
import pytest
from click.testing import CliRunner

from bridle import benchmarks, records
from bridle.analysis.horizon import horizons
from bridle.analysis.price import cheapest, price
from bridle.cli.horizon import command as horizon_command
from bridle.cli.price import command as price_command
from bridle.errors import BridleError, DataError
from bridle.statistics import Estimate
from bridle.studies import study


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("plan")
    state = study.run(
        made,
        benchmark=benchmarks.load("plan", limit=40),
        models=["subject/forgetting", "subject/perfect"],
        arms=["plan:way=natural"],
    )
    assert state.complete
    return made


def test_a_subject_that_loses_long_procedures_has_a_horizon(folder):
    frame = records.read(folder).frame
    forgets, perfect = horizons(frame, x="steps", y="plan_coverage")
    half = forgets.marks[0.5]
    # it does 4 to 20 steps, 12 on average: half of 24
    assert isinstance(half, Estimate) and half.low < 24 < half.high and half.unit == "steps"
    assert forgets.slope is not None and forgets.slope < 0
    assert perfect.marks[0.5] == "more than 32 steps, the most that was asked"


def test_an_axis_or_outcome_that_there_is_not(folder):
    frame = records.read(folder).frame
    with pytest.raises(BridleError, match="no axis 'moons'"):
        horizons(frame, x="moons")
    with pytest.raises(BridleError, match="no outcome 'plan_coverag'"):
        horizons(frame, y="plan_coverag")
    with pytest.raises(BridleError, match="over turns"):
        horizons(frame, x="steps", kind="survival")


def test_observed_axes_say_so(folder):
    reach = horizons(records.read(folder).frame, x="written", y="plan_coverage")[0]
    assert "no cause follows" in reach.notes[0]


def turns(hazard: float, count: int = 60, length: int = 24) -> pl.DataFrame:
    """Conversations that keep a rule until some turn and never again: geometric with that hazard."""
    from random import Random

    rows = []
    for item in range(count):
        rng, ended = Random(f"{hazard}/{item}"), False
        for turn in range(length):
            ended = ended or rng.random() < hazard
            rows.append({"model": "m", "arm": "decay", "factors": "{}", "fork": "", "status": "complete",
                         "condition": "with", "item": f"i{item}", "problem": f"i{item}", "sample": 0,
                         "turn": turn, "hard": not ended})  # fmt: skip
    return pl.DataFrame(rows)


def test_survival_finds_the_median_of_the_first_violation():
    from math import log

    (reach,) = horizons(turns(0.1), kind="survival")
    found = reach.marks[0.5]
    assert isinstance(found, Estimate)
    assert found.low < log(0.5) / log(0.9) < found.high


def test_price_counts_tokens_or_money_and_names_the_cheapest(folder):
    frame = records.read(folder).frame
    forgets, perfect = price(frame)
    assert perfect.unit == "tokens" and perfect.success.value == 1
    assert forgets.success.value < 0.8
    # what one success costs: all that was spent over the successes
    mine = frame.filter(pl.col("model") == "subject/forgetting").drop_nulls("joint")
    assert isinstance(forgets.per_success, Estimate)
    assert forgets.per_success.value == pytest.approx(
        float(mine["tokens_out"].sum()) / float(mine["joint"].sum())
    )
    assert cheapest([forgets, perfect], 0.8) is perfect and cheapest([forgets], 0.9) is None
    paid = price(frame, {"subject/forgetting": (1.0, 2.0), "subject/perfect": (1.0, 4.0)})
    assert paid[0].unit == "USD"
    row = mine.select((pl.col("tokens_in") * 1.0 + pl.col("tokens_out") * 2.0).mean() / 1e6)
    assert isinstance(paid[0].spent, Estimate)
    assert paid[0].spent.value == pytest.approx(row.item())


def test_asking_again_until_it_obeys():
    rows = [
        {"model": "m", "arm": "plain", "factors": "{}", "fork": "", "status": "complete", "condition": "with",
         "item": f"i{i}", "problem": f"i{i}", "sample": s, "hard": ok, "joint": ok, "tokens_in": 10,
         "tokens_out": 100, "latency_s": 2.0}
        for i, oks in enumerate([(True, True), (True, False), (False, False)])
        for s, ok in enumerate(oks)
    ]  # fmt: skip
    (found,) = price(pl.DataFrame(rows), tries=2)
    # rates 1, 1/2, 0: tries 1, 3/2, 2; left 0, 1/4, 1
    assert found.first_cost == pytest.approx(100 * (1 + 1.5 + 2) / 3)
    assert found.first_seconds == pytest.approx(2 * 4.5 / 3)
    assert found.left == pytest.approx(1.25 / 3)
    assert found.front == 1


def test_what_is_dominated_is_not_on_the_front():
    rows = [
        {"model": m, "arm": "plain", "factors": "{}", "fork": "", "status": "complete", "condition": "with",
         "item": f"i{i}", "problem": f"i{i}", "sample": 0, "hard": ok, "joint": ok, "tokens_in": 1,
         "tokens_out": spent, "latency_s": None}
        for i in range(30)
        for m, ok, spent in (("good", True, 50), ("dear", True, 90), ("cheap", i % 3 == 0, 10))
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema_overrides={"latency_s": pl.Float64})
    assert {o.who.split(" ")[0]: o.front for o in price(frame)} == {
        "good": 1,
        "dear": 0,
        "cheap": 1,
    }


def test_the_commands(folder, tmp_path):
    run = CliRunner().invoke
    told = run(horizon_command, [str(folder), "--x", "steps", "--y", "plan_coverage", "--json"])
    assert json.loads(told.output)[0]["marks"]["0.5"]["unit"] == "steps"
    assert "the most that was asked" in " ".join(
        run(horizon_command, [str(folder), "--x", "steps", "--y", "plan_coverage"]).output.split()
    )
    prices = tmp_path / "prices.toml"
    prices.write_text(
        'date = "2026-11-30"\n"subject/perfect" = {in = 1, out = 4}\n'
        '"subject/forgetting" = {in = 1, out = 4}\n'
    )
    told = run(price_command, [str(folder), "--prices", str(prices), "--least", "0.8", "--json"])
    found = json.loads(told.output)
    assert found["prices_of"] == "2026-11-30" and "perfect" in found["cheapest"]
    assert "Prices of 2026-11-30." in run(price_command, [str(folder), "--prices", str(prices)]).output  # fmt: skip
    prices.write_text('"m" = {in = "much"}\n')
    failed = run(price_command, [str(folder), "--prices", str(prices)])
    assert isinstance(failed.exception, DataError) and "'m'" in str(failed.exception)
