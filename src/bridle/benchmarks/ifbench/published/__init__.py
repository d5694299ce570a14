"""IFBench's verdicts, strict and loose: 58 ids, judged on the response as it stands.

Source: allenai/IFBench, evaluation_lib.py and instructions.py as published with the paper (Pyatkin
et al. 2025, arXiv 2507.02833). Later revisions of that repository changed some rules; the ones here
are those that the published verdicts were recorded with (docs/upstream.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bridle.benchmarks.ifbench.published import custom as ifbench_custom
from bridle.benchmarks.ifbench.published import format as ifbench_format
from bridle.benchmarks.ifbench.published import sentences as ifbench_sentences
from bridle.benchmarks.ifbench.published import words as ifbench_words
from bridle.benchmarks.ifeval.published import loose_verdicts
from bridle.benchmarks.published.rule import Rule
from bridle.benchmarks.published.verdict import UpstreamVerdict, decide_all, verdict_of

RULES: dict[str, Rule] = {
    **ifbench_words.RULES,
    **ifbench_sentences.RULES,
    **ifbench_format.RULES,
    **ifbench_custom.RULES,
}


def judge(
    raw: str, peer: Sequence[tuple[str, Mapping[str, Any] | None]], prompt: str | None = None
) -> UpstreamVerdict:
    """IFBench's strict verdicts (`obeyed`, `hard`, `soft`) and the loose ones."""
    given = [(name, kwargs or {}) for name, kwargs in peer]
    strict = decide_all("IFBench", RULES, raw, given)
    return verdict_of(raw, strict, loose_verdicts("IFBench", RULES, raw, given, strict))
