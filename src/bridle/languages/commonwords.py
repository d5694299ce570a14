"""Words by which a language is known at a glance: articles, pronouns, conjunctions, forms of "to
be", and what answers to mathematics are made of (so, sum, number, answer, seven).

One file a language in `data/`. A list is not shorter in what its language shares with its
neighbours: a word that Danish and Norwegian both write stands in both, so that only the words that
tell them apart decide.
"""

from __future__ import annotations

from pathlib import Path

from bridle.text.lists import words

_LISTS = {path.stem: words(path) for path in sorted((Path(__file__).parent / "data").glob("*.txt"))}

COMMON: dict[str, tuple[str, ...]] = {
    code: held for code, held in _LISTS.items() if not code.endswith("-latn")
}
# Languages of other scripts in Latin letters: known, so that they are not taken for one that writes
# so by itself; never named.
ROMANISED: dict[str, tuple[str, ...]] = {
    code: held for code, held in _LISTS.items() if code.endswith("-latn")
}
