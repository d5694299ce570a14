"""IFEval's 25 rules as its published code applies them, quirks and all; MathIF took 15 of them.

    RULES["punctuation:no_comma"].check("1\\\\,000", {})  -> False: a thin space of LaTeX is a comma

Source: google-research, instruction_following_eval/instructions.py (Zhou et al. 2023,
arXiv 2311.07911); the code here is our own and takes time linear in the text.
"""

from __future__ import annotations

import functools
import string
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bridle.benchmarks.published import checks
from bridle.benchmarks.published.rule import Args, Rule

# -- arguments: upstream looks at them before it looks at the text ----------------------------------


def _nothing(_: Args) -> None:
    pass


@dataclass(frozen=True, slots=True)
class BuiltRule(Rule):
    """A rule whose arguments upstream puts into words first: what it cannot use stops it there.

    So it stops at a blank response too, and at an argument that the instruction does not have.
    """

    ready: Callable[[Args], object] = _nothing  # raises where upstream does

    def complete(self, given: Args) -> list[dict[str, Any]]:
        for name, value in given.items():
            if value is not None and name not in self.draws:
                raise TypeError(f"unexpected argument {name!r}")
        ways = Rule.complete(self, given)
        for way in ways:
            self.ready(way)
        return ways


def one_of(name: str, known: tuple[str, ...]) -> Callable[[Args], None]:
    """What stops upstream where an argument is none of the words that it knows."""

    def ready(args: Args) -> None:
        if args[name] not in known:
            raise ValueError(f"{name}={args[name]!r}")

    return ready


RELATIONS = ("less than", "at least")
_RELATION = one_of("relation", RELATIONS)


def number_words(low: int, high: int) -> Rule:
    """The rule on words; upstreams differ in the thresholds that they draw."""
    draws = {"num_words": (low, high), "relation": RELATIONS}
    return BuiltRule(checks.number_words, draws, at_least={"num_words": 0}, ready=_RELATION)


def _a_prompt(args: Args) -> None:
    if not args["prompt_to_repeat"]:
        raise ValueError("prompt_to_repeat is missing")


# fmt: off
LANGUAGES = (
    "en", "es", "pt", "ar", "hi", "fr", "ru", "de", "ja", "it", "bn", "uk", "th", "ur", "ta",
    "te", "bg", "ko", "pl", "he", "fa", "vi", "ne", "sw", "kn", "mr", "gu", "pa", "ml", "fi",
)
# fmt: on
END_OPTIONS = ("Any other questions?", "Is there anything else I can help with?")
_ONE_TO_FIVE = (1, 2, 3, 4, 5)


class _Letter(BuiltRule):
    """A letter of more than one character counts as missing."""

    def complete(self, given: Args) -> list[dict[str, Any]]:
        usable = len(given.get("letter") or "") == 1
        return BuiltRule.complete(self, given if usable else {**given, "letter": None})


class _FirstWord(BuiltRule):
    """`nth_paragraph` outside 1…num_paragraphs is drawn from 1…num_paragraphs + 1."""

    def complete(self, given: Args) -> list[dict[str, Any]]:
        ways = BuiltRule.complete(self, {**given, "nth_paragraph": given.get("nth_paragraph") or 0})
        done: list[dict[str, Any]] = []
        for way in ways:
            total, nth = way["num_paragraphs"], way["nth_paragraph"]
            fits = 1 <= nth <= total
            done += [{**way, "nth_paragraph": n} for n in ([nth] if fits else range(1, total + 2))]
        return done


@functools.cache
def rules() -> dict[str, Rule]:
    """IFEval's 25 ids."""
    return {
        "keywords:existence": BuiltRule(
            checks.keywords,
            {"keywords": ()},
            falsy=("keywords",),
            ready=lambda args: sorted(args["keywords"]),
        ),
        "keywords:frequency": BuiltRule(
            checks.keyword_frequency,
            {"keyword": (), "frequency": (1, 3), "relation": RELATIONS},
            at_least={"frequency": 0},
            falsy=("keyword",),
            ready=lambda args: (args["keyword"].strip(), _RELATION(args)),
        ),
        "keywords:forbidden_words": BuiltRule(
            checks.forbidden,
            {"forbidden_words": ()},
            falsy=("forbidden_words",),
            ready=lambda args: sorted(set(args["forbidden_words"])),
        ),
        "keywords:letter_frequency": _Letter(
            checks.letter_frequency,
            {
                "letter": tuple(string.ascii_lowercase),
                "let_frequency": (1, 10),
                "let_relation": RELATIONS,
            },
            at_least={"let_frequency": 0},
            ready=one_of("let_relation", RELATIONS),
        ),
        "language:response_language": BuiltRule(
            checks.in_language, {"language": LANGUAGES}, ready=one_of("language", LANGUAGES)
        ),
        "length_constraints:number_sentences": BuiltRule(
            checks.number_sentences,
            {"num_sentences": (1, 20), "relation": RELATIONS},
            at_least={"num_sentences": 0},
            ready=_RELATION,
        ),
        "length_constraints:number_paragraphs": BuiltRule(
            checks.paragraphs, {"num_paragraphs": _ONE_TO_FIVE}, at_least={"num_paragraphs": 0}
        ),
        "length_constraints:number_words": number_words(100, 500),
        "length_constraints:nth_paragraph_first_word": _FirstWord(
            checks.paragraph_first_word,
            {"num_paragraphs": _ONE_TO_FIVE, "nth_paragraph": (0,), "first_word": ()},
            at_least={"num_paragraphs": 0},
            ready=lambda args: args["first_word"].lower(),
        ),
        "detectable_content:number_placeholders": BuiltRule(
            checks.placeholders, {"num_placeholders": (1, 4)}, at_least={"num_placeholders": 0}
        ),
        "detectable_content:postscript": BuiltRule(
            checks.postscript, {"postscript_marker": ("P.S.", "P.P.S")}
        ),
        "detectable_format:number_bullet_lists": BuiltRule(
            checks.bullets, {"num_bullets": _ONE_TO_FIVE}, at_least={"num_bullets": 0}
        ),
        "detectable_format:constrained_response": BuiltRule(checks.constrained_response),
        "detectable_format:number_highlighted_sections": BuiltRule(
            checks.highlights, {"num_highlights": (1, 4)}, at_least={"num_highlights": 0}
        ),
        "detectable_format:multiple_sections": BuiltRule(
            checks.sections,
            {"section_spliter": ("Section", "SECTION"), "num_sections": (1, 5)},
            at_least={"num_sections": 0},
        ),
        "detectable_format:json_format": BuiltRule(checks.is_json),
        "detectable_format:title": BuiltRule(checks.title),
        "combination:two_responses": BuiltRule(checks.two_responses),
        "combination:repeat_prompt": BuiltRule(
            checks.repeat_prompt, {"prompt_to_repeat": ("",)}, ready=_a_prompt
        ),
        "startend:end_checker": BuiltRule(checks.end, {"end_phrase": END_OPTIONS}),
        "startend:quotation": BuiltRule(checks.quotation),
        "change_case:capital_word_frequency": BuiltRule(
            checks.capital_words,
            {"capital_frequency": (1, 20), "capital_relation": RELATIONS},
            ready=one_of("capital_relation", RELATIONS),
        ),
        "change_case:english_capital": BuiltRule(checks.upper),
        "change_case:english_lowercase": BuiltRule(checks.lower),
        "punctuation:no_comma": BuiltRule(checks.no_comma),
    }
