"""MathIF's own verdicts: what is scored, each checker's quirks, and the known floor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bridle.benchmarks.mathif import published as mathif
from bridle.benchmarks.published import available, judge, missing_packages, require
from bridle.errors import ConstraintError, MissingExtra


@pytest.mark.parametrize(
    ("raw", "scored"),
    [
        ("plain answer", "plain answer"),
        ("<think>a, b</think>It is 7.", "It is 7."),
        ("prefilled</think>It is 7.", "It is 7."),
        ("<think>never closed, 7", "never closed, 7"),
        ("<think>I write </think> first</think>It is 7.", " first"),
        ("<think>x</think>So <answer>7</answer> it is", "7"),
        ("<think>x</think>Then 7</answer> and more", "Then 7"),
        ("<think>a</think>b<think>c</think>d", "b"),
        ("[THINK]a, b[/THINK]7", "[THINK]a, b[/THINK]7"),
        ("", ""),
    ],
)
def test_the_scored_text_is_what_the_published_code_cuts_out(raw: str, scored: str) -> None:
    assert judge("mathif", raw, []).scored_text == scored


def obeys(name: str, text: str, **kwargs: object) -> bool | None:
    [verdict] = judge("mathif", text, [(name, kwargs)]).obeyed
    return verdict


QUIRKS = [
    # keywords are unescaped parts of words; a forbidden word needs boundaries
    ("keywords:existence", {"keywords": ["win"]}, "A window is open.", True),
    ("keywords:existence", {"keywords": ["now", "sum"]}, "We know it.", False),
    ("keywords:existence", {"keywords": ["a.c"]}, "abc", True),
    ("keywords:frequency", {"keyword": "now ", "frequency": 2, "relation": "at least"}, "know NOW", True),
    ("keywords:frequency", {"keyword": "aa", "frequency": 2, "relation": "less than"}, "aaa", True),
    ("keywords:forbidden_words", {"forbidden_words": ["win"]}, "A window is open.", True),
    ("keywords:forbidden_words", {"forbidden_words": ["win"]}, "They WIN.", False),
    # words are runs of \w
    ("length_constraint_checkers:number_words", {"num_words": 8, "relation": "at least"}, "state-of-the-art isn't 3.14", True),
    ("length_constraint_checkers:number_words", {"num_words": 8, "relation": "less than"}, "state-of-the-art isn't 3.14", False),
    ("length_constraint_checkers:number_words", {"num_words": 5, "relation": "at least"}, r"\frac{1}{2}+\sqrt{3}", True),
    # as nltk counted until 3.10: a superscript belongs to its word, a combining accent does not
    ("length_constraint_checkers:number_words", {"num_words": 2, "relation": "less than"}, "x²y", True),
    ("length_constraint_checkers:number_words", {"num_words": 2, "relation": "at least"}, "e\u0301t", True),
    # bullets
    ("detectable_format:number_bullet_lists", {"num_bullets": 2}, "* one\n* two", True),
    ("detectable_format:number_bullet_lists", {"num_bullets": 2}, "---\n-3 is the root.", True),
    ("detectable_format:number_bullet_lists", {"num_bullets": 1}, "• one\n+ two\n** three", False),
    ("detectable_format:number_bullet_lists", {"num_bullets": 1}, "*\n* swallowed", True),
    ("detectable_format:number_bullet_lists", {"num_bullets": 1}, "\n \n  - one", True),
    ("detectable_format:number_bullet_lists", {"num_bullets": 1}, "a - b", False),
    # highlights: bold is counted by both patterns, products too
    ("detectable_format:number_highlighted_sections", {"num_highlights": 1}, "3 * 4 * 5", True),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 1}, "_x_", False),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 2}, "**bold**", False),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 1}, "**bold**", True),
    ("detectable_format:number_highlighted_sections", {"num_highlights": 1}, "*a\nb*", False),
    # sections: at least, anywhere
    ("detectable_format:multiple_sections", {"num_sections": 2, "section_spliter": "Section"}, "Section 1 a Section 2 b Section 3", True),
    ("detectable_format:multiple_sections", {"num_sections": 1, "section_spliter": "Section"}, "as in section 1", False),
    ("detectable_format:multiple_sections", {"num_sections": 1, "section_spliter": "SECTION"}, "as said inSECTION12", True),
    # copies and edges
    ("combination:repeat_prompt", {"prompt_to_repeat": "What is 2+2? "}, " what IS 2+2?", True),
    ("combination:repeat_prompt", {"prompt_to_repeat": "What is 2+2?"}, "So: What is 2+2? 4", False),
    ("startend:end_checker", {"end_phrase": "Any other questions?"}, '7. "any OTHER questions?"  ', True),
    ("startend:end_checker", {"end_phrase": "Any other questions?"}, "Many other questions?", True),
    ("startend:end_checker", {"end_phrase": "Any other questions?"}, "Any other questions?.", False),
    ("startend:quotation", {}, '"A" and "B"', True),
    ("startend:quotation", {}, "“7”", False),
    ("startend:quotation", {}, '"', False),
    # case, commas, language
    ("change_case:capital_word_frequency", {"capital_frequency": 3, "capital_relation": "at least"}, "Points A B C", True),
    ("change_case:capital_word_frequency", {"capital_frequency": 2, "capital_relation": "less than"}, "I CANNOT", False),
    # nltk set dashes apart from 3.9.3 on, after the figures
    ("change_case:capital_word_frequency", {"capital_frequency": 2, "capital_relation": "less than"}, "A–B", True),
    ("change_case:capital_word_frequency", {"capital_frequency": 3, "capital_relation": "at least"}, "X—Y Z", False),
    ("change_case:english_capital", {}, "THE ANSWER IS SEVEN AND NOTHING ELSE.", True),
    ("change_case:english_capital", {}, "HENCE X = 5.", False),  # Vietnamese, says langdetect
    ("change_case:english_capital", {}, "THE ANSWER IS \\boxed{7}", False),
    ("change_case:english_lowercase", {}, "the answer to this question is seven, as we have seen above.", True),
    ("change_case:english_lowercase", {}, "The answer", False),
    ("punctuation:no_comma", {}, r"1\,000", False),
    ("punctuation:no_comma", {}, "a，b", True),
    ("language:response_language", {"language": "de"}, "Die Antwort auf diese Frage ist sieben.", True),
    ("language:response_language", {"language": "en"}, "Die Antwort auf diese Frage ist sieben.", False),
    ("language:response_language", {"language": "th"}, "12 + 5 = 17", True),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kwargs", "text", "wanted"), QUIRKS)
def test_quirk(name: str, kwargs: dict[str, object], text: str, wanted: bool) -> None:
    assert obeys(name, text, **kwargs) is wanted


def test_every_id_has_a_quirk_case() -> None:
    assert {name for name, *_ in QUIRKS} == set(mathif.rules())


def test_the_floor_of_the_letter_a_is_the_known_one(shared_data: Path) -> None:
    """420 rows answered by `a`: HAcc 11.90, SAcc 30.71; AIME 16.7 (measured on upstream's code)."""
    hard: dict[str, list[bool | None]] = {}
    soft: list[float | None] = []
    for file in sorted((shared_data / "mathif").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line.strip():
                row = json.loads(line)
                peer = list(zip(row["constraint_name"], row["constraint_args"], strict=True))
                verdict = judge("mathif", "a", peer)
                hard.setdefault(file.name.split("_")[0], []).append(verdict.hard)
                soft.append(verdict.soft)
    rows = [h for source in hard.values() for h in source]
    assert len(rows) == 420
    assert round(100 * rows.count(True) / 420, 2) == 11.90
    assert round(100 * sum(s for s in soft if s is not None) / 420, 2) == 30.71
    assert round(100 * hard["aime"].count(True) / 60, 1) == 16.7


def test_hard_and_soft_of_a_row() -> None:
    peer = [
        ("punctuation:no_comma", None),
        ("startend:quotation", {}),
        ("punctuation:no_comma", {}),
    ]
    verdict = judge("mathif", "<think>, </think>7", peer)
    assert verdict.obeyed == [True, False, True]
    assert verdict.hard is False
    assert verdict.soft == pytest.approx(2 / 3)
    assert verdict.loose is None
    assert judge("mathif", '"7"', peer).hard is True


def test_a_blank_answer_obeys_nothing() -> None:
    verdict = judge("mathif", "<think>all of it</think> \n", [("punctuation:no_comma", {})])
    assert (verdict.obeyed, verdict.hard, verdict.soft) == ([False], False, 0.0)


def test_no_verdict_where_upstream_stops_or_draws_lots() -> None:
    peer = [
        ("keywords:existence", {"keywords": ["f(x"]}),  # no regular expression
        ("keywords:frequency", {"keyword": "it", "frequency": 0, "relation": "less than"}),  # 0 is dropped
        ("combination:repeat_prompt", {}),
        ("keywords:existence", {}),  # two words by lot
    ]  # fmt: skip
    verdict = judge("mathif", "It is 7: it is, it is.", peer)
    assert verdict.obeyed == [None, False, None, None]  # at most 3 times of "it" are drawn: 3 found
    assert verdict.hard is False
    assert verdict.soft is None
    assert [reason is None for reason in verdict.reasons] == [False, True, False, False]
    assert "no regular expression" in (verdict.reasons[0] or "")


@pytest.mark.parametrize("answer", ["", "It is 7."])
@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        # What upstream's `build_description` raises at, and so before it looks at the answer.
        ("combination:repeat_prompt", {}),
        ("language:response_language", {"language": "zh-cn"}),
        ("keywords:frequency", {"keyword": "a", "frequency": 1, "relation": "at most"}),
        ("keywords:frequency", {"keyword": 5, "frequency": 1, "relation": "at least"}),
        ("keywords:existence", {"keywords": ["a", 1]}),
        ("keywords:forbidden_words", {"forbidden_words": [["a"]]}),
        ("length_constraint_checkers:number_words", {"num_words": 3, "relation": "more than"}),
        ("length_constraint_checkers:number_words", {"num_words": "3", "relation": "at least"}),
        ("change_case:capital_word_frequency", {"capital_frequency": 1, "capital_relation": "x"}),
        ("punctuation:no_comma", {"language": "en"}),
    ],
)
def test_arguments_that_stop_upstream_leave_no_verdict(
    name: str, kwargs: dict[str, object], answer: str
) -> None:
    assert obeys(name, answer, **kwargs) is None


def test_an_argument_that_is_dropped_stops_nothing() -> None:
    assert obeys("punctuation:no_comma", "7", language="", num_words=0, keyword=None) is True


@pytest.mark.parametrize("label", ["(Section", "[", "*"])
def test_a_label_that_is_no_regular_expression_leaves_no_verdict(label: str) -> None:
    name = "detectable_format:multiple_sections"
    assert obeys(name, "Section 1", section_spliter=label, num_sections=1) is None


def test_a_forbidden_word_must_be_text() -> None:
    assert obeys("keywords:forbidden_words", "5", forbidden_words=[5]) is None
    assert obeys("keywords:forbidden_words", " ", forbidden_words=[5]) is False


def test_hard_is_open_where_only_missing_verdicts_stand_against_it() -> None:
    verdict = judge("mathif", "7", [("keywords:existence", {}), ("punctuation:no_comma", {})])
    assert (verdict.obeyed, verdict.hard, verdict.soft) == ([None, True], None, None)


@pytest.mark.parametrize("keyword", ["(a+)+$", "a*a*a*b", r"(\w+\s?)+!", "x" * 2000, r"(a)\1\1*"])
def test_a_keyword_that_could_hang_is_not_searched(keyword: str) -> None:
    assert obeys("keywords:existence", "a" * 5000, keywords=[keyword]) is None


def test_unknown_names_are_errors_that_name_the_nearest() -> None:
    with pytest.raises(ConstraintError, match="punctuation:no_comma"):
        judge("mathif", "7", [("punctuation:no_commas", {})])
    with pytest.raises(ConstraintError, match="mathif"):
        judge("mathfi", "7", [])


def test_missing_packages_are_named_and_leave_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    assert available("mathif")
    require("mathif")
    monkeypatch.setitem(__import__("sys").modules, "langdetect", None)
    monkeypatch.setitem(__import__("sys").modules, "langdetect.lang_detect_exception", None)
    verdict = judge(
        "mathif",
        "Die Antwort ist 7.",
        [("language:response_language", {"language": "de"}), ("change_case:english_capital", {})],
    )
    assert verdict.obeyed == [None, False]  # not all capitals: no language is asked for
    assert "langdetect" in (verdict.reasons[0] or "")
    assert missing_packages("mathif") == ["langdetect"]
    with pytest.raises(MissingExtra, match="upstream"):
        require("mathif")
