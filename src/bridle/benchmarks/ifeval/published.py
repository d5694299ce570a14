"""IFEval's verdicts, strict and loose: 25 ids, judged on the response as it stands.

Source: google-research, instruction_following_eval/evaluation_lib.py (Zhou et al. 2023, arXiv
2311.07911, section 2.2). The published code scores the whole response, thinking included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bridle.benchmarks.published.instructions import rules
from bridle.benchmarks.published.rule import Rule
from bridle.benchmarks.published.verdict import Decided, UpstreamVerdict, decide_all, verdict_of


def variants(response: str) -> list[str]:
    """The eight texts of which one must obey: first, last, both or no line dropped, `*` removed.

    A text that loses a line is stripped, too; equal texts are kept once.
    """
    lines = response.split("\n")
    dropped = ["\n".join(part).strip() for part in (lines[1:], lines[:-1], lines[1:-1])]
    texts = [response, *dropped]
    return list(dict.fromkeys(texts + [text.replace("*", "") for text in texts]))


def loose_verdicts(
    project: str,
    rules: Mapping[str, Rule],
    response: str,
    given: Sequence[tuple[str, Mapping[str, Any]]],
    strict: Sequence[Decided],
) -> list[bool | None]:
    """True where any variant obeys; None where none does and one cannot be decided."""
    found: list[bool | None] = []
    others = [text for text in variants(response) if text != response and text.strip()]
    for one, (verdict, _) in zip(given, strict, strict=True):
        seen = {verdict}
        for text in others:
            if True in seen:
                break
            seen.add(decide_all(project, rules, text, [one])[0][0])
        found.append(True if True in seen else None if None in seen else False)
    return found


def judge(
    raw: str, peer: Sequence[tuple[str, Mapping[str, Any] | None]], prompt: str | None = None
) -> UpstreamVerdict:
    """IFEval's strict verdicts (`obeyed`, `hard`, `soft`) and the loose ones."""
    given = [(name, kwargs or {}) for name, kwargs in peer]
    strict = decide_all("IFEval", rules(), raw, given)
    return verdict_of(raw, strict, loose_verdicts("IFEval", rules(), raw, given, strict))
