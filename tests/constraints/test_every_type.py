"""What every registered constraint type must do, whatever it is: it is tested by being registered."""

from __future__ import annotations

import functools
import inspect
import time
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bridle.constraints import REGISTRY, Constraint, from_spec, get, witness
from bridle.constraints.counting import EVIDENCE
from bridle.text import Text

TYPES = sorted(REGISTRY)
DRAFTS = (
    "The answer is \\boxed{42}.",
    "We add $2$ and $40$ first. Then we stop. So the final answer is \\boxed{42}.",
    "Two ways are known.\n\nBoth give the same value.\n\nThe result is \\boxed{42}.",
)
HARD = (
    "", " ", "\n", "42", "\x00\x01\x7f", "\ud800 lone \udfff", "שלום עולם", "\u200b\u200d\ufeff",
    "\u202eabc\u202c", "🙂🙂 👩‍👩‍👧", "\\boxed{", "$", "```", "\ufffc", '"', "“", "*", "a" * 5000, "\r\r\n",
)  # fmt: skip


def rules(name: str) -> Iterator[Constraint]:
    """The type with the parameters of its examples."""
    seen: set[Constraint] = set()
    for example in REGISTRY[name].examples:
        rule = get(name, **example.params)
        if rule not in seen:
            seen.add(rule)
            yield rule


@pytest.mark.parametrize("name", TYPES)
def test_says_what_it_is(name: str) -> None:
    cls = REGISTRY[name]
    assert cls.family and cls.meaning and cls.version >= 1 and cls.__doc__
    verdicts = [example.obeyed for example in cls.examples]
    assert verdicts.count(True) >= 2 and verdicts.count(False) >= 2
    for rule in rules(name):
        phrasings = rule.phrasings()
        assert len(set(phrasings)) >= 3 and all(p.strip() for p in phrasings)
        assert rule.describe() == phrasings[0]
        assert rule.describe(len(phrasings) + 1) == phrasings[1]
        assert from_spec(rule.spec()) == rule
        assert hash(from_spec(rule.spec())) == hash(rule)


@pytest.mark.parametrize("name", TYPES)
def test_its_page_has_the_one_shape(name: str) -> None:
    """A sentence, what counts and what does not, an example of either kind that says why, as the catalogue
    shows them; the file's first line says what its types have in common."""
    cls = REGISTRY[name]
    lines = inspect.getdoc(cls)
    assert lines is not None
    first = lines.splitlines()[0]
    assert first[0].isupper() and first.endswith(".") and len(first) <= 100, first
    assert cls.meaning[0].isupper() and cls.meaning.endswith((".", ")")), cls.meaning
    assert len(cls.meaning) > len(first), cls.meaning
    assert any(e.why for e in cls.examples), f"{name}: no example says why it is one"
    module = inspect.getmodule(cls)
    assert module is not None and module.__doc__ and len(module.__doc__.splitlines()[0]) <= 110


@pytest.mark.parametrize("name", TYPES)
def test_says_whether_it_takes_planning_or_precision(name: str) -> None:
    cls = REGISTRY[name]
    assert "skill" in vars(cls), "a type of ours says it itself"
    assert cls.skill in ("planning", "precision")
    if cls.family == "length":
        assert cls.skill == "planning"  # counts over the whole text


@pytest.mark.parametrize("name", TYPES)
def test_examples(name: str) -> None:
    for example in REGISTRY[name].examples:
        verdict = get(name, **example.params).check(example.text)
        assert verdict.obeyed is example.obeyed, (example, verdict.reason)
        assert verdict.constraint == name and verdict.version == REGISTRY[name].version
        assert verdict.reason.endswith((".", "!", "?", "'", '"')), verdict.reason


@pytest.mark.parametrize("name", TYPES)
def test_builds_a_draft_that_obeys(name: str) -> None:
    for rule in rules(name):
        for draft in DRAFTS:
            built = rule.build(draft)
            verdict = rule.check(built)
            assert verdict.obeyed is True, (rule.spec(), built, verdict.reason)
            assert rule.build(built) == built  # what obeys is left alone


@pytest.mark.parametrize("name", TYPES)
def test_accepts_its_witness_and_rejects_its_violation(name: str) -> None:
    for rule in rules(name):
        text = witness([rule], "42")
        if isinstance(text, str):
            assert rule.check(text).obeyed is True
            assert "\\boxed{42}" in text
        else:
            # A closed answer (one of some options, JSON) leaves no room for the box, only that.
            assert text.members == (rule, "answer_format"), (rule.spec(), str(text))
            unboxed = witness([rule], None)
            assert isinstance(unboxed, str), (rule.spec(), str(unboxed))
            text = unboxed
        verdict = rule.check(rule.violate(text))
        assert verdict.obeyed is False, (rule.spec(), rule.violate(text))


@functools.cache
def every_rule() -> tuple[Constraint, ...]:
    return tuple(rule for name in TYPES for rule in rules(name))


@pytest.mark.parametrize("text", HARD)
def test_no_text_is_too_much(text: str) -> None:
    parsed = Text(text)
    for rule in every_rule():
        assert_fair(rule, parsed)


@settings(derandomize=True, deadline=None, max_examples=80)
@given(
    text=st.text(st.characters(exclude_categories=()), max_size=80)
    | st.text('$\\[](){}*_`-+•.,;|!?"“” \n\r\taB1中ก#SECTION', max_size=80)
)
def test_no_random_text_is_too_much(text: str) -> None:
    parsed = Text(text)
    for rule in every_rule():
        assert_fair(rule, parsed)


def assert_fair(rule: Constraint, text: Text) -> None:
    verdict = rule.check(text)
    assert verdict.obeyed in (True, False, None), rule.spec()
    assert rule.obeyed_by(text) is (verdict.obeyed is True), rule.spec()
    assert verdict.reason and verdict.wanted, rule.spec()
    assert all(0 <= a < b <= len(text.raw) for a, b in verdict.evidence), rule.spec()
    assert len(verdict.evidence) <= 2 * EVIDENCE, rule.spec()


@pytest.mark.parametrize("name", TYPES)
def test_same_verdict_in_every_spelling(name: str) -> None:
    for rule in rules(name):
        texts = [e.text for e in REGISTRY[name].examples if e.text] + [
            rule.build(d) for d in DRAFTS
        ]
        for text in texts:
            want = rule.check(text).obeyed
            for other in (
                text.replace("\n", "\r\n"),
                unicodedata.normalize("NFC", text),
                unicodedata.normalize("NFD", text),
                f"{text} \n\n",
                f"{text}\t",
            ):
                assert rule.check(other).obeyed is want, (rule.spec(), other)


PATTERNS = (
    "*",
    "a",
    "A",
    "[",
    "{",
    "a, ",
    '"',
    "SECTION 1\n",
    "- a\n",
    "中",
    "ü ",
    "$x$ ",
    "(a. ",
    "1,2\n",
)


@functools.cache
def repeated(pattern: str, size: int) -> Text:
    """Parsed for all types together: how parsing grows is tested with the text. The letter at the
    end lets a search fail there that began at each place before."""
    return Text(pattern * (size // len(pattern)) + "z")


@pytest.mark.parametrize("name", TYPES)
def test_time_grows_with_the_length(name: str) -> None:
    """16 times the text may take 16 times the time; quadratic growth would take 256 times."""
    rule = next(rules(name))
    rule.check("Load what is loaded once, as the classifiers of languages.")
    for pattern in PATTERNS:
        for _ in range(3):  # a busy machine is slow now and then, what grows too fast always is
            small, large = (cost(rule, repeated(pattern, size)) for size in (1_000, 16_000))
            if large < 80 * max(small, 0.0003):
                break
        else:
            pytest.fail(f"{rule.spec()} on {pattern!r}: {small:.4f} s, then {large:.4f} s")


def cost(rule: Constraint, text: Text) -> float:
    start = time.process_time()
    rule.check(text)
    return time.process_time() - start
