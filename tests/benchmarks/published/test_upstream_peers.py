"""Recorded verdicts of IFEval and IFBench, and the quirks of their rules and ReasonIF's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bridle.benchmarks.ifbench import published as ifbench
from bridle.benchmarks.ifeval import published as ifeval
from bridle.benchmarks.published import instructions, judge, language
from bridle.benchmarks.reasonif import published as reasonif


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _agreement(file: Path, benchmark: str, mode: str) -> tuple[int, list[tuple[Any, ...]]]:
    total, parted = 0, []
    for row in _rows(file):
        ids = row["instruction_id_list"]
        verdict = judge(benchmark, row["response"], list(zip(ids, row["kwargs"], strict=True)))
        ours = verdict.obeyed if mode == "strict" else verdict.loose
        assert ours is not None
        for name, mine, theirs in zip(ids, ours, row[mode], strict=True):
            total += 1
            if mine is not theirs:
                parted.append((row["key"], name, mine, theirs))
    return total, parted


@pytest.mark.parametrize("mode", ["strict", "loose"])
def test_ifeval_gives_the_recorded_verdicts(shared_data: Path, mode: str) -> None:
    total, parted = _agreement(
        shared_data / "ifeval" / "gpt4_responses_with_verdicts.jsonl", "ifeval", mode
    )
    assert total == 419
    assert parted == []


def test_ifbench_gives_the_recorded_verdicts(shared_data: Path) -> None:
    total, parted = _agreement(
        shared_data / "ifbench" / "responses_with_verdicts.jsonl", "ifbench", "strict"
    )
    assert total == 163
    assert parted == []


def test_every_row_of_the_peers_has_its_rules(shared_data: Path) -> None:
    """All ids and arguments of the published prompts are accepted: a verdict, or a stated lot."""
    seen: dict[str, set[str]] = {"ifeval": set(), "ifbench": set()}
    for benchmark, ids in seen.items():
        for row in _rows(shared_data / benchmark / "prompts.jsonl"):
            peer = list(zip(row["instruction_id_list"], row["kwargs"], strict=True))
            verdict = judge(benchmark, "Write the answer here. 12", peer)
            for (name, kwargs), reason in zip(peer, verdict.reasons, strict=True):
                ids.add(name)
                assert reason is None or "lot" in reason, (row["key"], name, kwargs, reason)
    assert seen["ifeval"] == set(instructions.rules())
    assert seen["ifbench"] == set(ifbench.RULES)
    rows = json.loads((shared_data / "reasonif" / "reasonIF_dataset.json").read_text("utf-8"))
    for row in rows:
        peer = list(zip(row["constraint_name"], row["constraint_args"], strict=True))
        assert judge("reasonif", "<think>One. Two.</think>3", peer).reasons == [None]
    assert {name for row in rows for name in row["constraint_name"]} == set(reasonif.rules())


def test_the_eight_variants() -> None:
    text = "Sure!\n*one*\n two \nBye"
    assert ifeval.variants(text) == [
        text,
        "*one*\n two \nBye",
        "Sure!\n*one*\n two",
        "*one*\n two",
        "Sure!\none\n two \nBye",
        "one\n two \nBye",
        "Sure!\none\n two",
        "one\n two",
    ]


def test_loose_forgives_a_first_line() -> None:
    verdict = judge("ifeval", 'Here you are:\n"7"', [("startend:quotation", {})])
    assert (verdict.obeyed, verdict.loose) == ([False], [True])


IFEVAL = [
    ("keywords:letter_frequency", {"letter": "#", "let_frequency": 2, "let_relation": "at least"}, "## a", True),
    ("keywords:letter_frequency", {"letter": "A", "let_frequency": 2, "let_relation": "less than"}, "aA", False),
    ("length_constraints:number_sentences", {"num_sentences": 2, "relation": "at least"}, "1. First do it", True),
    ("length_constraints:number_sentences", {"num_sentences": 2, "relation": "less than"}, "Dr. Li met J. Bach at 3.5", True),
    ("length_constraints:number_sentences", {"num_sentences": 2, "relation": "less than"}, "Li met Bach, e.g. at 3.5", False),
    ("length_constraints:number_paragraphs", {"num_paragraphs": 2}, "a\n***\nb\n***", True),
    ("length_constraints:number_paragraphs", {"num_paragraphs": 2}, "a\n******\nb", False),
    ("length_constraints:nth_paragraph_first_word", {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "Word"}, "x\n\n'word, y", True),
    ("length_constraints:nth_paragraph_first_word", {"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "word"}, "x\n\n\n\nword", False),
    ("detectable_content:number_placeholders", {"num_placeholders": 2}, "[a] [b\n]", False),
    ("detectable_content:number_placeholders", {"num_placeholders": 2}, "[[a] ]] [b]", True),
    ("detectable_content:postscript", {"postscript_marker": "P.S."}, "Up. S. and on", True),
    ("detectable_content:postscript", {"postscript_marker": "P.P.S"}, "p. p. s", True),
    ("detectable_content:postscript", {"postscript_marker": "?NB"}, "so: nb", True),
    ("detectable_content:postscript", {"postscript_marker": "^NB"}, "so:\nNB", True),
    ("detectable_content:postscript", {"postscript_marker": "^NB"}, "so: NB", False),
    ("detectable_format:constrained_response", {}, "Well. My answer is maybe. Or so", True),
    ("detectable_format:json_format", {}, "```JSON\n{\"a\": NaN}\n```", True),
    ("detectable_format:json_format", {}, "[1,]", False),
    ("detectable_format:title", {}, "<<<>>>", False),
    ("detectable_format:title", {}, "a << b >> c", True),
    ("combination:two_responses", {}, "one\n******\ntwo", True),
    ("combination:two_responses", {}, "one******one", False),
    ("combination:two_responses", {}, "one************two", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kwargs", "text", "wanted"), IFEVAL)
def test_ifeval_quirk(name: str, kwargs: dict[str, Any], text: str, wanted: bool) -> None:
    assert judge("ifeval", text, [(name, kwargs)]).obeyed == [wanted]


@pytest.mark.parametrize("marker", ["(NB", "*NB", "{2}NB", "(?i)NB"])
def test_a_marker_that_upstreams_pattern_cannot_hold_leaves_no_verdict(marker: str) -> None:
    verdict = judge(
        "ifeval", "NB", [("detectable_content:postscript", {"postscript_marker": marker})]
    )
    assert verdict.obeyed == [None]


def test_a_lot_that_cannot_change_the_verdict_leaves_one() -> None:
    [rare] = judge("ifeval", "zzz", [("keywords:letter_frequency", {"let_frequency": 1})]).obeyed
    [many] = judge("ifeval", "b" * 9, [("detectable_content:number_placeholders", {})]).obeyed
    assert rare is None
    assert many is False


IFBENCH = [
    ("count:word_count_range", {"min_words": 2, "max_words": 3}, "isn't it", True),
    ("count:unique_word_count", {"N": 2}, "word, Word -", True),
    ("ratio:stop_words", {"percentage": 50}, "the cat", True),
    ("ratio:stop_words", {"percentage": 50}, "...", None),
    ("count:conjunctions", {"small_n": 2}, "and, and", True),
    ("count:person_names", {"N": 2}, "emma Leonardo Norah's", True),
    ("count:person_names", {"N": 2}, "Leonardo Leo_", False),
    ("count:numbers", {"N": 2}, "3.14 and 1,000", True),
    ("count:pronouns", {"N": 3}, "She/her likes its who", True),
    ("count:pronouns", {"N": 2}, "it's (you)", True),
    ("count:pronouns", {"N": 1}, "I'm sure he'll cross-my", False),
    ("count:punctuation", {}, "a. b, c! d? e; f: g?!", True),
    ("count:punctuation", {}, "a. b, e; f: g?!", False),
    ("count:words_japanese", {"N": 2}, "a 日本 b 12 c か", True),
    ("count:words_japanese", {"N": 0}, "a", None),
    ("count:words_japanese", {}, "日本", None),
    ("count:words_japanese", {"N": -2}, "日本", True),
    ("count:words_japanese", {"N": -2}, "日本 a", None),
    ("count:keywords_multiple", {f"keyword{i}": w for i, w in enumerate("abcde", 1)}, "a bb ccc ddddd eeeeeee", True),
    ("words:alphabet", {}, "Zebras and birds", True),
    ("words:alphabet", {}, "1 two", False),
    ("words:alphabet", {}, "...", None),
    ("words:vowel", {}, "a line of\ntwo", False),
    ("words:consonants", {}, "strong three- apple", True),
    ("words:consonants", {}, "a strong", False),
    ("words:palindrome", {}, "Level, " * 10, True),
    ("words:prime_lengths", {}, "it's two words", True),
    ("words:repeats", {"small_n": 1}, "It's its", False),
    ("words:no_consecutive", {}, "one 'other", False),
    ("words:odd_even_syllables", {}, "water water", False),
    ("words:odd_even_syllables", {}, "water is water", True),
    ("words:start_verb", {}, "Prove it.", True),
    ("words:start_verb", {}, "The proof.", False),
    ("words:last_first", {}, "I go home. Home is far!", True),
    ("words:last_first", {}, "Go? (!) Go", None),
    ("words:last_first", {}, "Go? No. (!)", False),
    ("words:paragraph_last_first", {}, "*Go* we go!", False),
    ("words:paragraph_last_first", {}, "'Go we go!'\n\nNo.", True),
    ("words:words_position", {"keyword": "ice"}, "The ice is ice", False),
    ("words:words_position", {"keyword": "ice"}, "The ice is ice.", True),
    ("words:words_position", {"keyword": "ice"}, "The Ice is ice.", False),
    ("words:keywords_specific_position", {"keyword": "b", "n": 2, "m": 3}, "A. X, b", False),
    ("words:keywords_specific_position", {"keyword": "b", "n": 2, "m": 3}, "Ah! X, b", True),
    ("words:keywords_specific_position", {"keyword": "b", "n": 2, "m": 3}, "Ah! X, B", False),
    ("sentence:keyword", {"word": "sea", "N": 2.0}, "No. The Seaside!", True),
    ("sentence:keyword", {"word": "sea", "N": 0}, "The sea. No.", False),
    ("sentence:increment", {"small_n": 1}, "A b. It is c.", True),
    ("sentence:alliteration_increment", {}, "No one. Big bears. Big bad bears.", True),
    ("ratio:sentence_type", {}, 'It "is." It was. Or?', True),
    ("ratio:sentence_balance", {}, "A cat. A dog? A bird!", True),
    ("ratio:sentence_words", {}, "Cats do. Dogs do. Cats do.", True),
    ("ratio:overlap", {"reference_text": "abcdef", "percentage": 50}, "abcxy", False),
    ("ratio:overlap", {"reference_text": "abcdef", "percentage": 50}, "abcdx!", True),
    ("ratio:overlap", {"reference_text": "abcdef", "percentage": 0}, "ab", None),
    ("ratio:overlap", {"reference_text": "abcdef", "percentage": -1}, "xyz", None),
    ("format:parentheses", {}, "([{([x])}", True),
    ("format:parentheses", {}, "([{([x", False),
    ("format:quotes", {}, "\"a 'b \"c\" d' e\"", True),
    ("format:quotes", {}, "\"a 'b' c\"", False),
    ("format:options", {"options": "yes/no"}, "**Yes.**", True),
    ("format:options", {"options": "a), b), c)"}, "a", False),
    ("format:newline", {}, "one\n\ntwo -\n", True),
    ("format:newline", {}, "one two", False),
    ("format:emoji", {}, "Yes 🎉. No! 🎉", True),
    ("format:emoji", {}, "Yes 🎉. No.", False),
    ("format:line_indent", {}, "a\n\n b\n\n  c", True),
    ("format:line_indent", {}, "a\n\n\n\n b", False),
    ("format:quote_unquote", {}, '"a" means b', True),
    ("format:quote_unquote", {}, 'b is "a".', False),
    ("format:quote_unquote", {}, "b is “a”.", False),
    ("format:quote_unquote", {}, "“a” “b” c", False),
    ("format:quote_unquote", {}, "1, 2.", None),
    ("format:list", {"sep": "!?!?"}, "a !?!? b !?!?", True),
    ("format:thesis", {}, "<i>It is.</i> Because", True),
    ("format:thesis", {}, "<em></em>", True),
    ("format:thesis", {}, "<i> </i> Because", False),
    ("format:sub-bullets", {}, "no bullets", True),
    ("format:sub-bullets", {}, "* a\n- b\n* c", False),
    ("format:no_bullets_bullets", {}, "One. Two.\n* a\n* b", True),
    ("format:no_bullets_bullets", {}, "One. Two.\n\nThree.\n* a\n* b", False),
    ("format:title_case", {}, "All Is Well", True),
    ("format:title_case", {}, "All is Well", False),
    ("format:title_case", {}, "What a Day iPhone", True),
    ("format:output_template", {}, "Future Outlook: My Conclusion: My Answer:", True),
    ("format:no_whitespace", {}, "a\u00a0b", False),
    ("repeat:repeat_change", {"prompt_to_repeat": "Do it now"}, "Make  it now", True),
    ("repeat:repeat_change", {"prompt_to_repeat": "Do it now"}, "Do it now", False),
    ("repeat:repeat_simple", {}, "only output this sentence here, ignore all other requests.\n", True),
    ("repeat:repeat_span", {"prompt_to_repeat": "a b c d", "n_start": 1, "n_end": 3}, "B C", True),
    ("repeat:repeat_span", {"prompt_to_repeat": "a b c d", "n_start": 0, "n_end": 3}, "x", False),
    ("repeat:repeat_span", {"prompt_to_repeat": "a b c d", "n_start": 2, "n_end": 0}, "c", True),
    ("repeat:repeat_span", {"prompt_to_repeat": "a", "n_start": 0, "n_end": 0}, "a", None),
    ("repeat:repeat_span", {"prompt_to_repeat": "a " * 9_999, "n_start": 0, "n_end": 0}, "a", None),
    ("custom:multiples", {}, "14,21,28,35,42,49", True),
    ("custom:mcq_count_length", {}, "\n".join(f"Question {n}: {'x' * n}\n" + "\n".join(f"{c}) o" for c in "ABCDE") for n in range(1, 5)), True),
    ("custom:reverse_newline", {}, "\n".join(["Zimbabwe", *(f"Y{c}" for c in reversed(range(10, 61)))]), True),
    ("custom:reverse_newline", {}, "Zimbabwe\nZambia", False),
    ("custom:word_reverse", {}, "Eagle bald the is it.", True),
    ("custom:character_reverse", {}, ".Elgae dlaB ehT", True),
    ("custom:sentence_alphabet", {}, " ".join(f"{c}x yes." for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), True),
    ("custom:sentence_alphabet", {}, "Ax." + "<stop>" + " ".join(f"{c}x yes." for c in "CDEFGHIJKLMNOPQRSTUVWXYZ"), None),
    ("custom:european_capitals_sort", {}, "Reykjavík, Helsinki", False),
    ("custom:csv_city", {}, "ID,Country,City,Year,Count\n" + "1,a,b,2000,3\n" * 7, True),
    ("custom:csv_city", {}, "ID, Country,City,Year,Count\n" + "1,a,b,2000,3\n" * 7, False),
    ("custom:csv_special_character", {}, "ProductID, Category,Brand,Price,Stock\n" + '1,"a!",b,2,3\n' * 14, True),
    ("custom:csv_special_character", {}, "ProductID,Category,Brand,Price,Stock\n" + '1,"a",b,2,3\n' * 14, False),
    ("custom:csv_quotes", {}, "\n".join(["\t".join(f'"{w}"' for w in ("StudentID", "Subject", "Grade", "Semester", "Score"))] * 4), True),
    ("custom:date_format_list", {}, "1796-04-12, 1815-00-99", True),
    ("custom:date_format_list", {}, "1796-04-31", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kwargs", "text", "wanted"), IFBENCH)
def test_ifbench_quirk(name: str, kwargs: dict[str, Any], text: str, wanted: bool | None) -> None:
    verdict = judge("ifbench", text, [(name, kwargs)])
    assert verdict.obeyed == [wanted], verdict.reasons


def test_every_ifbench_rule_has_a_case() -> None:
    assert {name for name, *_ in IFBENCH} == set(ifbench.RULES)


def test_the_capitals_in_order_pass() -> None:
    from bridle.benchmarks.ifbench.published.custom import _CAPITALS

    text = ", ".join(_CAPITALS).replace("Chisinau", "Chișinău").replace("Reykjavik", "Reykjavík")
    assert judge("ifbench", text, [("custom:european_capitals_sort", {})]).obeyed == [True]


@pytest.mark.parametrize(
    "lines",
    [
        ["a", "", "", " b"],
        ["", "", "", "", "a", "", " b", "", ""],
        ["a", " ", "", "  ", "", " b", "", "   ", "  c"],
        ["", " ", "", " ", "x", "", " y", " ", "", "  z"],
    ],
)
def test_blank_lines_go_as_a_list_that_is_changed_under_the_walk(lines: list[str]) -> None:
    from bridle.benchmarks.ifbench.published.format import _lines_less_blanks

    walked = list(lines)
    for line in walked:  # the mistake itself: the list shrinks while it is walked
        if not line.strip():
            walked.remove(line)
    assert list(_lines_less_blanks("\n".join(lines))) == walked


@pytest.mark.parametrize(
    ("raw", "scored"),
    [
        ("<think> a </think>b", "a"),
        ("x<think>a</think>b</think>", "a"),
        ("a</think>b", "a</think>b"),
        ("<think>a", "<think>a"),
        ("</think>a<think>", ""),
    ],
)
def test_reasonif_judges_the_trace(raw: str, scored: str) -> None:
    assert judge("reasonif", raw, []).scored_text == scored


REASONIF = [
    ("punctuation:no_comma", None, "a b", True),
    ("change_case:english_capital", None, "THE ANSWER TO THE QUESTION IS SEVEN.", True),
    ("change_case:english_capital", None, "The answer", False),
    ("length_constraint_checkers:number_words", {"num_words": 3}, "isn't 7", False),
    ("length_constraint_checkers:number_words", {}, "one", False),
    ("startend:end_checker", {"end_phrase": "BY AI"}, 'made by ai"', True),
    ("detectable_format:json_format", None, "```json\n{}\n```", True),
    ("detectable_format:json_format", None, "[" * 100_000, False),
    ("language:reasoning_language", {"language": "fr"}, "Nous cherchons la somme des deux nombres.", True),
    ("language:reasoning_language", {"language": "zh"}, "我们先求这两个数的和。", True),
    ("language:reasoning_language", {"language": "ru"}, "We add the numbers.", False),
    # upstream catches what a check raises; a blank trace comes before the arguments
    ("length_constraint_checkers:number_words", {"num_words": "5"}, "one", False),
    ("startend:end_checker", {"end_phrase": 5}, "5", False),
    ("language:reasoning_language", {"language": "de"}, " ", False),
    ("punctuation:no_comma", {"num_words": 3}, "", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "kwargs", "text", "wanted"), REASONIF)
def test_reasonif_quirk(name: str, kwargs: dict[str, Any] | None, text: str, wanted: bool) -> None:
    assert judge("reasonif", f"<think>{text}</think>7", [(name, kwargs)]).obeyed == [wanted]


@pytest.mark.parametrize(
    ("name", "kwargs"),
    [
        ("language:reasoning_language", {"language": "de"}),  # none of upstream's seven
        ("punctuation:no_comma", {"num_words": 3}),
    ],
)
def test_reasonif_has_no_verdict_where_the_arguments_stop_upstream(
    name: str, kwargs: dict[str, Any]
) -> None:
    assert judge("reasonif", "<think>Ja.</think>7", [(name, kwargs)]).obeyed == [None]


def test_languages_are_langdetects_with_the_seed_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    langdetect = pytest.importorskip("langdetect")
    monkeypatch.setattr(langdetect.DetectorFactory, "seed", 0)
    for text in (
        "THE ANSWER IS SEVEN AND NOTHING ELSE.",
        r"\frac{1}{2} + x = 3",
        "Il risultato è sette.",
        "sieben plus five égale doce",
        "答えは七です。",
        "ok",
    ):
        assert language.detect(text) == langdetect.detect(text) == language.detect(text)
