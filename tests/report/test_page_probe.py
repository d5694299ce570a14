"""A study of a probe has a section of its own on the page; any other study has none."""

from __future__ import annotations

from bridle import benchmarks, records
from bridle.analysis.probes import readings
from bridle.analysis.summary import summarise
from bridle.report.page import render
from bridle.studies import study


def test_the_sentence_and_the_figures_are_on_the_page(tmp_path):
    loaded = benchmarks.load("plan", limit=4)
    assert study.run(
        tmp_path / "s", benchmark=loaded, models=["subject/perfect"], arms=["plan:way=unnatural"]
    ).complete
    table = records.read(tmp_path / "s")
    html = render([table], summarise([table])).html
    (reading,) = readings("plan", table.frame)
    assert '<section id="probe">' in html and 'href="#probe"' in html
    assert reading.sentence in html
    assert all(finding.words() in html for finding in reading.findings)


def test_another_study_has_no_such_section(record, table):
    tables = [table([record(i) for i in range(4)])]
    assert 'id="probe"' not in render(tables, summarise(tables)).html
