"""Neutral sentences from which drafts are made, one file a language in `data/`.

None has a digit, a quotation mark, emphasis or a word in capitals; English ones have no comma, so
that they fit under most constraints as they stand. A sentence with `{}` states the answer. Written
for this project.
"""

from __future__ import annotations

from pathlib import Path

from bridle.text.lists import lines

_DATA = Path(__file__).parent / "data"
_BANKS = {path.stem: lines(path) for path in sorted(_DATA.glob("??.txt"))}

ANSWER_IS: dict[str, tuple[str, ...]] = {
    code: tuple(s for s in bank if "{}" in s) for code, bank in _BANKS.items()
}
SENTENCES: dict[str, tuple[str, ...]] = {
    code: tuple(s for s in bank if "{}" not in s) for code, bank in _BANKS.items()
}
# English sentences for drafts whose constraints leave little of the above: words with clusters of
# consonants, few kinds of vowels with many pronouns, hardly any function words.
SPARE: tuple[str, ...] = lines(_DATA / "spare.txt")
