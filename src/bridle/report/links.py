"""Links into the samples of the page: what a cell or a point opens.

samples(who="organism", constraint="words", obeyed="no")
-> "#samples?who=organism&constraint=words&obeyed=no"

The page's script reads them (`script/filters.js` says what each key selects).
"""

from __future__ import annotations

from urllib.parse import quote

from bridle.analysis.rates import Cell
from bridle.maths import NONE_STATED
from bridle.report.untrusted import line

KEYS = (
    "who",  # a row of the report: the model, and what else varies
    "model",
    "arm",
    "benchmark",
    "condition",  # with | without
    "source",
    "n_constraints",
    "constraint",
    "obeyed",  # yes | no | undetermined: of `constraint` where that is given, else of all
    "correct",  # yes | no | unknown
    "hard",  # yes | no: counted as obeying all, as in HAcc (an undetermined verdict does not pass)
    "joint",  # yes | no | unknown
    "status",
    "found_how",
    "problem",
    "item",
    "sample",
    "turn",
    "tokens_thinking",  # LOW-HIGH, both inclusive
    "parted",  # yes: the two judges disagree
    "beside",  # another row, to set the same drawings of it beside
    "flips",  # lost | gained | any: where `who` and `beside` differ
    "open",  # the key of one sample
)


def samples(**filters: object) -> str:
    """The hash that opens the samples so filtered; a value of None is no filter.

    Values are written as the page shows them (`untrusted.line`).

    Raises:
        KeyError: there is no such filter.
    """
    parts: list[str] = []
    for key, value in filters.items():
        if key not in KEYS:
            raise KeyError(f"the page has no filter {key!r}; one of: {', '.join(KEYS)}")
        if value is not None:
            parts.append(f"{key}={quote(line(str(value)), safe='')}")
    return "#samples" + ("?" + "&".join(parts) if parts else "")


_ASKED, _BARE = {"condition": "with"}, {"condition": "without"}
# The samples that keep a rate from being 100 %; of a floor all answers to the bare prompt.
_BEHIND: dict[str, dict[str, str]] = {
    "hacc": {"hard": "no", **_ASKED},
    "sacc": {"hard": "no", **_ASKED},
    "obeyed": {"obeyed": "no", **_ASKED},
    "joint": {"joint": "no", **_ASKED},
    "correct_with": {"correct": "no", **_ASKED},
    "correct_without": {"correct": "no", **_BARE},
    "floor": _BARE,
    "soft_floor": _BARE,
    "none_stated_with": {"found_how": NONE_STATED, **_ASKED},
    "none_stated_without": {"found_how": NONE_STATED, **_BARE},
    "truncated_with": {"status": "truncated", **_ASKED},
    "truncated_without": {"status": "truncated", **_BARE},
    "undetermined": {"obeyed": "undetermined", **_ASKED},
}


_OF_FAULTS = ("none_stated_with", "none_stated_without", "truncated_with", "truncated_without")


def behind(rate: str, cell: Cell | None = None, **where: object) -> str:
    """The hash of the samples behind a rate of a slice: its failures, or "" where no filter says that.

    Where `cell` says that there are none, all answers to that prompt instead of an empty list.

    behind("hacc", who="organism", n_constraints=2)
    """
    if rate not in _BEHIND:
        return ""
    filters = _BEHIND[rate]
    if cell is not None and not isinstance(cell, str):
        none = 0 if rate in (*_OF_FAULTS, "undetermined") else 1
        if cell.value == none:
            filters = {"condition": filters["condition"]}
    return samples(**where, **filters)
