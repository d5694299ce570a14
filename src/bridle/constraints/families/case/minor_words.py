"""Words that stay small in titles of languages beside English, by language (`minor_words.txt`)."""

from __future__ import annotations

from pathlib import Path

from bridle.text.lists import sections

MINOR: dict[str, frozenset[str]] = {
    code: frozenset(held) for code, held in sections(Path(__file__).with_suffix(".txt")).items()
}
