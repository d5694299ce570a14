"""A text with accents has the same verdict in either Unicode spelling, whatever the type."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from bridle.constraints import REGISTRY, get

ACCENTS = str.maketrans("aeiouAEIOU", "àéîöúÀÉÎÖÚ")
FREE = ("names", "labels", "label", "columns", "keyword", "keywords", "words", "word", "phrase",
        "prompt", "text", "marker", "letters", "letter", "characters", "reference", "options",
        "contains")  # fmt: skip


def changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    return [changed(v, change) for v in value] if isinstance(value, list | tuple) else value


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_both_spellings(name: str) -> None:
    for example in REGISTRY[name].examples:
        verdicts = []
        for said in ("NFC", "NFD"):
            spell = lambda s, form=said: unicodedata.normalize(form, s.translate(ACCENTS))  # noqa: E731
            params = {k: changed(v, spell) if k in FREE else v for k, v in example.params.items()}
            rule = get(name, **params)
            for form in ("NFC", "NFD"):
                text = unicodedata.normalize(form, example.text.translate(ACCENTS))
                verdicts.append(rule.check(text).obeyed)
        assert len(set(verdicts)) == 1, (example, verdicts)


@pytest.mark.parametrize(
    ("name", "params", "text", "obeyed"),
    [
        ("title_case", {}, "Été À Paris", True),
        ("prime_lengths", {}, "Élan", False),  # four letters, not a word of one and of three
        ("no_repeated_initial", {}, "Été Élan", False),
        ("palindromes", {"exactly": 1, "letters": 3}, "été", True),
        ("word_repeats", {"at_most": 1}, "नमस्ते दोस्त", True),  # त stands in both, and is no word
        ("word_repeats", {"at_most": 1}, "नमस्ते नमस्ते", False),
        ("word_repeats", {"at_most": 1}, "می‌خواهم می‌روم", True),
        ("csv_shape", {"columns": ["n"], "quotes": "special"}, 'n\n"àb"', False),
    ],
)
def test_a_letter_with_its_marks_is_one(
    name: str, params: dict[str, Any], text: str, obeyed: bool
) -> None:
    for form in ("NFC", "NFD"):
        verdict = get(name, **params).check(unicodedata.normalize(form, text))
        assert verdict.obeyed is obeyed, verdict.reason
