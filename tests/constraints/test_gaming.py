"""No type can be obeyed by what a reader does not see, nor by a dress around a text that breaks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from gaming import HIDING, WRAPPING, Way

from bridle.constraints import REGISTRY, Constraint, get

TYPES = sorted(REGISTRY)
_DELIMITERS = set("`$\\~")  # a dress around these is another text
_IN_MATHS = [way.name for way in WRAPPING if way.shows("$") == ""]
# (type, way): what asks for the dress itself; where a sign is none inside of it (an asterisk in a
# formula opens no item); rules whose condition is what stands at the very edges of the text.
ASKED = {
    ("code_language", "fence for a language"),
    ("lines", "fence after an emoji"),
    ("count_of", "fence after an emoji"),
    ("bullets", "code by the word"),
    ("quote_then_explanation", "code by the word"),
    ("sentences", "code by the word"),
    *((name, way.name) for name in ("none", "if_then") for way in WRAPPING),
    *((name, way) for name in ("bullets", "letters_reversed", "no_markdown") for way in _IN_MATHS),
    *(("boxed_answer", way) for way in ("box", "box of text", "box in dollars")),
}


def cases(name: str) -> Iterator[tuple[Constraint, str, str]]:
    """For each set of parameters a text that obeys and one that does not, of the examples or made."""
    by_rule: dict[Constraint, dict[bool, list[str]]] = {}
    for example in REGISTRY[name].examples:
        if example.obeyed is not None:
            rule = get(name, **example.params)
            by_rule.setdefault(rule, {}).setdefault(example.obeyed, []).append(example.text)
    for rule, texts in by_rule.items():
        good = texts.get(True) or [rule.build("It is 4.")]
        bad = texts.get(False) or [rule.violate(good[0])]
        plain = [b for b in bad if rule.check(b).obeyed is False and not _DELIMITERS & set(b)]
        yield from ((rule, g, b) for g in good[:2] for b in plain if any(map(str.isalnum, b)))


@pytest.mark.parametrize("way", HIDING, ids=repr)
def test_what_is_hidden_obeys_nothing(way: Way) -> None:
    wrong = []
    for name in TYPES:
        for rule, good, bad in cases(name):
            for text in (f"{bad} {way.apply(good)}",):
                if rule.check(text).obeyed:
                    wrong.append((name, text))
    assert not wrong


@pytest.mark.parametrize("way", WRAPPING, ids=repr)
def test_a_dress_obeys_nothing(way: Way) -> None:
    wrong = []
    for name in TYPES:
        for rule, _, bad in cases(name):
            if (name, way.name) in ASKED or rule.check(way.shows(bad)).obeyed is not False:
                continue
            if rule.check(way.apply(bad)).obeyed:
                wrong.append((rule.spec(), way.apply(bad)))
    assert not wrong


def test_a_word_in_look_alike_letters_counts_against_a_maximum_and_for_no_minimum():
    disguised = "Each s\u0456de and each side."
    assert get("keyword_count", keyword="side", at_most=1).check(disguised).obeyed is False
    assert get("keyword_count", keyword="side", less_than=3).check(disguised).observed == 2
    assert get("keyword_count", keyword="side", at_least=2).check(disguised).obeyed is False
