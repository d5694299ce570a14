"""English verbs, and words that are none: the lists of `verbs.txt`."""

from __future__ import annotations

from pathlib import Path

from bridle.text.lists import sections

_LISTS = {k: frozenset(v) for k, v in sections(Path(__file__).with_suffix(".txt")).items()}

VERBS, NOT_VERBS, SURE = _LISTS["VERBS"], _LISTS["NOT_VERBS"], _LISTS["SURE"]
OF_VERBS, LABELLED, EITHER = _LISTS["OF_VERBS"], _LISTS["LABELLED"], _LISTS["EITHER"]
