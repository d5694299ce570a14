"""The samples of the page in a real browser: filters, search, order, keyboard, links, pairs, flips."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from browsing import follow, listed, settled, show, until
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from bridle.report.links import behind, samples

COLD, HOT = "cold", "hot"
N = 400  # problems: more rows than a list can have in sight


def study(record: Any) -> list[Any]:
    """Two models; the second flips some: it breaks every tenth and mends every hundredth of the first."""
    rows: list[Any] = []
    for i in range(N):
        broken = i % 20 == 0
        text = "so 12, a needle in here" if i == 217 else f"The answer of {i} is 12."
        rows.append(
            record(i, model=COLD, obeyed=(not broken, True), answer=text, source=f"s{i % 2}",
                   tokens_thinking=i, evidence=[[0, 3]])
        )  # fmt: skip
        other = (i % 100 == 0) if broken else i % 10 != 5
        rows.append(record(i, model=HOT, obeyed=(other, i % 50 != 7), tokens_thinking=2 * i))
    rows += [record(i, "without", model=COLD, obeyed=(False, True)) for i in range(0, N, 2)]
    rows += [record(N, model=COLD, status="truncated"), record(N + 1, model=HOT, status="error")]
    rows += [
        record(N + 2, model=COLD, correct=False),
        record(N + 2, model=HOT, obeyed=(None, True)),
    ]
    return rows


@pytest.fixture(scope="module")
def rows(record: Any) -> list[Any]:
    return study(record)


@pytest.fixture(scope="module")
def page(browser: Any, rows: list[Any], tmp_path_factory: Any) -> Any:
    from bridle.records import read, write

    folder: Path = tmp_path_factory.mktemp("samples")
    write(rows, folder / "study" / "records.parquet", planned=len(rows), about={"command": "run"})
    show(browser, [read(folder / "study")], folder / "page.html")
    return browser


def shown(page: Any) -> list[str]:
    """The rows in sight, from the top."""
    return page.execute_script(
        "return [...document.querySelectorAll('[role=option]')]"
        "  .sort((a, b) => a.dataset.place - b.dataset.place).map(r => r.querySelector('.what').textContent)"
    )


def opened(page: Any) -> list[str]:
    return page.execute_script(
        "return [...document.querySelectorAll('article.sample h3')].map(h => h.textContent)"
    )


def of(total: int, all_: int) -> str:
    return f"{total:,} of {all_:,} samples" if total != all_ else f"All {all_:,} samples"


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        ({}, lambda r: True),
        ({"who": HOT}, lambda r: r.model == HOT),
        ({"constraint": "words", "obeyed": "no", "condition": "with"},
         lambda r: r.condition == "with" and r.status != "error"
         and (r.status != "complete" or r.verdicts[0]["obeyed"] is False)),
        ({"obeyed": "no", "who": COLD}, lambda r: r.model == COLD and r.hard is False),
        ({"obeyed": "undetermined"}, lambda r: r.undetermined == 1),
        ({"correct": "no", "status": "complete"}, lambda r: r.status == "complete" and not r.correct),
        ({"status": "truncated"}, lambda r: r.status == "truncated"),
        ({"condition": "without"}, lambda r: r.condition == "without"),
        ({"source": "s1", "model": COLD}, lambda r: r.source == "s1" and r.model == COLD),
        ({"tokens_thinking": "100-102"},
         lambda r: r.tokens_thinking is not None and 100 <= r.tokens_thinking <= 102),
        ({"item": "crossed:7"}, lambda r: r.item == "crossed:7"),
        ({"joint": "no", "who": COLD, "condition": "with"},
         lambda r: r.joint is False and r.model == COLD and r.condition == "with"),
    ],
    ids=lambda given: str(given) if isinstance(given, dict) else "rows",
)  # fmt: skip
def test_a_filter_lists_what_passes_it(
    page: Any, rows: list[Any], filters: dict[str, str], passes: Any
) -> None:
    follow(page, samples(**filters))
    wanted = [r for r in rows if passes(r)]
    assert wanted
    assert listed(page) == of(len(wanted), len(rows))
    for key, value in filters.items():  # the form says the same, or a button beside it
        stands = page.execute_script(
            "const c = document.getElementById('filters').elements.namedItem(arguments[0]);"
            "return c && c.value === arguments[1] ||"
            "  document.getElementById('chips').textContent.includes(arguments[1])",
            key,
            value,
        )
        assert stands, key


def test_the_form_filters_and_the_address_says_so(page: Any, rows: list[Any]) -> None:
    follow(page, "#samples")
    page.execute_script(
        "const s = document.querySelector('[name=constraint]'); s.value = 'no_comma';"
        "s.dispatchEvent(new Event('input', {bubbles: true}))"
    )
    until(page, "return location.hash === '#samples?constraint=no_comma'")
    settled(page)
    assert listed(page) == of(len(rows), len(rows))
    follow(page, samples(constraint="no_comma", item="crossed:7"))
    page.find_element(By.CSS_SELECTOR, ".chip").click()
    until(page, "return location.hash === '#samples?constraint=no_comma'")
    page.find_element(By.ID, "clear").click()
    until(page, "return location.hash === '#samples'")


def test_a_figure_of_the_tables_leads_to_its_failures(page: Any, rows: list[Any]) -> None:
    follow(page, "#samples")
    page.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    link = behind("hacc", who=COLD, source="s0")
    page.execute_script("document.querySelector(`a[href='${arguments[0]}']`).click()", link)
    settled(page)
    failed = [r for r in rows if r.model == COLD and r.hard is False and r.source == "s0"]
    assert listed(page) == of(len(failed), len(rows))
    # the section is brought into sight, and the keyboard is on its list
    assert page.execute_script("return document.activeElement.id") == "list"
    top = page.execute_script(
        "return document.getElementById('samples').getBoundingClientRect().top"
    )
    assert abs(top) < 60
    figure = page.execute_script(
        "return document.querySelector(`a[href='${arguments[0]}']`).textContent", link
    )
    total = [r for r in rows if r.model == COLD and r.source == "s0"]
    assert figure == f"{100 * (1 - len(failed) / len(total)):.1f}"


def test_no_figure_of_the_tables_leads_to_nothing(page: Any) -> None:
    found = page.execute_async_script(
        "const done = arguments[0], empty = [], wait = () => new Promise(r => setTimeout(r, 0));"
        "const links = new Set([...document.querySelectorAll('#summary a, #slices a')]"
        "  .map(a => a.getAttribute('href')));"
        "(async () => { for (const link of links) {"
        "  location.hash = link;"
        "  do await wait(); while (document.getElementById('samples').dataset.busy !== '0');"
        "  if (!document.querySelector('[role=option]')) empty.push(link);"
        "} return [links.size, empty]; })().then(done, e => done(String(e)))"
    )
    assert found[0] > 30
    assert found[1] == []


def test_search_goes_through_every_text(page: Any, rows: list[Any]) -> None:
    follow(page, "#samples?q=NEEDLE")
    assert listed(page) == of(1, len(rows))
    assert shown(page) == [f"crossed:217 · {COLD}"]
    follow(page, "#samples?q=nowhere%20at%20all")
    assert listed(page).endswith("nothing passes these filters")
    follow(page, f"#samples?q=crossed:39&who={HOT}")  # ids are found, too
    assert listed(page) == of(
        len([i for i in range(N) if f"crossed:{i}".startswith("crossed:39")]), len(rows)
    )
    box = page.find_element(By.NAME, "q")
    box.clear()
    box.send_keys("needle")
    until(page, "return location.hash.includes('q=needle')")
    settled(page)
    assert page.execute_script("return document.activeElement.name") == "q"  # typing goes on


def test_failures_come_first_and_other_orders_are_to_be_had(page: Any, rows: list[Any]) -> None:
    follow(page, "#samples")
    how = page.execute_script(
        "return [...document.querySelectorAll('[role=option]')]"
        "  .sort((a, b) => a.dataset.place - b.dataset.place).map(r => r.querySelector('.how').textContent)"
    )
    assert how
    assert all("✗ words" in text or "✗ no_comma" in text for text in how)
    follow(page, f"#samples?who={HOT}&sort=thinking")
    assert shown(page)[:3] == [f"crossed:{i} · {HOT}" for i in (399, 398, 397)]
    follow(page, f"#samples?who={HOT}&sort=short&status=complete")
    assert shown(page)[:3] == [f"crossed:{i} · {HOT}" for i in (0, 1, 2)]


def test_a_list_of_any_length_holds_few_elements_and_scrolls_to_its_end(
    page: Any, rows: list[Any]
) -> None:
    follow(page, "#samples?sort=item")
    assert len(shown(page)) < 60 < len(rows)
    page.execute_script("const b = document.getElementById('list'); b.scrollTop = b.scrollHeight")
    last = f"return !!document.getElementById('row-{len(rows) - 1}')"
    until(page, last)
    assert len(shown(page)) < 60
    places = page.execute_script(
        "const e = document.getElementById(arguments[0]);"
        "return [e.getAttribute('aria-posinset'), e.getAttribute('aria-setsize')]",
        f"row-{len(rows) - 1}",
    )
    assert places == [str(len(rows))] * 2


def test_the_keyboard_goes_through_the_list(page: Any) -> None:
    follow(page, f"#samples?who={COLD}&condition=with&sort=short&status=complete")
    box = page.find_element(By.ID, "list")
    box.send_keys(Keys.HOME)
    settled(page)
    assert opened(page) == [f"crossed:0 · {COLD} · with constraints"]
    box.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    settled(page)
    assert opened(page) == [f"crossed:2 · {COLD} · with constraints"]
    active = page.execute_script(
        "const b = document.getElementById('list');"
        "return document.getElementById(b.getAttribute('aria-activedescendant')).textContent"
    )
    assert active.startswith("crossed:2 ·")
    box.send_keys(Keys.END)
    settled(page)
    assert page.execute_script("return document.getElementById('list').scrollTop") > 1_000
    box.send_keys(Keys.ENTER)
    assert page.execute_script("return document.activeElement.id") == "opened"
    page.find_element(By.ID, "opened").send_keys(Keys.ESCAPE)
    settled(page)
    assert opened(page) == []
    assert page.execute_script("return document.activeElement.id") == "list"


def test_a_link_opens_one_sample_in_a_new_window(page: Any) -> None:
    follow(page, f"#samples?who={COLD}&item=crossed:20&condition=with")
    page.find_element(By.ID, "list").send_keys(Keys.HOME)
    settled(page)
    link = page.find_element(By.LINK_TEXT, "Link to this sample").get_attribute("href")
    assert link.count("open=") == 1
    page.get("about:blank")
    page.get(link)
    until(page, "return document.querySelector('article.sample h3')")
    assert opened(page) == [f"crossed:20 · {COLD} · with constraints"]
    marks = page.execute_script(
        "return [...document.querySelectorAll('article.sample mark')].map(m =>"
        "  [m.textContent, m.dataset.of, m.title])"
    )
    assert marks == [["The", "1", "1: words: said in a sentence"]]
    said = page.execute_script(
        "return [...document.querySelectorAll('.verdicts li')].map(e => e.textContent)"
    )
    assert said == [
        "1words ✗ brokensaid in a sentencewanted: at most 300 words; observed: 312",
        "2no_comma ✓ obeyedsaid in a sentencewanted: at most 300 words; observed: 312",
    ]
    assert page.execute_script("return document.querySelector('article details').open") is False


def beside(page: Any, label: str) -> None:
    page.execute_script(
        "const s = document.querySelector('.tools select');"
        "s.value = [...s.options].find(o => o.textContent === arguments[0]).value;"
        "s.dispatchEvent(new Event('change'))",
        label,
    )
    until(page, "return document.querySelectorAll('article.sample').length === 2")


def test_with_and_without_stand_side_by_side_and_stay_so(page: Any) -> None:
    follow(page, f"#samples?who={COLD}&condition=with&sort=short")
    box = page.find_element(By.ID, "list")
    box.send_keys(Keys.HOME)
    settled(page)
    beside(page, "without constraints")
    assert opened(page)[1] == f"crossed:0 · {COLD} · without constraints"
    box.send_keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    settled(page)
    assert opened(page) == [f"crossed:2 · {COLD} · {w} constraints" for w in ("with", "without")]
    beside(page, HOT)
    assert opened(page)[1] == f"crossed:2 · {HOT} · with constraints"


def test_flips_between_two_models(page: Any, rows: list[Any]) -> None:
    hard = {(r.model, r.item): r.hard for r in rows if r.condition == "with"}
    pairs = {
        item: (value, hard[HOT, item])
        for (model, item), value in hard.items()
        if model == COLD and hard.get((HOT, item)) is not None
    }
    lost = [item for item, pair in pairs.items() if pair == (True, False)]
    gained = [item for item, pair in pairs.items() if pair == (False, True)]
    assert lost and gained
    follow(page, samples(who=COLD, beside=HOT, flips="lost"))
    assert listed(page) == of(len(lost), len(rows))
    page.find_element(By.ID, "list").send_keys(Keys.HOME)
    until(page, "return document.querySelectorAll('article.sample').length === 2")
    first = opened(page)
    assert first[1] == first[0].replace(COLD, HOT)
    assert first[0].split(" ")[0] in lost
    follow(page, samples(who=COLD, beside=HOT, flips="gained"))
    assert listed(page) == of(len(gained), len(rows))
    follow(page, samples(who=COLD, beside=HOT, flips="any"))
    assert listed(page) == of(len(lost) + len(gained), len(rows))
    follow(page, "#samples")
    page.execute_script(  # chosen in the form, one row is chosen to stand beside
        "const s = document.getElementById('beside'); s.value = arguments[0];"
        "s.dispatchEvent(new Event('input', {bubbles: true}))",
        HOT,
    )
    until(page, "return location.hash.includes('who=cold')")
    follow(page, "#samples")


def test_the_browsers_back_goes_back(page: Any) -> None:
    follow(page, f"#samples?who={HOT}")
    page.find_element(By.ID, "list").send_keys(Keys.HOME)
    settled(page)
    assert len(opened(page)) == 1
    page.back()
    settled(page)
    until(page, f"return location.hash === '#samples?who={HOT}'")
    until(page, "return !document.querySelector('article.sample')")


def test_nothing_failed_in_the_browser(page: Any) -> None:
    time.sleep(0.05)
    assert [e for e in page.get_log("browser") if e["level"] in ("SEVERE", "WARNING")] == []
    assert page.execute_script("return performance.getEntriesByType('resource').length") == 0
