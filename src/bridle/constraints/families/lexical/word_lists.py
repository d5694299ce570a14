"""English word lists: those of `word_lists.txt`, which says where they come from."""

from __future__ import annotations

from pathlib import Path

from bridle.text.lists import sections

_LISTS = sections(Path(__file__).with_suffix(".txt"))

CONJUNCTIONS = ("for", "and", "nor", "but", "or", "yet", "so")
NAMES = _LISTS["NAMES"]
PRONOUNS = frozenset(_LISTS["PRONOUNS"])
STOP_WORDS = frozenset(_LISTS["STOP_WORDS"])
