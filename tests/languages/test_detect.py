"""Languages: right on whole answers, and never a wrong guess on short ones."""

from __future__ import annotations

import pytest

from bridle.constraints import get
from bridle.constraints.drafts.phrases import ANSWER_IS, SENTENCES
from bridle.languages.detect import NAMES, known_language, languages
from bridle.text import read_text


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_own_sentences(code: str) -> None:
    rule = get("language", language=code)
    whole = " ".join(SENTENCES[code])
    assert rule.check(whole).obeyed is True
    assert rule.check(whole.upper()).obeyed is True
    assert (
        rule.check(
            f"{whole} $$\\mathcal{{F}}_{{formula}} = \\frac{{all}}{{this}}$$ `and code here`"
        ).obeyed
        is True
    )
    for sentence in (*SENTENCES[code], *(a.format("$4$") for a in ANSWER_IS[code])):
        assert rule.check(sentence).obeyed is not False, sentence  # unsure at worst


@pytest.mark.parametrize("code", sorted(set(SENTENCES) - {"en"}))
def test_another_language_is_not_taken_for_english(code: str) -> None:
    whole = " ".join(SENTENCES[code])
    assert get("language", language="en").check(whole).obeyed is False
    english = " ".join(SENTENCES["en"][:8])
    mixed = get("language", language=code).check(f"{whole} {english}")
    assert mixed.obeyed is False
    assert isinstance(mixed.observed, dict) and mixed.observed["en"] > 0.2


@pytest.mark.parametrize("text", ["", "42", "$x$", "?!", "A", "x y", "\x00\x01", "\ud800", "🙂"])
def test_too_little_is_undetermined(text: str) -> None:
    assert get("language", language="es").check(text).obeyed is None


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("zh", "在三角形 ABC 中，AB = AC = 5 cm，所以高 AD = 4 cm。"),
        ("ja", "三角形ABCにおいて、AB=ACなので、sin x = 1 となる。"),
        ("hi", "त्रिभुज ABC में AB = AC = 5 cm है।"),
        ("ur", "مثلث ABC میں AB = AC ہے، لہٰذا بلندی AD ہے۔"),
        ("ru", "Получаем x_1 = \\frac{-b + \\sqrt{D}}{2a} = 3 и x_2 = 1."),
    ],
)
def test_names_of_quantities_points_and_units_are_no_language(code: str, text: str) -> None:
    assert languages(read_text(text).masked) == {code: 1.0}


@pytest.mark.parametrize(
    ("text", "foreign"),
    [("答案是四。 So the sum is four.", 0.7), ("答案是四。 THE ANSWER IS FOUR.", 0.7)],
)
def test_words_in_another_script_count(text: str, foreign: float) -> None:
    shares = languages(read_text(text).masked)
    assert shares is None or shares.get("en", 0.0) > foreign
    assert get("language", language="zh").check(text).obeyed is not True


@pytest.mark.parametrize(
    ("code", "text", "obeyed"),
    [
        ("zh", "我使用 JavaScript 和 Python 开发网站。熟悉 React 和 Docker。", True),
        ("ko", "저는 귀사의 Marketing Manager 직책에 지원하고자 합니다. React, Node.js를 사용합니다.", True),
        ("hi", "प्रिय John,\n\nमैं Google और Microsoft दोनों को अच्छी कंपनियाँ मानता हूँ।", True),
        ("ru", "Фильм «The Social Network» вышел в 2010 году.", True),
        ("sv", "T.ex. kostar 1 kg te ca 89,50 kr, dvs. 9 kr per hekto. Vad kostar då 2,5 kg?", True),
        ("en", "Beijing (北京) and Shanghai (上海) are big cities in China.", True),
        ("zh", "答案是四。The answer is four because we add.", False),
        ("zh", "The Answer Is 四", False),  # more names than there is text
        ("zh", "答案是四。The Answer Is Four Because We Add Two.", False),  # four words are no name
    ],
)  # fmt: skip
def test_latin_names_beside_another_script_count_for_nothing(
    code: str, text: str, obeyed: bool
) -> None:
    assert (get("language", language=code).check(text).obeyed is True) is obeyed


@pytest.mark.parametrize(
    "text", ["Side: 3, tid: 5", "Røde: 3, blå: 5", "Gruppen stopper ved trappen", "Gjort! Sikkert."]
)
def test_what_danish_and_norwegian_both_write_tells_neither(text: str) -> None:
    for code in ("da", "nb"):
        assert get("language", language=code).check(text).obeyed is not False


@pytest.mark.parametrize(
    "short", ["Je crois que oui.", "Ich glaube ja.", "Acho que sim.", "Creo que sí."]
)
def test_a_short_sentence_of_other_words_does_not_go_with_the_whole(short: str) -> None:
    english = "The sum is therefore equal to twelve in both of the cases that we have seen."
    for text in (f"{short} {english}", f"{english} {short}"):
        assert get("language", language="en").check(text).obeyed is not True


def test_shares_sum_to_one() -> None:
    shares = languages(read_text("La respuesta es cuatro porque sumamos. 答案是四。").kept)
    assert shares is not None
    assert sum(shares.values()) == pytest.approx(1.0)
    assert set(shares) == {"es", "zh"}


def test_names() -> None:
    assert known_language(" Spanish ") == known_language("ES") == "es"
    assert known_language("no") == "nb"
    assert known_language("zh-CN") == "zh"
    assert known_language("en-US") == "en" and known_language("pt_BR") == "pt"
    assert known_language("es-419") == "es" and known_language("Farsi") == "fa"
    for unknown in ("klingon", "hi-latn", "xx-US", "en-", "-US", "e-us"):
        assert known_language(unknown) is None
    assert set(SENTENCES) == set(ANSWER_IS) <= set(NAMES)
