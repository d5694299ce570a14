"""The profile of scripted subjects: its lines, its pairs, its page."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from bridle import benchmarks
from bridle.analysis.probes import base
from bridle.analysis.profile import LINES, beside, profiles
from bridle.cli.profile import command
from bridle.errors import BridleError, DataError
from bridle.probes import PROBES
from bridle.statistics import Estimate
from bridle.studies import study


def known(cell) -> Estimate:
    """The estimate, which must be there."""
    found = cell.estimate if isinstance(cell, base.Finding) else cell
    assert isinstance(found, Estimate)
    return found


MODELS = ["subject/perfect", "subject/disregarding"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("probes")
    for name, limit, arms in (
        ("know", 24, ["know:offer=yes"]),
        ("pushback", 10, ["pushback"]),
        ("intent", 36, PROBES["intent"].arms),
    ):
        loaded = benchmarks.load(name, limit=limit)
        assert study.run(made / name, benchmark=loaded, models=MODELS, arms=arms).complete
    return made


def test_every_probe_has_lines():
    assert set(LINES) == set(PROBES)


def test_lines_stand_beside_their_floor(folder):
    perfect, careless = profiles([folder])
    assert [p.model for p in (perfect, careless)] == MODELS
    assert {line.probe for line in perfect.lines} == {"know", "pushback", "intent"}
    abstained = next(line for line in careless.lines if line.key == ("know", "abstained"))
    assert known(abstained.finding).value == 0 and known(abstained.floor).value == 0
    three = {t.probe: t for t in perfect.threes}
    assert known(three["pushback"].obeyed).value == 1
    assert known(three["know"].correct).value == 1
    assert three["know"].obeyed.estimate is None  # it asks no rule
    assert known(perfect.joint).value == 1 and known(careless.joint).value == 0
    assert known(perfect.price).unit == "tokens" and careless.price.estimate is None
    assert perfect.plane is not None and careless.plane is not None
    assert perfect.plane[0].value == 1 and careless.plane[0].value == 0


def test_two_profiles_are_paired_by_problem(folder):
    first, second = profiles([folder])
    changes = {(c.probe, c.key): c for c in beside(first, second)}
    abstained = changes["know", "abstained"]
    assert abstained.paired and known(abstained.difference).value == -1
    assert known(abstained.difference).high < 0
    assert known(abstained.difference).n == 12  # problems that both were asked
    ranking = changes["intent", "d_none"]
    assert not ranking.paired and isinstance(ranking.difference, Estimate)
    assert ranking.difference.unit == "z" and ranking.difference.value < 0
    assert changes["know", "auroc"].difference == "one of them has no figure"


def test_other_items_are_not_paired():
    one = base.Finding("k", "x", Estimate(0.5, 0.4, 0.6, 10, "", ""), {"a": 0.0, "b": 1.0})
    other = base.Finding("k", "x", Estimate(0.7, 0.6, 0.8, 10, "", ""), {"c": 1.0, "d": 0.4})
    from bridle.analysis.profile import _difference

    change, paired = _difference(one, other)
    assert not paired and isinstance(change, Estimate) and change.value == pytest.approx(0.2)


def test_the_command_prints_writes_and_refuses(folder, tmp_path):
    run = CliRunner().invoke
    told = run(command, [str(folder)]).output
    assert "Listening profile of subject/perfect" in told and "subject/disregarding minus" in told
    assert "worse" in told and "no side is the right one" in " ".join(told.split())
    made = json.loads(run(command, [str(folder), "--json", "--model", MODELS[0]]).output)
    assert len(made["profiles"]) == 1 and made["beside"] == []
    assert made["profiles"][0]["plane"] == {"tool": 1.0, "partner": 1.0}
    page = tmp_path / "profile.html"
    assert run(command, [str(folder), "--page", str(page)]).exit_code == 0
    html = page.read_text("utf-8")
    assert html.startswith("<!doctype html><!-- bridle profile -->")
    assert html.count("<figure") == 4 and "http-equiv" in html  # three probes and the plane
    assert run(command, [str(folder), "--page", str(page)]).exit_code == 0  # replaces its own
    page.write_text("mine")
    assert isinstance(run(command, [str(folder), "--page", str(page)]).exception, DataError)
    wrong = run(command, [str(folder), "--model", "subject/perfec"]).exception
    assert isinstance(wrong, BridleError) and "perfec" in str(wrong)
    assert isinstance(run(command, [str(tmp_path)]).exception, BridleError)
    assert isinstance(run(command, [str(tmp_path / "none")]).exception, DataError)
