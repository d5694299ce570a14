"""Accuracy on labelled texts, by style; what may never happen, for all of them."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import get
from bridle.languages.classify import alike
from bridle.languages.detect import NAMES, known_language, languages
from bridle.text import View, read_text

ROOT = Path(__file__).resolve().parent.parent.parent


def _benchmark() -> ModuleType:
    """benchmarks/languages.py: what its tables count is what is asserted here."""
    spec = importlib.util.spec_from_file_location(
        "languages_benchmark", ROOT / "benchmarks" / "languages.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BENCHMARK = _benchmark()
CASES = BENCHMARK.labelled()
PLAIN = [case for case in CASES if case.style == "plain"]


@pytest.fixture(scope="module")
def by_style() -> dict[str, Counter[str]]:
    return BENCHMARK.by_style(CASES, BENCHMARK.ours)


def test_the_set_is_large_enough_and_its_own() -> None:
    assert len(CASES) >= 770
    assert len({case.language for case in CASES} - {"und"}) >= 39
    assert len({case.text for case in CASES}) == len(CASES)  # none fits two languages
    sizes = Counter(case.style for case in CASES)
    assert min(sizes[style] for style in ("plain", "latex", "short", "mixed")) >= 75
    assert sizes["capitals"] >= 60 and sizes["none"] >= 25


def test_every_language_of_the_public_sets_is_labelled(shared_data: Path) -> None:
    wanted: set[str] = set()
    for path in sorted((shared_data / "mathif").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line) if line.strip() else {"constraint_args": []}
            wanted.update(a["language"] for a in row["constraint_args"] if a and "language" in a)
    for line in (shared_data / "ifeval/prompts.jsonl").read_text(encoding="utf-8").splitlines():
        wanted.update(a["language"] for a in json.loads(line)["kwargs"] if a.get("language"))
    for row in json.loads((shared_data / "reasonif/reasonIF_dataset.json").read_text("utf-8")):
        given = row["constraint_args"]
        wanted.update(a["language"] for a in given or () if a and "language" in a)
    assert len(wanted) > 20
    assert {known_language(code) for code in wanted} <= {case.language for case in CASES}


@pytest.mark.parametrize(
    ("style", "right", "wrong"),
    [
        ("plain", 0.98, 0.0),
        ("latex", 0.95, 0.0),
        ("capitals", 0.95, 0.0),
        ("short", 0.92, 0.01),
        ("mixed", 0.95, 0.0),
        ("none", 1.0, 0.0),
    ],
)
def test_accuracy(
    by_style: dict[str, Counter[str]], style: str, right: float, wrong: float
) -> None:
    counts = by_style[style]
    assert counts["right"] >= right * counts.total()
    assert counts["wrong"] <= wrong * counts.total()


@pytest.mark.parametrize(
    ("number", "texts", "right", "wrong"),
    [
        ("first", 325, 0.95, 0),
        ("second", 104, 0.9, 1),
        ("third", 71, 0.9, 0),
        ("fourth", 250, 0.96, 0),
        ("fifth", 50, 0.84, 0),
        ("sixth", 10, 0.7, 0),
    ],
)
def test_texts_that_were_held_out(number: str, texts: int, right: float, wrong: int) -> None:
    """The one that stays wrong is a call of five letters after a Spanish answer: "Peace!"."""
    cases = BENCHMARK.held_out(number)
    assert len(cases) == texts
    counts = Counter(BENCHMARK.outcome(case, BENCHMARK.ours(case.text)) for case in cases)
    assert counts["right"] >= right * texts
    assert counts["wrong"] <= wrong


def test_held_out_texts_are_no_labelled_ones() -> None:
    seen = [case.text for case in CASES]
    for number in BENCHMARK.ROUNDS:
        seen += [case.text for case in BENCHMARK.held_out(number)]
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("case", BENCHMARK.held_out("first")[::3], ids=lambda case: case.language)
def test_no_held_out_text_passes_for_another_language(case: Any) -> None:
    for code in NAMES:
        if case.shares.get(code, 0.0) < 0.8:
            assert get("language", language=code).check(case.text).obeyed is not True


def test_plain_prose_in_capitals() -> None:
    counts = Counter(BENCHMARK.outcome(case, BENCHMARK.ours(case.text.upper())) for case in PLAIN)
    assert counts["wrong"] == 0
    assert counts["right"] >= 0.97 * len(PLAIN)


def test_maths_and_code_never_count() -> None:
    for case in PLAIN:
        around = f"$$\\frac{{every}}{{word}} = x_{{maths}}$$ {case.text} `and this is code`"
        assert BENCHMARK.ours(around) == BENCHMARK.ours(case.text), case.text


def test_no_text_passes_for_its_neighbour() -> None:
    for case in CASES:
        if len(case.shares) != 1:
            continue
        for code in NAMES:
            if code != case.language and alike(code, case.language):
                assert get("language", language=code).check(case.text).obeyed is not True, case.text


def test_share_decides() -> None:
    for case in CASES:
        if case.style != "mixed":
            continue
        passes = get("language", language=case.language).obeyed_by(case.text)
        assert passes is (case.shares[case.language] >= 0.9), case.text
        for code, share in case.shares.items():
            got = languages(read_text(case.text).masked)
            assert got is not None
            if "?" in got:
                continue
            low, high = max(share - 0.1, 0.01), min(share + 0.1, 1.0)
            assert get("language", language=code, share=low).check(case.text).obeyed is True
            assert get("language", language=code, share=high).check(case.text).obeyed is False


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Arealet under kurven er altså så stort.", ("da", "nb")),
        ("Jadi bilangan itu genap.", ("id", "ms")),
        ("Tidak ada penyelesaian.", ("id", "ms")),
        ("A resposta é sete.", ("pt", "gl")),
        ("二次方程式", ("zh", "ja")),
    ],
)
def test_what_two_languages_write_alike_is_undetermined(text: str, codes: tuple[str, str]) -> None:
    for code in codes:
        assert get("language", language=code).check(text).obeyed is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("答えは七です。面積計算。", "ja"),
        ("所以这个数是偶数。", "zh"),
        ("דער ענטפער איז זיבן, און דאס איז אלעס וואס מיר זוכן.", "yi"),
        ("İKİ SAYININ TOPLAMI YEDİDİR, ÇÜNKÜ ÜÇ İLE DÖRT BİR BÜTÜN OLUR.", "tr"),
        ("Mae'r trên yn teithio chwe deg milltir yn yr awr gyntaf a deugain yn yr ail.", "cy"),
    ],
)
def test_single_cases(text: str, code: str) -> None:
    assert get("language", language=code).check(text).obeyed is True


def test_spelling_of_the_characters_changes_nothing() -> None:
    for case in PLAIN:
        expected = BENCHMARK.ours(case.text)
        broken = case.text.replace(" ", "\x00 ", 2).replace(" ", " \ud800", 1) + "\x1b\r\n"
        for text in (unicodedata.normalize("NFD", case.text), case.text + " \r\n", broken):
            got = BENCHMARK.ours(text)
            assert (got or {}).keys() == (expected or {}).keys(), text


_CHARS = st.characters(codec=None) | st.sampled_from("\x00\x1b\u200b\u202e\ud800\udfffİıßﬁаaαا")


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.text(_CHARS, max_size=80), st.sampled_from(sorted(NAMES)))
def test_any_text_gets_shares_or_none(text: str, code: str) -> None:
    shares = languages(View(text, ()))
    if shares is not None:
        assert sum(shares.values()) == pytest.approx(1.0)
        assert all(0 < share <= 1 + 1e-9 for share in shares.values())
        assert set(shares) <= {*NAMES, "?"}
    rule = get("language", language=code)
    assert rule.check(text) == rule.check(text)


def test_verdicts_do_not_depend_on_the_process() -> None:
    """The same answers in a fresh interpreter, with another hash seed, asked in another order."""
    texts = [case.text for case in CASES if case.style in ("short", "mixed")][::5]
    code = (
        "import json,sys\nfrom bridle.languages.detect import languages\n"
        "from bridle.text import read_text\n"
        "texts=json.load(sys.stdin)\n"
        "print(json.dumps([languages(read_text(t).masked) for t in reversed(texts)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "7", "PATH": ""},
    )
    there = json.loads(done.stdout)[::-1]
    assert there == [languages(read_text(text).masked) for text in texts]


def test_nothing_is_loaded_at_import() -> None:
    code = (
        "import sys, bridle.constraints, bridle.languages.classify as c\n"
        "print([m for m in sys.modules if m.startswith(('pycld2', 'py3langid', 'numpy'))],"
        " c._table.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("]")[0] == "[" and done.stdout.split()[-1] == "0"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kotae wa nana desu.", "ja sw zh"),
        ("Pehle hum nikalte hain ki kitne minute lage, phir samay jodte hain.", "ur en id gl"),
        ("Snachala vychislim, skolko minut on podnimayetsya v goru.", "hr sl cs pl en"),
        ("Proto ypologizoume posa lepta chreiazetai gia tin anifora kai meta.", "cs es en it"),
    ],
)
def test_another_script_in_latin_letters_is_no_latin_language(text: str, codes: str) -> None:
    for code in codes.split():
        assert get("language", language=code).check(text).obeyed is not True
    assert languages(read_text(text).masked) is None


def test_romanised_text_does_not_obey_a_rule_for_its_own_script() -> None:
    text = "Pehle hum nikalte hain ki kitne minute lage, phir samay jodte hain."
    verdict = get("language", language="hi").check(text)
    assert verdict.obeyed is False and "script" in verdict.reason
    assert verdict.evidence == ((0, len(text)),)


@pytest.mark.parametrize("text", ["∀ε>0 ∃δ>0", "α = 30°, β = 60°", "Δ, Ω; πr", "θ"])
def test_greek_letters_alone_are_no_greek(text: str) -> None:
    assert get("language", language="el").check(text).obeyed is None
    assert get("language", language="en").check(f"The angle is right: {text}").obeyed is True


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dakle, zbroj kutova trokuta iznosi sto osamdeset stupnjeva.", "hr"),
        ("Dakle, zbir uglova trougla iznosi sto osamdeset stepeni, što sledi odavde.", "sr"),
        ("Dakle, zbir uglova trougla ima istu vrijednost, što slijedi iz jednačine.", "bs"),
    ],
)
def test_croatian_bosnian_serbian(text: str, code: str) -> None:
    for asked in ("hr", "bs", "sr"):
        assert get("language", language=asked).check(text).obeyed is (asked == code)


@pytest.mark.parametrize("asked", ["hr", "bs", "sr"])
def test_what_the_three_write_alike_is_undetermined(asked: str) -> None:
    text = "Odgovor je broj tri jer je dva i jedan tri."
    assert get("language", language=asked).check(text).obeyed is None


def test_a_language_without_a_list_is_not_taken_for_its_neighbour() -> None:
    occitan = (
        "Totes los èssers umans naisson liures e egals en dignitat e en dreches. Son dotats de "
        "rason e de consciéncia e se devon comportar los unes amb los autres dins un esperit de "
        "fraternitat. "
    )
    haitian = (
        "Tout moun fèt lib, egal pou diyite kou wè dwa. Nou gen la rezon ak la konsyans epi nou "
        "fèt pou nou aji youn ak lòt ak yon lespri fwatènite. "
    )
    for text in (occitan, haitian):
        for code in ("es", "ca", "fr", "pt", "it"):
            assert get("language", language=code).check(text * 3).obeyed is not True


def test_a_very_long_text_of_two_languages_that_take_turns() -> None:
    lines = "La respuesta es cuatro porque sumamos los dos números.\n" * 2
    lines += "The answer is four because we add the two numbers.\n" * 2
    shares = languages(View(lines * 4_000, ()))  # samples of it are looked at
    assert shares is not None and set(shares) == {"es", "en"}
    assert shares["es"] == pytest.approx(0.52, abs=0.05)


@pytest.mark.parametrize("text", ["I see: 4.", "I SEE", "No. 4", "Me on.", "OK"])
def test_a_word_or_two_are_never_called_foreign(text: str) -> None:
    # English by the eye, and Estonian, Spanish, ... by one common word.
    assert get("language", language="en").check(text).obeyed is not False
