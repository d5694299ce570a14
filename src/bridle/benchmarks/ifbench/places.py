"""Places that some of IFBench's instructions ask for: `places.txt`, which says where they come from."""

from __future__ import annotations

from pathlib import Path

from bridle.text.lists import sections

_LISTS = sections(Path(__file__).with_suffix(".txt"), blanks=False)

EUROPEAN_CAPITALS = _LISTS["EUROPEAN_CAPITALS"]
AFRICAN_COUNTRIES = _LISTS["AFRICAN_COUNTRIES"]
AFRICAN_DISPUTED = _LISTS["AFRICAN_DISPUTED"]
