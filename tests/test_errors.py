"""Errors say what happened, what was expected, what to type next, and survive a worker process."""

from __future__ import annotations

import pickle

from bridle.errors import BridleError, ConstraintError, MissingExtra, nearest


def test_the_three_sentences_stand_on_three_lines() -> None:
    error = BridleError("No file x.", expected="a JSONL file", hint="bridle score FILE")
    assert str(error) == "No file x.\nExpected: a JSONL file\nTry: bridle score FILE"
    assert str(BridleError("No file x.")) == "No file x."


def test_an_error_keeps_its_parts_through_pickle() -> None:
    error = pickle.loads(pickle.dumps(ConstraintError("bad", expected="good", hint="type")))
    assert type(error) is ConstraintError
    assert (error.what, error.expected, error.hint) == ("bad", "good", "type")


def test_a_missing_extra_names_what_to_install() -> None:
    assert "pip install 'bridle-eval[tables]'" in str(MissingExtra.of("tables", "bridle score"))


def test_nearest_is_silent_when_nothing_is_alike() -> None:
    assert nearest("wrods", ["words", "bullets"]) == "words"
    assert nearest("xyzzy", ["words", "bullets"]) is None
