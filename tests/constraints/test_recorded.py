"""Our verdicts on responses that peers judged, beside the verdicts they recorded.

Every row where the two part was looked at, and the instruction's own words decide for ours; another
row is one that nobody has looked at.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bridle.constraints import from_peer

# Where we part: the row, the id, and why ours is right.
PARTED = {
    "ifeval": {
        ("1203", "keywords:frequency"): "seven times war, and wars",
        ("1314", "change_case:capital_word_frequency"): "D, K, C, E, B5, B6 are vitamins",
        ("202", "change_case:english_lowercase"): "'etchings' is in small letters",
        ("2035", "startend:quotation"): "three quotations, not one around everything",
        ("2341", "change_case:english_capital"): "'YES' is in capitals",
        ("2359", "combination:repeat_prompt"): "the request was to be answered after it",
        ("2398", "startend:end_checker"): "'Your' stands for 'your' in the exact phrase",
        ("2616", "detectable_format:number_highlighted_sections"): "italics over four lines",
        ("3063", "language:response_language"): "headings in English",
        ("3407", "change_case:capital_word_frequency"): "four words, and I",
    },
    "ifbench": {
        ("38", "count:punctuation"): "no exclamation mark but in interrobangs",
        ("82", "format:list"): "SEPARATOR inside sentences, not before items",
        ("96", "format:no_bullets_bullets"): "text may follow the bullet points",
        ("98", "format:no_bullets_bullets"): "blank lines may stand between the bullet points",
        ("102", "format:options"): "'d).' is d) with a stop",
        ("118", "format:quotes"): "two levels, and apostrophes",
        ("120", "format:quotes"): "two levels, and apostrophes",
        ("128", "format:sub-bullets"): "asterisks of bold text are no bullet points",
        ("132", "format:sub-bullets"): "asterisks of bold text are no bullet points",
        ("219", "words:last_first"): "lines without stops, none of which goes on with the last word",
        ("221", "words:last_first"): "lines without stops, nine of which do not",
        ("257", "words:start_verb"): "'Conceive' is a verb",
        ("261", "words:start_verb"): "'Build' is a verb",
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("benchmark", "file", "verdicts"),
    [
        ("ifeval", "gpt4_responses_with_verdicts.jsonl", 419),
        ("ifbench", "responses_with_verdicts.jsonl", 163),
    ],
)
def test_where_we_part_from_the_recorded_verdicts(
    shared_data: Path, benchmark: str, file: str, verdicts: int
) -> None:
    parted: set[tuple[str, str]] = set()
    judged = 0
    for line in (shared_data / benchmark / file).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for peer, kwargs, recorded in zip(
            row["instruction_id_list"], row["kwargs"], row["strict"], strict=True
        ):
            judged += 1
            ours = from_peer(peer, kwargs, benchmark=benchmark).check(row["response"])
            if ours.obeyed is not recorded:
                parted.add((str(row["key"]), peer))
    assert judged == verdicts
    assert parted == set(PARTED[benchmark])
