"""Lengths and parts of answers as models write them: what a careful reader counts."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.constraints import get

WORDS = {"type": "words", "at_most": 3}
WE = {"type": "start_phrase", "phrase": "We"}
VERDICTS: list[tuple[str, dict[str, Any], str, bool | None]] = [
    ("each", {"of": WORDS, "part": "item"}, "1) one two\n2) three", True),
    ("each", {"of": WORDS, "part": "item"}, "1. one\n2. two three four five", False),
    ("each", {"of": WORDS, "part": "item"}, "- **One**\n  two three four\n- five", False),
    ("each", {"of": WORDS, "part": "item"}, "- One\n\n  two three four\n- five", False),
    ("each", {"of": WORDS, "part": "item"}, "- One two\nSo the answer is four.", True),
    ("each", {"of": WORDS, "part": "item"}, "- One two\n  - one three\n  - two four", True),
    ("each", {"of": WE, "part": "item"}, "1. We add\n   - We stop\n> - We go", True),
    ("each", {"of": WORDS, "part": "paragraph"}, "a b\n\n---\n\nc d", True),
    ("count_of", {"of": WE, "part": "item", "exactly": 2}, "1. We add\n2. We\n3. They", True),
    ("count_of", {"of": WE, "part": "item", "exactly": 0}, "We add.", True),
    ("characters", {"exactly": 2}, "\ufeffab\u200b\n", True),
    ("characters", {"exactly": 0}, "\u200b", True),
    ("characters", {"exactly": 2}, "\u200fab\u200e", True),
    ("lines", {"exactly": 2}, "a\n\u200b\nb", True),
    ("sentence_types", {"declarative": 1, "interrogative": 1}, "Is it 5? 🤔 It is. 🎉", True),
    ("sentence_types", {"declarative": 1, "interrogative": 1}, "Is it 5?[1] It is.¹", True),
    ("sentence_types", {"declarative": 1, "interrogative": 1}, "Is it (so?)** It is $5.$", True),
    ("sentences", {"exactly": 2}, "Let $f(x) = x^2.$\nThen $f(2) = 4$.", True),
    ("paragraphs", {"exactly": 2}, "---\n\na\n\nb\n\n---", True),
    ("words_per_paragraph", {"at_least": 2}, "We add.\n\n***\n\nWe stop.", True),
]


@pytest.mark.parametrize(("name", "params", "text", "obeyed"), VERDICTS)
def test_verdicts(name: str, params: dict[str, Any], text: str, obeyed: bool | None) -> None:
    verdict = get(name, **params).check(text)
    assert verdict.obeyed is obeyed, verdict.reason


def test_evidence_after_what_is_not_seen() -> None:
    text = " \ufeffabc"
    ((start, end),) = get("characters", at_most=2).check(text).evidence
    assert text[start:end] == "c"


def test_a_paragraph_joins_across_a_rule() -> None:
    rule = get("paragraphs", exactly=1)
    assert rule.check(rule.build("We add.\n\n---\n\nIt is 4.")).obeyed is True


def test_reasons_in_the_singular() -> None:
    text = "One.\n\nIt is 4."
    assert "breaks it; the first has 1 word." in get("words_per_paragraph", at_least=2).check(text).reason  # fmt: skip
    assert "1 of 1 steps is wrong" in get("growing_sentences", by=1).check(text).reason
