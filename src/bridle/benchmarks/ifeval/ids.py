"""IFEval's ids (and those of MathIF and ReasonIF, which took them over) as constraints of ours."""

from __future__ import annotations

from bridle.constraints.peers import Peer, bound, peer

# The options that IFEval's instruction lists.
CONSTRAINED = ["My answer is yes.", "My answer is no.", "My answer is maybe."]

PEERS: dict[str, Peer] = {
    "keywords:existence": peer("keywords", "keywords", lambda p: {"keywords": p["keywords"]}),
    "keywords:frequency": peer(
        "keyword_count",
        "keyword relation frequency",
        lambda p: {"keyword": p["keyword"], **bound(p["relation"], p["frequency"])},
    ),
    "keywords:letter_frequency": peer(
        "letter_count",
        "letter let_relation let_frequency",
        lambda p: {"letter": p["letter"], **bound(p["let_relation"], p["let_frequency"])},
    ),
    "keywords:forbidden_words": peer(
        "forbidden_words", "forbidden_words", lambda p: {"words": p["forbidden_words"]}
    ),
    # ReasonIF gives only the number: "Use less than N words."
    "length_constraint_checkers:number_words": peer(
        "words",
        "num_words relation",
        lambda p: bound(p.get("relation", "less than"), p["num_words"]),
    ),
    "length_constraints:number_words": peer(
        "words",
        "num_words relation",
        lambda p: bound(p.get("relation", "less than"), p["num_words"]),
    ),
    "detectable_format:number_bullet_lists": peer(
        "bullets", "num_bullets", lambda p: {"exactly": p["num_bullets"]}
    ),
    "detectable_format:number_highlighted_sections": peer(
        "highlights", "num_highlights", lambda p: {"at_least": p["num_highlights"]}
    ),
    "detectable_format:multiple_sections": peer(
        "sections",
        "num_sections section_spliter",
        lambda p: {"number": p["num_sections"], "label": p["section_spliter"].strip()},
    ),
    "startend:end_checker": peer("end_phrase", "end_phrase", lambda p: {"phrase": p["end_phrase"]}),
    "startend:quotation": peer("quoted", "", lambda p: {}),
    "combination:repeat_prompt": peer(
        "repeat_prompt", "prompt_to_repeat", lambda p: {"prompt": p["prompt_to_repeat"]}
    ),
    "language:response_language": peer(
        "language", "language", lambda p: {"language": p["language"]}
    ),
    "language:reasoning_language": peer(
        "language", "language", lambda p: {"language": p["language"]}
    ),
    "change_case:english_capital": peer("uppercase", "", lambda p: {"language": "en"}),
    "change_case:english_lowercase": peer("lowercase", "", lambda p: {"language": "en"}),
    "change_case:capital_word_frequency": peer(
        "capital_words",
        "capital_relation capital_frequency",
        lambda p: bound(p["capital_relation"], p["capital_frequency"]),
    ),
    "punctuation:no_comma": peer("no_comma", "", lambda p: {}),
    "detectable_content:number_placeholders": peer(
        "placeholders", "num_placeholders", lambda p: {"at_least": p["num_placeholders"]}
    ),
    "detectable_content:postscript": peer(
        "postscript", "postscript_marker", lambda p: {"marker": p["postscript_marker"]}
    ),
    "detectable_format:title": peer("title", "", lambda p: {}),
    "detectable_format:json_format": peer("json", "", lambda p: {}),
    "detectable_format:constrained_response": peer(
        "one_of", "", lambda p: {"options": CONSTRAINED}
    ),
    "combination:two_responses": peer("two_responses", "", lambda p: {}),
    "length_constraints:number_sentences": peer(
        "sentences", "relation num_sentences", lambda p: bound(p["relation"], p["num_sentences"])
    ),
    "length_constraints:number_paragraphs": peer(
        "paragraphs",
        "num_paragraphs",
        lambda p: {"exactly": p["num_paragraphs"], "separator": "***"},
    ),
    "length_constraints:nth_paragraph_first_word": peer(
        "paragraph_start",
        "num_paragraphs nth_paragraph first_word",
        lambda p: {
            "paragraphs": p["num_paragraphs"],
            "nth": p["nth_paragraph"],
            "word": p["first_word"],
        },
    ),
}
