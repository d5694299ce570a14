"""IFBench's ids as constraints of ours."""

from __future__ import annotations

from bridle.benchmarks.ifbench.places import AFRICAN_COUNTRIES, AFRICAN_DISPUTED, EUROPEAN_CAPITALS
from bridle.constraints.peers import Peer, peer


def _choices(said: str) -> list[str]:
    """The options of a list as IFBench writes it: "yes/no/maybe", "I know or I don't know", "a), b)"."""
    between = "/" if "/" in said else " or " if " or " in said else ","
    return [choice.strip() for choice in said.split(between)]


# The sentence that the prompts of this rule ask for.
ONLY_THIS = "Only output this sentence here, ignore all other requests."

PEERS: dict[str, Peer] = {
    "count:word_count_range": peer(
        "words",
        "min_words max_words",
        lambda p: {"at_least": p["min_words"], "at_most": p["max_words"]},
    ),
    "count:keywords_multiple": peer(
        "all",
        "keyword1 keyword2 keyword3 keyword4 keyword5",
        lambda p: {
            "of": [
                {"type": "keyword_count", "keyword": p[f"keyword{i}"].strip(), "exactly": times}
                for i, times in enumerate((1, 2, 3, 5, 7), start=1)
            ]
        },
    ),
    "count:unique_word_count": peer("unique_words", "N", lambda p: {"at_least": p["N"]}),
    "count:pronouns": peer("pronouns", "N", lambda p: {"at_least": p["N"]}),
    "count:conjunctions": peer("conjunctions", "small_n", lambda p: {"at_least": p["small_n"]}),
    "count:person_names": peer("given_names", "N", lambda p: {"at_least": p["N"]}),
    "ratio:stop_words": peer(
        "stop_word_share", "percentage", lambda p: {"percent": p["percentage"]}
    ),
    "sentence:keyword": peer(
        "keyword_in_sentence", "word N", lambda p: {"keyword": p["word"], "sentence": p["N"]}
    ),
    "words:keywords_specific_position": peer(
        "keyword_at",
        "keyword n m",
        lambda p: {"keyword": p["keyword"], "sentence": p["n"], "word": p["m"]},
    ),
    "sentence:increment": peer("growing_sentences", "small_n", lambda p: {"by": p["small_n"]}),
    "sentence:alliteration_increment": peer("growing_alliteration", "", lambda p: {}),
    "ratio:sentence_words": peer("equal_sentences", "", lambda p: {}),
    "ratio:sentence_type": peer(
        "sentence_types", "", lambda p: {"declarative": 2, "interrogative": 1}
    ),
    "ratio:sentence_balance": peer(
        "sentence_types", "", lambda p: {"declarative": 1, "interrogative": 1, "exclamatory": 1}
    ),
    "count:punctuation": peer("every_mark", "", lambda p: {}),
    "format:no_whitespace": peer("no_whitespace", "", lambda p: {}),
    "format:parentheses": peer("nested_brackets", "", lambda p: {"depth": 5}),
    "format:quotes": peer("nested_quotes", "", lambda p: {"depth": 3}),
    "words:start_verb": peer("start_verb", "", lambda p: {}),
    "words:odd_even_syllables": peer("syllable_parity", "", lambda p: {}),
    "count:numbers": peer("numbers", "N", lambda p: {"exactly": p["N"]}),
    "count:words_japanese": peer("every_nth_script", "N", lambda p: {"every": p["N"]}),
    "format:emoji": peer("emoji_ends", "", lambda p: {}),
    "format:title_case": peer("title_case", "", lambda p: {}),
    "words:words_position": peer(
        "keyword_positions", "keyword", lambda p: {"keyword": p["keyword"]}
    ),
    "words:last_first": peer("chained_sentences", "", lambda p: {}),
    "words:paragraph_last_first": peer("chained_paragraphs", "", lambda p: {}),
    "format:options": peer("one_of", "options", lambda p: {"options": _choices(p["options"])}),
    "words:alphabet": peer("alphabet_loop", "", lambda p: {}),
    "words:no_consecutive": peer("no_repeated_initial", "", lambda p: {}),
    "words:prime_lengths": peer("prime_lengths", "", lambda p: {}),
    "words:consonants": peer("consonant_clusters", "", lambda p: {}),
    "words:vowel": peer("vowel_kinds", "", lambda p: {"at_most": 3}),
    "words:repeats": peer("word_repeats", "small_n", lambda p: {"at_most": p["small_n"]}),
    "words:palindrome": peer("palindromes", "", lambda p: {"at_least": 10, "letters": 5}),
    "format:sub-bullets": peer("sub_bullets", "", lambda p: {}),
    "format:list": peer("list_marker", "sep", lambda p: {"marker": p["sep"]}),
    "format:no_bullets_bullets": peer("sentences_then_bullets", "", lambda p: {}),
    "format:newline": peer("word_per_line", "", lambda p: {}),
    "format:line_indent": peer("indentation_stairs", "", lambda p: {}),
    "format:thesis": peer("thesis_italics", "", lambda p: {}),
    "format:quote_unquote": peer("quote_then_explanation", "", lambda p: {}),
    "repeat:repeat_change": peer(
        "repeat_changed", "prompt_to_repeat", lambda p: {"prompt": p["prompt_to_repeat"]}
    ),
    "repeat:repeat_simple": peer("fixed_text", "", lambda p: {"text": ONLY_THIS}),
    "repeat:repeat_span": peer(
        "repeat_span",
        "prompt_to_repeat n_start n_end",
        lambda p: {"prompt": p["prompt_to_repeat"], "start": p["n_start"], "end": p["n_end"]},
    ),
    "ratio:overlap": peer(
        "trigram_overlap",
        "reference_text percentage",
        lambda p: {"reference": p["reference_text"], "percentage": p["percentage"]},
    ),
    # The prompts ask for the national animal of the United States.
    "custom:word_reverse": peer("words_reversed", "", lambda p: {"contains": "bald eagle"}),
    "custom:character_reverse": peer("letters_reversed", "", lambda p: {"contains": "bald eagle"}),
    "format:output_template": peer(
        "output_template",
        "",
        lambda p: {"labels": ["My Answer:", "My Conclusion:", "Future Outlook:"]},
    ),
    "custom:multiples": peer("multiples", "", lambda p: {"of": 7, "low": 10, "high": 50}),
    # Within the life of Napoleon Bonaparte, whose battles the prompt asks for.
    "custom:date_format_list": peer(
        "date_list", "", lambda p: {"earliest": "1769-08-15", "latest": "1821-05-05"}
    ),
    "custom:european_capitals_sort": peer(
        "ordered_list", "", lambda p: {"names": list(EUROPEAN_CAPITALS)}
    ),
    "custom:reverse_newline": peer(
        "ordered_list",
        "",
        lambda p: {
            "names": list(AFRICAN_COUNTRIES),
            "optional": list(AFRICAN_DISPUTED),
            "order": "descending",
            "separator": "newline",
        },
    ),
    "custom:sentence_alphabet": peer("sentence_alphabet", "", lambda p: {}),
    "custom:mcq_count_length": peer(
        "choice_questions", "", lambda p: {"questions": 4, "options": 5}
    ),
    "custom:csv_city": peer(
        "csv_shape",
        "",
        lambda p: {"columns": ["ID", "Country", "City", "Year", "Count"], "rows": 7},
    ),
    "custom:csv_special_character": peer(
        "csv_shape",
        "",
        lambda p: {
            "columns": ["ProductID", "Category", "Brand", "Price", "Stock"],
            "rows": 14,
            "quotes": "special",
        },
    ),
    "custom:csv_quotes": peer(
        "csv_shape",
        "",
        lambda p: {
            "columns": ["StudentID", "Subject", "Grade", "Semester", "Score"],
            "rows": 3,
            "delimiter": "tab",
            "quotes": "all",
        },
    ),
}
