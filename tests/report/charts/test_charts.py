"""Charts say the summary's figures, exist only where the data have them, and look the same as files."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from bridle.analysis.summary import summarise
from bridle.report.charts import Chart, of_study
from bridle.report.charts.chart import LINK, shortened
from bridle.report.charts.colours import VARIABLES
from bridle.report.charts.draw import log_ticks
from bridle.report.charts.labels import placed
from bridle.report.charts.over import percents
from bridle.report.figures import number
from bridle.statistics import Estimate

pytest.importorskip("vl_convert", reason="the extra 'report' is not installed")

HOSTILE = "<script>alert(1)</script>\"'><a href=javascript:x>\u202e]]>"


def made(tables: list[Any]) -> dict[str, Chart]:
    charts = of_study(tables, summarise(tables))
    assert len({chart.key for chart in charts}) == len(charts)
    return {chart.key: chart for chart in charts}


def laddered(record: Any, model: str = "organism", kept: int = 8) -> list[Any]:
    """Ten problems with no, one and two constraints; the second one is kept by `kept` answers."""
    rows: list[Any] = []
    for i in range(10):
        rows.append(record(i, "without", model=model, obeyed=(i < 2, i < 2)))
        problem = {"problem": f"problem:{i}", "model": model}
        rows.append(record(100 + i, names=("words",), obeyed=(True,), n_constraints=1, **problem))
        rows.append(record(200 + i, obeyed=(True, i < kept), correct=i < 6, **problem))
    return rows


@pytest.fixture
def one(record: Any, table: Any) -> dict[str, Chart]:
    return made([table(laddered(record))])


@pytest.fixture
def two(record: Any, table: Any) -> dict[str, Chart]:
    return made([table(laddered(record) + laddered(record, "other", kept=2))])


def test_a_chart_has_all_that_a_reader_needs(one: dict[str, Chart], two: dict[str, Chart]) -> None:
    for chart in [*one.values(), *two.values()]:
        assert chart.title and chart.says and chart.unit and chart.interval and chart.rows
        assert chart.n.startswith("n = ")
        assert all(len(row) == len(chart.columns) for row in chart.rows)
        assert not chart.links or len(chart.links) == len(chart.rows)
        assert re.fullmatch("[a-z-]+", chart.key)


def test_the_table_of_a_chart_holds_the_summarys_figures(record: Any, table: Any) -> None:
    tables = [table(laddered(record))]
    summary = summarise(tables)
    chart = next(c for c in of_study(tables, summary) if c.key == "outcomes")
    hacc = summary.overall[0].rates["hacc"].run
    assert isinstance(hacc, Estimate)
    assert chart.rows[0] == (
        "HAcc", "as run", number(hacc.value), number(hacc.low), number(hacc.high), "20", "10",
    )  # fmt: skip


def test_the_ladder_counts_the_same_problems_on_every_rung(record: Any, table: Any) -> None:
    rows = laddered(record)
    # easy problems that were asked with one constraint alone: they would lift that rung
    rows += [record(300 + i, names=("words",), obeyed=(False,), n_constraints=1) for i in range(40)]
    chart = made([table(rows)])["ladder"]
    assert "on the same problems" in chart.title
    hacc = {row[0]: row[2] for row in chart.rows if row[1] == "HAcc"}
    assert hacc == {"1": "100.0", "2": "80.0"}
    assert {row[0] for row in chart.rows if row[1].startswith("correct")} == {"0", "1", "2"}


def test_without_common_problems_the_ladder_says_so(record: Any, table: Any) -> None:
    rows = [record(i, names=("words",), obeyed=(True,), n_constraints=1) for i in range(6)]
    rows += [record(10 + i, obeyed=(True, False)) for i in range(6)]
    assert "other problems at each number" in made([table(rows)])["ladder"].title


def test_constraints_go_from_the_most_broken(one: dict[str, Chart], two: dict[str, Chart]) -> None:
    assert [row[0] for row in one["constraints"].rows[::2]] == ["no comma (n 10)", "words (n 20)"]
    # two models: a cell each, both n at the label where they differ
    cells = [row[:3] for row in two["constraints"].rows]
    assert cells[:2] == [
        ("no comma (n 10)", "organism", "80.0"),
        ("no comma (n 10)", "other", "20.0"),
    ]


def test_what_cannot_exist_is_not_drawn(record: Any, table: Any) -> None:
    charts = made([table([record(i, names=("words",), obeyed=(True,)) for i in range(6)])])
    assert {"ladder", "sources", "classes"}.isdisjoint(charts)


def test_a_series_differs_by_shape_as_well_as_colour(two: dict[str, Chart]) -> None:
    svg = ElementTree.fromstring(two["outcomes"].to_svg())
    paths = [p for p in svg.iter() if p.get("aria-roledescription") == "point"]
    looks = {(p.get("fill"), (p.get("d") or "")[:40]) for p in paths}
    assert len(paths) == 6
    assert len({fill for fill, _ in looks}) == len({d for _, d in looks}) == 3


def test_inside_the_page_a_chart_takes_its_colours_and_links(two: dict[str, Chart]) -> None:
    for chart in two.values():
        inline = str(chart.svg)
        ElementTree.fromstring(inline)  # well formed
        assert not set(VARIABLES) & set(re.findall("#[0-9a-f]{6}", inline))
        assert not re.findall('href="(?!#)', inline) and "style=" not in inline
        width, height = map(float, re.findall(r'(?:width|height)="([\d.]+)"', inline)[:2])
        whole = [float(x) for x in re.findall(r'data-full="([^"]+)"', inline)[0].split()]
        assert whole[2] == width and whole[3] > height
    assert 'href="#samples?who=other' in two["outcomes"].svg


def test_as_files_charts_keep_their_colours(two: dict[str, Chart]) -> None:
    chart = two["constraints"]
    svg = chart.to_svg()
    assert "var(" not in svg and "<a " not in svg and "#1f5fa8" in svg
    assert chart.title[:20] in svg
    assert chart.to_png().startswith(b"\x89PNG") and chart.to_pdf().startswith(b"%PDF")
    spec = chart.to_vega_lite()
    assert LINK not in json.dumps(spec) and "href" not in json.dumps(spec)
    assert " ".join(spec["title"]["text"]) == chart.title


def test_names_of_models_cannot_act(record: Any, table: Any) -> None:
    charts = made([table(laddered(record, HOSTILE) + laddered(record, "b"))])
    for chart in charts.values():
        for svg in (str(chart.svg), chart.to_svg()):
            names = {
                element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()
            }
            assert "script" not in names and "\u202e" not in svg
        assert "<" not in chart.vega_lite_json
        assert json.loads(chart.vega_lite_json) == chart.to_vega_lite()


def test_names_are_cut_in_their_middle_and_stay_apart() -> None:
    names = ["a/" + "x" * 60 + end for end in ("a", "b", "a")] + ["short"]
    short = shortened(names, 20)
    assert len(set(short.values())) == len(set(names)) == 3 and short["short"] == "short"
    assert all(len(name) <= 24 for name in short.values())
    same = shortened(["q" * 10 + str(i) + "z" * 40 for i in range(3)], 12)
    assert len(set(same.values())) == 3


def test_what_nobody_should_choose_is_grey(record: Any, table: Any) -> None:
    rows: list[Any] = []
    for model, tokens, right in (("cheap", 10, 4), ("dear", 40, 8), ("fool", 50, 6)):
        rows += [
            record(i, model=model, tokens_out=tokens + i, correct=i < right) for i in range(10)
        ]
    chart = made([table(rows)])["price"]
    beaten = {row[0]: row[-2] for row in chart.rows}
    assert beaten == {"cheap": "", "dear": "", "fool": "yes"}
    assert "Beaten by another: fool" in chart.says
    values = chart.spec["data"]["values"]
    assert {v["series"]: v["dull"] for v in values} == {"cheap": False, "dear": False, "fool": True}


def test_statuses_and_overlap_are_counted(record: Any, table: Any) -> None:
    rows = [record(i, obeyed=(i < 6, True), correct=i % 2 == 0) for i in range(9)]
    charts = made([table([*rows, record(9, status="truncated")])])
    assert {row[0]: row[2] for row in charts["statuses"].rows} == {
        "complete": "90.0",
        "truncated": "10.0",
    }
    cells = {row[1]: row[2] for row in charts["overlap"].rows}
    assert cells == {
        "obeyed and right": "30.0", "obeyed, wrong": "30.0", "right, not obeyed": "20.0", "neither": "20.0",
    }  # fmt: skip
    assert "#samples?who=organism&condition=with&obeyed=yes&correct=no" in charts["overlap"].links


def test_where_judges_disagree(record: Any, table: Any) -> None:
    rows = [record(i, obeyed=(True, i < 6), upstream=[i > 0, True]) for i in range(8)]
    charts = made([table(rows)])
    assert {row[1]: row[2] for row in charts["judges"].rows} == {
        "ours": "75.0",
        "published": "87.5",
    }
    assert charts["disagreements"].rows == (("no_comma", "0", "2", "2"), ("words", "1", "0", "1"))


def test_names_in_a_plane_do_not_cover_each_other() -> None:
    points = [(150.0, 100.0), (152.0, 101.0), (149.0, 103.0), (10.0, 50.0)]
    found = placed(points, ["some model"] * 4, 300, 280)
    boxes = [
        (x if side == "left" else x - 62, y - 6, x + 62 if side == "left" else x, y + 6)
        for x, y, side in found
    ]
    for i, a in enumerate(boxes):
        for b in boxes[:i]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_arms_and_lengths_are_drawn_where_there_are_any(record: Any, table: Any) -> None:
    rows: list[Any] = []
    for arm, tokens, kept in (("plain", 10, 20), ("remind_thinking", 30, 40)):
        for i in range(70):
            sizes = {"tokens_thinking": tokens + i % 35, "tokens_out": tokens + i}
            rows.append(record(i, arm=arm, obeyed=(i < kept, True), **sizes))
    charts = made([table(rows)])
    row = next(r for r in charts["arms"].rows if r[1] == "HAcc")
    assert row[0] == "remind_thinking" and row[2] == "28.6" and row[5] == "70"  # 20 of 70 recovered
    assert float(charts["arms-cost"].rows[0][2]) > 1
    assert "beside=organism%20%C2%B7%20plain&flips=any" in charts["arms"].links[0]
    assert len(charts["length"].rows) == 6
    assert "tokens_thinking=10-" in charts["length"].links[0]
    how = [r[0] for r in charts["length-effect"].rows]
    assert how[0] == "across items" and "within an item" in how


def test_answers_to_bare_prompts_alone_have_charts_of_their_own(record: Any, table: Any) -> None:
    rows = [
        record(i, "without", model=m, names=(), n_constraints=0, correct=i < k, source="ab"[i % 2])
        for m, k in (("before", 3), ("after", 7))
        for i in range(10)
    ]
    charts = made([table(rows)])
    assert [row[:3] for row in charts["outcomes"].rows] == [
        ("after", "correct, without", "70.0"), ("before", "correct, without", "30.0"),
    ]  # fmt: skip
    assert charts["sources"].title == "Right answers by source"


def test_conversations_have_a_curve_over_turns(record: Any, table: Any) -> None:
    rows = [record(i, turn=t, obeyed=(t < 2 or i < 3, True)) for i in range(6) for t in range(4)]
    chart = made([table(rows)])["turns"]
    assert [row[1:3] for row in chart.rows] == [
        ("1", "100.0"),
        ("2", "100.0"),
        ("3", "50.0"),
        ("4", "50.0"),
    ]
    assert "turn=2" in chart.links[2] and "turn" not in made([table(rows[::4], name="one")])


def test_few_problems_have_no_bars_and_it_is_said(record: Any, table: Any) -> None:
    chart = made([table([record(i) for i in range(3)])])["outcomes"]
    assert chart.interval == "fewer than 5 problems: no intervals"
    values = chart.spec["data"]["values"]
    assert all(v["low"] == v["value"] == v["high"] for v in values)


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (8, 300, [10, 20, 50, 100, 200]),
        (0.4, 3.5, [0.5, 1, 2]),
        (19, 21, [19, 20, 21]),
        (1, 1e6, [1, 10, 100, 1000, 1e4, 1e5, 1e6]),
    ],
)
def test_ticks_of_a_logarithmic_axis(low: float, high: float, ticks: list[float]) -> None:
    assert log_ticks(low, high) == pytest.approx(ticks)


def test_checkpoints_have_curves_over_steps_and_models_have_none(record: Any, table: Any) -> None:
    def rows(names: tuple[str, ...]) -> list[Any]:
        return [
            record(i, model=name, obeyed=(i < 10 - 3 * at, True))
            for at, name in enumerate(names)
            for i in range(10)
        ]

    charts = made([table(rows(("ckpt-0", "ckpt-500", "ckpt-1000")))])
    assert list(charts)[1] == "watch"
    values = {v["series"]: [] for v in charts["watch"].spec["data"]["values"]}
    for v in charts["watch"].spec["data"]["values"]:
        values[v["series"]].append((v["x"], round(v["value"], 6)))
    assert values["hard"] == [(0, 100), (500, 70), (1000, 40)]
    assert not any(
        key.startswith("watch") for key in made([table(rows(("a-7b", "a-14b", "a-32b")), name="b")])
    )
    # a study's own step
    staged = [
        record(i, factors={"step": s}, obeyed=(i < s, True)) for s in (2, 5, 9) for i in range(10)
    ]
    assert "watch" in made([table(staged, name="c")])


def test_a_plane_shows_the_tens_around_its_points() -> None:
    assert percents([88, 99.5]) == (60, 100)
    assert percents([3, 12, 40]) == (0, 50)
    assert percents([50]) == (20, 60)
    assert percents([0, 100]) == (0, 100)


def test_how_answers_were_found_with_constraints_beside_without(record: Any, table: Any) -> None:
    rows = [record(i, found_how="boxed" if i < 5 else "sentence") for i in range(10)]
    rows += [record(i, "without", found_how="boxed" if i < 8 else "sentence") for i in range(10)]
    chart = made([table(rows)])["found-how"]
    assert [row[:3] for row in chart.rows] == [
        ("boxed", "with constraints", "50.0"), ("boxed", "without", "80.0"),
        ("sentence", "with constraints", "50.0"), ("sentence", "without", "20.0"),
    ]  # fmt: skip
    assert "found_how=boxed&condition=without" in chart.links[1]


def test_with_prices_the_front_is_in_dollars(record: Any, table: Any) -> None:
    rows = [
        record(i, model=m, tokens_out=t + i) for m, t in (("a", 10), ("b", 30)) for i in range(8)
    ]
    charts = made([table(rows, prices={"a": [1.0, 10.0], "b": [1.0, 2.0]})])
    assert charts["price"].unit.startswith("US dollars")
    # 10 tokens in at 1, 13.5 out at 10 dollars a million
    assert charts["dollars"].rows[0][2] == "0.000145"
    assert "dollars" not in made([table(rows, name="no-prices")])


@pytest.mark.parametrize("name", ["__proto__", "", "\u202e" * 3 + "a" * 5000])
def test_names_that_break_drawings_break_none(record: Any, table: Any, name: str) -> None:
    rows = [
        record(i, model=m, source=(name, "b")[i % 2], names=(name, "no_comma"), tokens_out=10 + i)
        for m in (name, "other")
        for i in range(6)
    ]
    for chart in made([table(rows)]).values():
        ElementTree.fromstring(chart.to_svg())
