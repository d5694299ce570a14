"""Letters by script: as many as there are, whatever scripts stand beside each other."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.languages.scripts import scripts, weights

WORDS = {
    "latin": "whole",
    "cyrillic": "целое",
    "arabic": "مجموع",
    "devanagari": "योगफल",
    "han": "总和",
    "kana": "ごうけい",
    "hangul": "합계는",
    "greek": "σύνολο",
    "hebrew": "סכום",
    "thai": "ผลรวม",
    "georgian": "ჯამი",
    "armenian": "գումար",
}


@settings(derandomize=True, deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(sorted(WORDS)), max_size=12), st.sampled_from([" ", "\n", ", 3 "]))
def test_letters_are_counted_by_script(named: list[str], between: str) -> None:
    text = between.join(WORDS[name] for name in named)
    wanted = {
        name: named.count(name) * sum(c.isalpha() for c in unicodedata.normalize("NFC", word))
        for name, word in WORDS.items()
        if name in named
    }
    assert scripts(text) == wanted
    assert weights(text) == ({named[0]: 1} if len(wanted) == 1 else wanted)
