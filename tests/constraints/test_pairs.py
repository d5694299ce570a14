"""Pairs of types that have a text, or a proof that there is none: each was once without both."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import Conflict, check, get, witness
from bridle.constraints.drafts.padding import adverbs
from bridle.constraints.witness.edges import forced

SPECS: dict[str, dict[str, Any]] = {
    "end_phrase": {"phrase": "Is there anything else I can help with?"},
    "keyword_at": {"keyword": "sum", "sentence": 2, "word": 3},
    "keyword_in_sentence": {"keyword": "sum", "sentence": 3},
    "keyword_positions": {"keyword": "sum"},
    "keywords": {"keywords": ["strategy", "result"]},
    "heading_levels": {"levels": [1, 2]},
    "letters_absent": {"letters": ["z"]},
    "output_template": {"labels": ["My Answer:", "My Conclusion:", "Future Outlook:"]},
    "paragraph_start": {"paragraphs": 3, "nth": 1, "word": "However"},
    "repeat_changed": {"prompt": "Write a proof."},
    "repeat_prompt": {"prompt": "What is the sum of all primes below ten?"},
    "sections": {"number": 3},
    "sentence_alphabet": {"last": "E"},
    "start_phrase": {"phrase": "Here is why:"},
    "word_repeats": {"at_most": 3},
    "words": {"at_least": 30, "at_most": 100},
    "bullets": {"exactly": 3},
    "highlights": {"at_least": 2},
    "letter_count": {"letter": "t", "at_least": 10},
    "list_marker": {"marker": "...", "at_least": 2},
    "lines": {"at_least": 4},
    "paragraphs": {"exactly": 3},
    "pronouns": {"at_least": 5},
    "unique_words": {"at_least": 20},
    "conjunctions": {"at_least": 3},
}

WITH_A_TEXT = [
    "sentence_alphabet bullets", "sentence_alphabet paragraphs", "sentence_alphabet keywords",
    "sentence_alphabet highlights", "sentence_alphabet letter_count", "sentence_alphabet pronouns",
    "sentence_alphabet list_marker", "sentence_alphabet words", "sentence_alphabet hash_answer",
    "sentence_alphabet two_responses", "repeat_changed keywords", "repeat_changed title_case",
    "repeat_changed paragraphs", "repeat_changed numbers", "repeat_changed hash_answer",
    "repeat_changed syllable_parity", "repeat_changed alphabet_loop", "hash_answer end_phrase",
    "chained_paragraphs start_phrase", "chained_paragraphs thesis_italics",
    "output_template thesis_italics", "output_template sections", "sections start_phrase",
    "sections start_verb", "start_phrase thesis_italics", "repeat_prompt thesis_italics",
    "start_verb thesis_italics", "sections thesis_italics", "keyword_positions start_verb",
    "keyword_positions vowel_kinds", "keywords vowel_kinds", "heading_levels start_verb",
    "heading_levels vowel_kinds", "conjunctions prime_lengths", "consonant_clusters start_verb",
    "sentences_then_bullets word_repeats", "sub_bullets word_repeats",
]  # fmt: skip

WITH_A_PROOF = [
    "start_phrase start_verb", "start_phrase sentence_alphabet", "repeat_prompt start_phrase",
    "repeat_prompt keyword_positions", "repeat_prompt sentence_alphabet", "repeat_prompt start_verb",
    "start_phrase paragraph_start", "start_phrase output_template", "output_template quoted",
    "output_template uppercase", "output_template lowercase", "output_template prime_lengths",
    "output_template start_verb", "postscript consonant_clusters", "postscript prime_lengths",
    "postscript alphabet_loop", "thesis_italics consonant_clusters", "no_whitespace code_language",
    "no_whitespace repeat_changed", "repeat_changed table",
]  # fmt: skip


def _rules(pair: str) -> list[Any]:
    extra = {"code_language": {"language": "python"}, "numbers": {"exactly": 1}}
    return [get(name, **(SPECS | extra).get(name, {})) for name in pair.split()]


@pytest.mark.parametrize("pair", WITH_A_TEXT)
def test_a_pair_has_a_text(pair: str) -> None:
    rules = _rules(pair)
    text = witness(rules, "42")
    assert isinstance(text, str), str(text)
    assert "\\boxed{42}" in text and all(v.obeyed is True for v in check(text, *rules)), text


@pytest.mark.parametrize("pair", WITH_A_PROOF)
def test_a_pair_has_a_proof(pair: str) -> None:
    rules = _rules(pair)
    found = witness(rules, None)
    assert isinstance(found, Conflict) and found.proved, str(found)
    assert set(found.members) == set(rules)


@pytest.mark.parametrize(
    ("sure", "other", "text"),
    [
        (("start_phrase", {"phrase": "Here"}), ("prime_lengths", {}), "Here's it"),
        (("start_phrase", {"phrase": "Here is why:"}), ("thesis_italics", {}),
         "Here is why:\n===\n<i>It is.</i> So."),
        (("keyword_at", {"keyword": "a", "sentence": 1, "word": 1}), ("prime_lengths", {}), "a中"),
        (("output_template", {"labels": ["So:", "It:"]}), ("vowel_kinds", {"at_most": 2}),
         "So: my\nIt: by"),
    ],
)  # fmt: skip
def test_what_only_looks_sure_is_not(sure: Any, other: Any, text: str) -> None:
    one, two = (get(name, **params) for name, params in (sure, other))
    assert one.check(text).obeyed is True and two.check(text).obeyed is True
    assert forced(one, two) is None and forced(two, one) is None
    assert one.clashes(two) is None and two.clashes(one) is None


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("size", [42, 45, 77, 130, 202])
def test_a_length_in_characters_takes_words_and_no_dots(size: int, seed: int) -> None:
    for rule in (get("characters", exactly=size), get("characters", at_least=size)):
        text = str(witness([rule], "42", seed=seed))
        assert rule.check(text).obeyed is True and ".." not in text and "  " not in text, text


def test_adverbs_of_a_size_that_no_words_have_are_soon_given_up() -> None:
    assert adverbs(397, "Plainly it is so.") is None
    assert adverbs(8, "It is.") in (
        "Briefly",
        "Plainly",
        "Usually",
        "Overall",
        "Finally",
        "Clearly",
    )


def test_a_divider_stays_a_line_of_its_own() -> None:
    rules = [get("paragraphs", exactly=4, separator="***"), get("capital_words", at_least=8)]
    for rule in (rules, [*rules, get("quoted")]):
        text = str(witness(rule, None))
        assert all(line == "***" for line in text.splitlines() if "***" in line), text
        assert text.count('"') in (0, 2) and "”" not in text
    text = str(witness([get("two_responses"), get("language", language="bg")], None))
    assert not text.endswith("..")
