"""Links into the samples of the page: what a cell or a point opens.

samples(who="organism", constraint="words", obeyed="no")
-> "#samples?who=organism&constraint=words&obeyed=no"

The page's script reads them (`script/filters.js` says what each key selects).
"""

from __future__ import annotations

from urllib.parse import quote

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
