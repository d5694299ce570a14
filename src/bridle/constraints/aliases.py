"""Other names by which people look for a type. Files may use them; records hold the type's own name.

ALIASES["regex"]     -> "pattern"
SAID["max_words"]    -> "words with at_most"
"""

from __future__ import annotations

ALIASES = {
    "regex": "pattern", "regexp": "pattern", "matches": "pattern", "matches_regex": "pattern",
    "must_contain": "contains", "includes": "contains", "contains_all": "contains", "substring": "contains",
    "no_urls": "no_url", "no_link": "no_url", "no_links": "no_url", "no_hyperlinks": "no_url",
    "plain_text": "no_markdown", "no_formatting": "no_markdown",
    "word_count": "words", "number_words": "words", "sentence_count": "sentences",
    "paragraph_count": "paragraphs", "line_count": "lines", "character_count": "characters",
    "bullet_points": "bullets", "bullet_list": "bullets", "number_bullet_lists": "bullets",
    "all_caps": "uppercase", "all_lowercase": "lowercase", "no_commas": "no_comma",
    "starts_with": "start_phrase", "begins_with": "start_phrase", "ends_with": "end_phrase",
    "not_contains": "forbidden_words", "excludes": "forbidden_words", "banned_words": "forbidden_words",
    "response_language": "language", "valid_json": "json", "json_format": "json", "is_json": "json",
    "markdown_table": "table", "code_block": "code_language", "bold": "highlights",
    "boxed": "boxed_answer", "all_of": "all", "any_of": "any", "not": "none", "none_of": "none",
}  # fmt: skip

# Names that say a parameter too: what to write instead.
SAID = {
    f"{bound}_{noun}": f"{noun} with {'at_most' if bound == 'max' else 'at_least'}"
    for bound in ("max", "min")
    for noun in ("words", "sentences", "paragraphs", "characters", "lines", "bullets")
} | {
    "max_length": "words or characters with at_most",
    "min_length": "words or characters with at_least",
    "exact_words": "words with exactly",
    "no_emoji": "pattern under none, or characters_forbidden",
    "no_digits": "numbers with exactly 0, or characters_forbidden",
}
