"""Proofs are sound: what some text obeys is never proved impossible; conflict sets are smallest."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import Conflict, Constraint, get, witness
from bridle.constraints.bounds import least, most, unmet
from bridle.constraints.families.length.passages import characters
from bridle.constraints.witness.conflicts import prove
from bridle.errors import ConstraintError
from bridle.text import Text
from bridle.text.word_forms import words_in

_BUNDLES = Path(__file__).parents[2] / "benchmarks" / "bundles.py"
_spec = importlib.util.spec_from_file_location("bundles_for_conflicts", _BUNDLES)
assert _spec and _spec.loader
bundles = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(bundles)

PROMPT = "What is the sum of all primes below ten?"
Rule = tuple[str, dict[str, Any]]

# Rules that look as if they clashed, and a text that obeys both.
GET_AROUND: list[tuple[list[Rule], str]] = [
    ([("end_phrase", {"phrase": "a, b$"}), ("no_comma", {})], "$a, b$"),
    ([("end_phrase", {"phrase": "a, b`"}), ("no_comma", {})], "They say so in `a, b`"),
    ([("end_phrase", {"phrase": "sum}"}), ("keyword_count", {"keyword": "sum", "exactly": 0})],
     "We call all of it \\boxed{sum}"),
    ([("repeat_prompt", {"prompt": "Line one\nLine two"}), ("lines", {"at_most": 1})],
     "Line one Line two 4"),
    ([("repeat_prompt", {"prompt": "- a\n- b"}), ("bullets", {"at_most": 1})], "- a - b 4"),
    ([("repeat_prompt", {"prompt": "Done.```"}), ("unique_words", {"exactly": 0})],
     "Done.```\nx, y\n```"),
    ([("repeat_prompt", {"prompt": "x"}), ("repeat_prompt", {"prompt": "x-y"})], "x-y 4"),
    ([("postscript", {}), ("forbidden_words", {"words": ["P.S."]})], "It is 4.\nP. S. Check it."),
    ([("title_case", {}), ("lowercase", {})], "答案是四。"),
    ([("given_names", {"names": ["ann"], "at_least": 1}), ("lowercase", {})], "so says ann."),
    ([("keywords", {"keywords": ["strategy"]}),
      ("characters_forbidden", {"characters": ["s", "T"]})], "Strategy"),
    ([("keywords", {"keywords": ["Emma"]}), ("given_names", {"at_most": 0})], "emma's"),
    ([("start_phrase", {"phrase": "NASA"}), ("capital_words", {"at_most": 0})], "NASA-like it is"),
    ([("keywords", {"keywords": ["result"]}), ("prime_lengths", {})], "the result's out"),
    ([("keywords", {"keywords": ["Sure*a*"]}), ("fixed_text", {"text": "It: Sure*a* 4"})],
     "It: Sure*a* 4"),
    ([("keyword_count", {"keyword": "sum", "at_least": 1}),
      ("count_of", {"of": {"type": "no_comma"}, "at_most": 0})], "A sum, yes."),
    ([("start_phrase", {"phrase": "Four"}), ("prime_lengths", {})], "Four's it"),
    ([("end_phrase", {"phrase": "add up"}), ("no_repeated_initial", {})], "We add up"),
    ([("word_per_line", {}), ("repeat_prompt", {"prompt": "Add up."})], "Add\nup.\n4"),
    ([("every_nth_script", {"every": 3, "script": "Japanese"}), ("end_phrase", {"phrase": "It is."})],
     "It It はい It is."),
    ([("emoji_ends", {}), ("end_phrase", {"phrase": "Bye 🙂."})], "Bye 🙂."),
    ([("no_whitespace", {}), ("words", {"at_least": 4})], "答案是四"),
    ([("no_whitespace", {}), ("bullets", {"exactly": 1})], "•Four."),
    ([("no_whitespace", {}), ("postscript", {})], "\nP.S.:Four"),
    ([("characters", {"at_most": 6}), ("words", {"at_least": 4})], "答案是四"),
    ([("one_of", {"options": ["Yes, sir.", "no"]}), ("keywords", {"keywords": ["yes"]})],
     "**Yes, sir.**"),
    ([("unique_words", {"at_least": 4}), ("words", {"at_most": 4})], "One two, three four."),
    ([("end_phrase", {"phrase": "Bye?"}), ("end_phrase", {"phrase": '?"'})], '"It is 4. Bye?"'),
    ([("characters_required", {"characters": ["n"]}), ("title_case", {})], "So Nine and One"),
    ([("characters_required", {"characters": ["f"]}), ("title_case", {})], "Emma of Rome"),
    ([("given_names", {"names": ["Ann"], "exactly": 0}), ("given_names", {"at_least": 1})],
     "Emma adds."),
    ([("palindromes", {"exactly": 0}), ("palindromes", {"letters": 3, "at_least": 1})], "An eye."),
    ([("words_per_sentence", {"at_least": 3}), ("sentences", {"exactly": 2}),
      ("words", {"at_most": 6})], "We add two. It is 4."),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "text"), GET_AROUND)
def test_what_a_text_obeys_is_not_proved_impossible(rules: list[Rule], text: str) -> None:
    made = [get(name, **params) for name, params in rules]
    assert [rule.check(text).obeyed for rule in made] == [True] * len(made)
    conflict = prove(made, "", "")
    assert conflict is None, str(conflict)


def test_a_copy_of_the_prompt_and_the_answer_has_room_between() -> None:
    copy = "Add it up. It is \\boxed{42}."
    rules = [get("repeat_prompt", prompt="Add it up."), get("fixed_text", text=copy)]
    assert all(rule.check(copy).obeyed for rule in rules)
    conflict = prove(rules, "\\boxed{42}", "\\boxed{0}")
    assert conflict is None or set(conflict.members) == {rules[1], "reference_answer"}, conflict


def test_a_plain_answer_may_stand_in_maths() -> None:
    found = witness([get("no_comma")], "42, 43", answer_format="plain")
    assert isinstance(found, str) and "$42, 43$" in found


PROVED: list[list[Rule]] = [
    [("start_phrase", {"phrase": "Sure"}), ("forbidden_words", {"words": ["sure"]})],
    [("growing_alliteration", {}), ("no_repeated_initial", {})],
    [("end_phrase", {"phrase": "Is there anything else?"}), ("alphabet_loop", {})],
    [("end_phrase", {"phrase": "Is there anything else?"}), ("prime_lengths", {})],
    [("end_phrase", {"phrase": "Is there anything else?"}), ("emoji_ends", {})],
    [("start_phrase", {"phrase": "Here is why:"}), ("word_per_line", {})],
    [("start_phrase", {"phrase": "Here is why:"}), ("consonant_clusters", {})],
    [("repeat_prompt", {"prompt": PROMPT}), ("vowel_kinds", {})],
    [("repeat_prompt", {"prompt": PROMPT}), ("every_nth_script", {"every": 3, "script": "Japanese"})],
    [("no_whitespace", {}), ("bullets", {"at_least": 2})],
    [("no_whitespace", {}), ("paragraphs", {"exactly": 2})],
    [("unique_words", {"at_least": 50}), ("words", {"at_most": 49})],
    [("sentences", {"at_least": 9}), ("words", {"less_than": 9})],
    [("bullets", {"at_least": 5}), ("lines", {"at_most": 4})],
    [("growing_sentences", {"by": 4}), ("words", {"at_most": 5})],
    [("words_per_sentence", {"at_most": 5}), ("sentences", {"at_most": 3}), ("words", {"at_least": 16})],
    [("words_per_paragraph", {"at_least": 50}), ("paragraphs", {"exactly": 3}), ("words", {"at_most": 149})],
    [("fixed_text", {"text": "Only say this."}), ("keywords", {"keywords": ["sum"]})],
    [("one_of", {"options": ["yes", "no"]}), ("end_phrase", {"phrase": "Bye."})],
]  # fmt: skip


@pytest.mark.parametrize("rules", PROVED)
def test_plain_conflicts_are_proved(rules: list[Rule]) -> None:
    made = [get(name, **params) for name, params in rules]
    conflict = witness(made, None)
    assert isinstance(conflict, Conflict) and conflict.proved, str(conflict)
    assert set(conflict.members) == set(made)


@pytest.mark.parametrize("name", ["fixed_text", "one_of", "multiples", "repeat_span"])
def test_a_closed_answer_has_no_room_for_the_box(name: str) -> None:
    rule = next(iter(bundles.pool_of_rules()[name]))
    conflict = witness([rule], "42")
    assert isinstance(conflict, Conflict) and conflict.proved
    assert conflict.members == (rule, "answer_format")


@pytest.mark.parametrize("seed", range(8))
def test_no_two_rules_of_one_text_are_proved_to_clash(seed: int) -> None:
    """A text with rules built into it obeys dozens of rules: no proof may be found among them."""
    rng = random.Random(seed)
    pool = bundles.pool_of_rules()
    text = bundles.draft(rng, pool)
    if seed % 3 == 2:
        text = rng.choice(("`{}`", '"{}"', "{}\n\n{}")).replace("{}", text)
    parsed = Text(text)
    obeyed: list[Constraint] = []
    for name in sorted(pool):
        for rule in pool[name]:
            for other in (rule, bundles.around(rng, rule, parsed)):
                if other is not None and other.check(parsed).obeyed is True:
                    obeyed.append(other)
    words = [text[a:b].strip('.,!?"') for a, b in parsed.masked.words if text[a:b].strip('.,!?"')]
    for name, params in (
        ("keywords", {"keywords": [rng.choice(words)]}),
        ("start_phrase", {"phrase": text.strip()[: rng.randint(1, 25)]}),
        ("end_phrase", {"phrase": text.strip()[-rng.randint(1, 25) :]}),
        ("repeat_prompt", {"prompt": text.strip()[: rng.randint(1, 40)]}),
        ("fixed_text", {"text": text}),
    ):
        rule = get(name, **params)
        if rule.check(parsed).obeyed is True:
            obeyed.append(rule)
    stated = bundles.STATED if bundles.STATED in text else ""
    chosen = rng.sample(obeyed, min(30, len(obeyed)))
    conflict = prove(chosen, stated, "\\boxed{0}" if stated else "")
    assert conflict is None, (str(conflict), text)


@pytest.mark.parametrize("seed", range(30))
def test_conflicts_are_smallest(seed: int) -> None:
    """Without any one of its members nothing is in conflict any more, as far as can be proved."""
    rng = random.Random(seed)
    pool = bundles.pool_of_rules()
    found = 0
    for _ in range(12):
        rules: list[Constraint] = [rng.choice(pool[n]) for n in rng.sample(sorted(pool), 8)]
        conflict = prove(rules, bundles.STATED, "\\boxed{0}")
        if conflict is None:
            continue
        found += 1
        own = [m for m in conflict.members if isinstance(m, Constraint)]
        said = len(own) < len(conflict.members)
        stated = (bundles.STATED, "\\boxed{0}") if said else ("", "")
        again = prove(own, *stated)
        assert again is not None and set(again.members) == set(conflict.members)
        for one in own:
            assert prove([rule for rule in own if rule is not one], *stated) is None, str(conflict)
        if said:
            assert prove(own, "", "") is None, str(conflict)
    assert found


NEEDING = [rules[0] for rules in bundles.pool_of_rules().values() if least(rules[0])]


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    st.lists(
        st.sampled_from(
            ["We add", ". ", "! ", "\n", "\n\n", "- ", "*a*", "**", "# ", "$x$", "`", "```\n", "中文。",
             "1. ", "• ", "NASA ", "x-y", '"', "'s ", "***\n", "_", "e\u0301", "|", "\t", "\r\n", "$",
             "\\boxed{4}", "สวัสดี", "\u200b", "½", "\u2028", "\x0b", "はい "]
        ),
        max_size=14,
    ).map("".join)
)  # fmt: skip
def test_what_the_counts_rest_on_holds_in_every_text(text: str) -> None:
    view = Text(text).masked
    words = len(view.words)
    lines = sum(a < b for a, b in view.lines)
    size = characters(text.strip())
    assert sum(len(words_in(view, s)) for s in view.sentences) == words
    assert sum(len(words_in(view, s)) for s in view.paragraphs) == words
    assert all(words_in(view, s) for s in view.sentences)
    assert max(len(view.paragraphs), len(view.items)) <= lines <= size
    assert words <= size and 3 * len(view.emphasis) <= size
    for name in ("unique_words", "capital_words"):
        rule = get(name, at_least=1)
        assert len(rule.tally(view)) <= words  # type: ignore[attr-defined]
    for rule in NEEDING:
        if rule.judge(view).obeyed is True:
            for other in ("words", "sentences", "lines", "paragraphs", "characters"):
                count = get(other, at_least=0).check(text).observed
                assert least(rule).get(other, 0) <= int(str(count)), (rule.spec(), text)


def test_bounds_say_what_is_least_and_most() -> None:
    assert least(get("bullets", at_least=3)) | {"words": 0} == least(get("bullets", at_least=3))
    assert least(get("sentences", at_least=3))["characters"] == 3
    assert least(get("words", at_least=3, maths="kept")) == {}
    assert most(get("words", at_most=3)) == {"words": 3}
    assert most(get("words", at_least=3)) == {}
    assert unmet(get("words", at_least=4), get("words", at_most=3))
    assert unmet(get("paragraphs", at_least=4, separator="***"), get("lines", at_most=1)) is None
    with pytest.raises(ConstraintError):
        get("words")


def test_a_highlight_takes_three_characters() -> None:
    """`*a*` is the shortest; two of them fit into six characters and not into five."""
    two = get("highlights", at_least=2)
    assert isinstance(witness([two, get("characters", at_most=5)], None), Conflict)
    found = witness([get("highlights", at_least=1), get("characters", at_most=2)], None)
    assert isinstance(found, Conflict) and found.proved
