"""The shipped weights themselves: they read, think, answer and mostly obey.

The thresholds lie well under the card's figures: they fail when weights, tokenizer, template or
generator have come apart, not when a figure moves a little.
"""

from __future__ import annotations

import hashlib

import pytest

from bridle.benchmarks.crossed import items as crossed
from bridle.organism.model import tokens
from bridle.organism.model.engine import MODEL, Engine, get_engine, render
from bridle.organism.training.card import CARD, head, table
from bridle.organism.training.evaluate import ask, figure

CORRECT, HARD = 0.8, 0.75


@pytest.fixture(scope="module")
def engine():
    return get_engine()


@pytest.fixture(scope="module")
def answers(engine):
    return ask(engine, crossed.load(limit=36, seed=404).items)


def test_answers_are_finished_mostly_right_and_mostly_obey(answers):
    assert figure(answers, "truncated").value <= 0.05
    assert figure(answers, "correct").value >= CORRECT
    assert figure([a for a in answers if len(a.item.constraints) == 1], "hard").value >= HARD


def test_thinking_varies_in_length_and_can_be_switched_off(engine, answers):
    lengths = [a.tokens_thinking for a in answers]
    assert max(lengths) > 2 * min(lengths) > 0
    off = ask(engine, [a.item for a in answers[:6]], thinking=False)
    assert all(a.tokens_thinking == 0 and a.response.status == "complete" for a in off)


def test_a_continued_text_goes_on_as_if_never_cut(engine):
    prompt = render([{"role": "user", "content": "Start with 12. Add 7. What is the result?"}])
    whole = engine.generate([prompt], max_tokens=200)[0]
    half = engine.generate([prompt], max_tokens=len(whole.ids) // 2)[0]
    assert whole.ids[: len(half.ids)] == half.ids
    rest = engine.generate([prompt + half.text], max_tokens=200)[0]
    assert half.text + rest.text == whole.text


def test_drawn_answers_vary_and_come_again_by_seed(engine):
    prompt = render([{"role": "user", "content": "Start with 12. Add 7. What is the result?"}])
    drawn = engine.generate([prompt] * 8, max_tokens=200, temperature=1.0, seed=3)
    assert len({d.text for d in drawn}) > 2
    assert engine.generate([prompt] * 8, max_tokens=200, temperature=1.0, seed=3) == drawn


def test_the_process_has_one_engine():
    assert get_engine() is get_engine()


def test_weights_and_tokenizer_belong_together_and_stay_small(engine):
    digest = hashlib.sha256(tokens.FILE.read_bytes()).hexdigest()
    assert engine.notes["tokenizer_sha256"] == digest
    assert len(tokens.piece_bytes(tokens.tokenizer())) == engine.shape.vocabulary
    assert engine.shape.parameters() < 8e6
    assert MODEL.stat().st_size + tokens.FILE.stat().st_size < 16e6


def test_the_card_belongs_to_this_file(engine):
    said = CARD.read_text(encoding="utf-8")
    assert said.startswith(head(engine)), "run: python -m bridle.organism.training.card"


def test_the_card_is_written_from_answers(answers):
    shown = table(answers, answers, answers, answers)
    right = sum(bool(a.grade.correct) for a in answers) / len(answers)
    assert f"{right:.1%} [" in shown
    assert f"n={len(answers)}" in shown


def test_a_model_from_elsewhere_is_refused(tmp_path):
    from bridle.errors import DataError

    (tmp_path / "empty.onnx").write_bytes(b"")
    with pytest.raises(DataError):
        Engine.load(tmp_path / "empty.onnx")
