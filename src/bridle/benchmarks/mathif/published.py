"""MathIF's own verdicts: which text its code scores, and what its 15 checkers say of it.

    scored_text("<think>First</think>Then 7</answer>")  -> "Then 7"

Source: the published evaluation code, `code/eval_if.py` and `code/constraint_checker.py` (Fu et al.
2025, arXiv 2505.14810), which took the checkers from IFEval. The code here is our own.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from bridle.benchmarks.published.instructions import number_words
from bridle.benchmarks.published.instructions import rules as ifeval_rules
from bridle.benchmarks.published.rule import Rule
from bridle.benchmarks.published.verdict import UpstreamVerdict, decide_all, verdict_of

_SHARED = (
    "keywords:existence",
    "keywords:frequency",
    "keywords:forbidden_words",
    "language:response_language",
    "detectable_format:number_bullet_lists",
    "detectable_format:number_highlighted_sections",
    "detectable_format:multiple_sections",
    "combination:repeat_prompt",
    "startend:end_checker",
    "startend:quotation",
    "change_case:capital_word_frequency",
    "change_case:english_capital",
    "change_case:english_lowercase",
    "punctuation:no_comma",
)


@functools.cache
def rules() -> dict[str, Rule]:
    """MathIF's 15 ids: IFEval's rules, with other bounds for the words that it draws."""
    ifeval = ifeval_rules()
    return {name: ifeval[name] for name in _SHARED} | {
        "length_constraint_checkers:number_words": number_words(128, 1024)
    }


def scored_text(raw: str) -> str:
    """The part of a response that the published code scores.

    In this order, each only where the tag occurs: what follows the first `<think>` up to the next
    one, then what follows the first `</think>` up to the next one, then the same for `<answer>`,
    then what precedes `</answer>`. So thinking that never closes is scored as the answer, and an
    answer that comes after a second `</think>` is lost.
    """
    text = raw
    for tag in ("<think>", "</think>", "<answer>"):
        if tag in text:
            text = text.split(tag, 2)[1]
    return text.split("</answer>", 1)[0]


def given_arguments(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that reach the checker: 0 and empty ones are dropped, and drawn anew."""
    return {name: value for name, value in kwargs.items() if value}


def judge(
    raw: str, peer: Sequence[tuple[str, Mapping[str, Any] | None]], prompt: str | None = None
) -> UpstreamVerdict:
    """MathIF's verdicts, HAcc (`hard`) and SAcc (`soft`) of one row; there are no lenient ones."""
    text = scored_text(raw)
    given = [(name, given_arguments(kwargs or {})) for name, kwargs in peer]
    return verdict_of(text, decide_all("MathIF", rules(), text, given))
