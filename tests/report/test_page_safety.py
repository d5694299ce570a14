"""Hostile text in every field of a record: it is there to be read, and nothing of it runs, asks or shows."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from browsing import follow, show, until

from bridle.records import Record
from bridle.report.untrusted import line, visible

PAYLOADS: list[str] = json.loads((Path(__file__).parent / "data" / "hostile.json").read_text())
# elements that no text may bring; the page's own script and its links to samples are told apart below
FOREIGN = (
    "img,iframe,object,embed,base,link,foreignObject,image,use,animate,set,video,audio,picture,"
    "template,marquee,math,textarea,b,[contenteditable],[srcdoc],[popover],[style*=position]"
)


def hostile(record: Any) -> list[Record]:
    """A record for each payload, which stands in every field that a model or a file can fill."""
    rows: list[Record] = []
    for number, text in enumerate(PAYLOADS):
        row = record(
            number,
            obeyed=(False, number % 2 == 0),
            names=(text, "words"),
            upstream=[True, True],
            # the models are few: a summary computes intervals for each
            model=PAYLOADS[number % 4] + " model",
            arm=PAYLOADS[number % 3],
            source=PAYLOADS[number % 5],
            group=text,
            item=f"{number} {text}",
            problem=f"{number} {text}",
            prompt=text,
            thinking=text,
            answer=text,
            found=text,
            reference=text,
            reason=text,
            equality=text,
            finish_reason=text,
            dialect=text,
            read_how=text,
            found_how=text,
            raw=text + "end",
            authors=[[0, 2, text], [2, 3, "model"]],
            sent={"settings": {text: text}, "dropped": [text], "messages": []},
        )
        row.verdicts[0] |= {"evidence": [[1, 4], [2, 9], [0, len(text)]], "wanted": text}
        row.verdicts[0] |= {"observed": text, "family": text, "params": {text: text}}
        rows.append(dataclasses.replace(row, bridle_version=PAYLOADS[number % 7]))
    rows.append(record(900, status="error", error="\n".join(PAYLOADS), model="quiet"))
    rows.append(record(901, status="truncated", model="quiet"))
    return rows


@pytest.fixture(scope="module")
def page(browser: Any, record: Any, tmp_path_factory: Any) -> Any:
    from bridle.records import read, write

    folder = tmp_path_factory.mktemp("hostile")
    rows = hostile(record)
    about = {"command": "score", "benchmark": PAYLOADS[0]}
    about |= {text: {text: [text]} for text in PAYLOADS if "\ud800" not in text}
    write(rows, folder / "study" / "records.parquet", planned=len(rows), about=about)
    show(browser, [read(folder / "study")], folder / "page.html")
    return browser


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60


def test_every_payload_is_shown_in_every_place_and_none_acts(page: Any) -> None:
    shown = page.execute_async_script(
        # opens every sample in turn, everything in it unfolded, and hands back its texts
        "const done = arguments[0], box = document.getElementById('list'), all = [];"
        "const wait = () => new Promise(r => setTimeout(r, 0));"
        "const idle = async () => { do await wait();"
        "  while (document.getElementById('samples').dataset.busy !== '0'); };"
        "(async () => {"
        "  location.hash = '#samples?sort=item'; await wait(); await idle();"
        "  const total = Number(document.querySelector('[role=option]').getAttribute('aria-setsize'));"
        "  const press = key => box.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));"
        "  press('Home');"
        "  for (let i = 0; i < total; i++) {"
        "    await wait(); await idle();"
        "    const one = document.querySelector('article.sample');"
        "    one.querySelectorAll('details').forEach(d => d.open = true);"
        "    all.push({item: one.querySelector('h3 bdi').textContent,"
        "      texts: [...one.querySelectorAll('pre')].map(p => p.textContent),"
        "      cells: [...one.querySelectorAll('li bdi, dd bdi, p bdi')].map(p => p.textContent)});"
        "    press('ArrowDown');"
        "  }"
        "  return all; })().then(done, e => done(String(e)));"
    )
    assert isinstance(shown, list), shown
    assert len(shown) == len(PAYLOADS) + 2
    by_item = {sample["item"]: sample for sample in shown}
    for number, text in enumerate(PAYLOADS):
        sample = by_item[line(f"{number} {text}", most=300)]
        # prompt, thinking, answer, and the turn as a whole
        assert sample["texts"] == [visible(text)] * 3 + [visible(text + "end")]
        cells = sample["cells"]
        assert {line(text, most=n) for n in (300, 400, 600)} <= {*cells}, number
    page.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    # whatever would start by itself has had its time
    page.execute_async_script("setTimeout(arguments[0], 300)")
    assert page.execute_script("return [window.hit ?? null, window.opener]") == [None, None]
    assert page.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert [e for e in page.get_log("browser") if e["level"] in ("SEVERE", "WARNING")] == []
    assert page.execute_script("return location.pathname").endswith("/page.html")


def test_no_element_and_no_attribute_came_from_a_text(page: Any) -> None:
    page.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.execute_script(f"return document.querySelectorAll('{FOREIGN}').length") == 0
    assert page.execute_script("return document.querySelectorAll('#samples').length") == 1
    odd = page.execute_script(
        "return [...document.querySelectorAll('*')].flatMap(e => [...e.attributes].map(a => [e, a]))"
        "  .filter(([e, a]) => a.name.startsWith('on') || a.name === 'src' || a.name === 'autofocus' ||"
        "    (a.name.includes('href') && !/^(#|data:application.pdf;base64,)/.test(a.value)))"
        "  .map(([e, a]) => `${e.tagName} ${a.name}=${a.value}`)"
    )
    assert odd == []
    scripts = page.execute_script("return [...document.scripts].map(s => s.type)")
    assert sorted(set(scripts)) == ["", "application/json", "text/plain"]
    assert scripts.count("") == 1


def test_nothing_pushes_the_page_out_of_its_width(page: Any) -> None:
    page.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
    width, most = page.execute_script(
        "const e = document.documentElement; return [e.scrollWidth, e.clientWidth]"
    )
    assert width <= most


def test_a_filter_of_any_text_finds_its_samples(page: Any) -> None:
    follow(page, "#samples?constraint=__proto__")
    assert page.execute_script("return document.querySelectorAll('[role=option]').length") == 1
    follow(page, "#samples?__proto__=1&constructor=2&who=%3Cscript%3E")
    assert page.execute_script("return document.querySelectorAll('[role=option]').length") == 0
    follow(page, "#samples?open=%22%3E%3Cimg%20src=x%20onerror=window.hit=1%3E&tokens_thinking=x")
    assert page.execute_script("return window.hit ?? null") is None


def test_what_did_get_in_could_do_nothing(page: Any) -> None:
    tried = page.execute_async_script(
        "const done = arguments[0], tried = [];"
        "const s = document.createElement('script');"
        "try { s.textContent = 'window.hit = 1'; document.body.append(s); } catch { tried.push('text'); }"
        "const d = document.createElement('div');"
        "try { d.innerHTML = '<img src=x onerror=\"window.hit=1\">'; } catch { tried.push('markup'); }"
        "const i = document.createElement('img'); i.setAttribute('src', 'https://example.org/x.png');"
        "try { i.setAttribute('onerror', 'window.hit=1'); } catch { tried.push('handler'); }"
        "document.body.append(i);"
        "fetch('https://example.org/').catch(() => tried.push('request'));"
        "setTimeout(() => done([window.hit ?? null, tried.includes('markup'), tried.includes('request')]), 200)"
    )
    assert tried == [None, True, True]
    until(page, "return !window.hit")
    page.get_log("browser")
