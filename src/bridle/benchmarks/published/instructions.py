"""IFEval's 25 rules as its published code applies them, quirks and all; MathIF took 15 of them.

    RULES["punctuation:no_comma"].check("1\\\\,000", {})  -> False: a thin space of LaTeX is a comma

Source: google-research, instruction_following_eval/instructions.py (Zhou et al. 2023,
arXiv 2311.07911); the code here is our own and takes time linear in the text.
"""

from __future__ import annotations

import functools
import json
import re
import string
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bridle.benchmarks.published import language
from bridle.benchmarks.published.patterns import count, search
from bridle.benchmarks.published.punkt import count_sentences
from bridle.benchmarks.published.rule import Args, Rule
from bridle.benchmarks.published.words import words

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


# -- thresholds -----------------------------------------------------------------------------------


def _holds(observed: int, threshold: int, relation: str) -> bool:
    if relation == "less than":
        return observed < threshold
    return observed >= threshold


RELATIONS = ("less than", "at least")
_RELATION = one_of("relation", RELATIONS)
_WORD = re.compile(r"\w+")


def count_words(text: str) -> int:
    """Runs of letters, digits and underscores: `isn't` is two, `3.14` is two.

    As nltk counted them up to 3.9; 3.10 asks another engine, to which `x²` holds one letter only.
    """
    return sum(1 for _ in _WORD.finditer(text))


def _number_words(text: str, args: Args) -> bool:
    return _holds(count_words(text), args["num_words"], args["relation"])


def number_words(low: int, high: int) -> Rule:
    """The rule on words; upstreams differ in the thresholds that they draw."""
    draws = {"num_words": (low, high), "relation": RELATIONS}
    return BuiltRule(_number_words, draws, at_least={"num_words": 0}, ready=_RELATION)


def _number_sentences(text: str, args: Args) -> bool:
    return _holds(count_sentences(text), args["num_sentences"], args["relation"])


def _capital_words(text: str, args: Args) -> bool:
    capitals = sum(1 for word in words(text) if word.isupper()) if not text.islower() else 0
    return _holds(capitals, args["capital_frequency"], args["capital_relation"])


def _letter_frequency(text: str, args: Args) -> bool:
    letter = args["letter"].strip().lower()
    # Upstream looks it up among single characters: a blank one, stripped, is never there.
    found = text.lower().count(letter) if len(letter) == 1 else 0
    return _holds(found, args["let_frequency"], args["let_relation"])


# -- keywords: regular expressions, upper and lower case alike ------------------------------------


def _keywords(text: str, args: Args) -> bool:
    return all(search(word, text) for word in sorted(args["keywords"]))


def _keyword_frequency(text: str, args: Args) -> bool:
    return _holds(count(args["keyword"].strip(), text), args["frequency"], args["relation"])


def _forbidden(text: str, args: Args) -> bool:
    return not any(
        search(r"\b" + word + r"\b", text) for word in sorted(set(args["forbidden_words"]))
    )


# -- format ---------------------------------------------------------------------------------------


def _bullets(text: str, args: Args) -> bool:
    return count_bullets(text) == args["num_bullets"]


def count_bullets(text: str) -> int:
    """Lines that begin with `-` (rules and negative numbers too) or with `*` but not `**`."""
    return _count_lines_led_by(text, "*", not_doubled=True) + _count_lines_led_by(text, "-")


def _count_lines_led_by(text: str, sign: str, *, not_doubled: bool = False) -> int:
    """Matches of upstream's `^\\s*SIGN.*$`, where the space may run over several lines."""
    found = position = 0
    while (at := text.find(sign, position)) >= 0:
        start = at
        while start > position and text[start - 1] != "\n" and text[start - 1].isspace():
            start -= 1
        leads = start == 0 or text[start - 1] == "\n"
        position = at + 1
        if not leads or (not_doubled and (position == len(text) or text[position] == "*")):
            continue
        found += 1
        # A lone `*` takes the line break for its character, and with it the whole next line.
        line_from = position + 1 if not_doubled else position
        end = text.find("\n", line_from)
        position = len(text) if end < 0 else end
    return found


_EMPHASIS = re.compile(r"\*[^\n*]*\*")
_STRONG = re.compile(r"\*\*[^\n*]*\*\*")


def count_highlights(text: str) -> int:
    """`*…*` with something inside, and `**…**` again: bold is found by both where `*` pair up."""
    single = sum(1 for m in _EMPHASIS.finditer(text) if m.group().strip("*").strip())
    return single + sum(1 for m in _STRONG.finditer(text) if m.group()[2:-2].strip())


def _highlights(text: str, args: Args) -> bool:
    return count_highlights(text) >= args["num_highlights"]


def _sections(text: str, args: Args) -> bool:
    pattern = rf"\s?{args['section_spliter'].strip()}\s?\d+\s?"
    found = count(pattern, text, 0)  # first: it has no verdict on what cannot be compiled
    # A group in the splitter adds to what upstream's `re.split` returns.
    groups = re.compile(pattern).groups if "(" in pattern else 0
    return found * (1 + groups) >= args["num_sections"]


def _paragraphs(text: str, args: Args) -> bool:
    parts = re.split(r"\s?\*\*\*\s?", text)
    if any(not part.strip() for part in parts[1:-1]):
        return False
    return sum(1 for part in parts if part.strip()) == args["num_paragraphs"]


def _paragraph_first_word(text: str, args: Args) -> bool:
    wanted, nth = args["num_paragraphs"], args["nth_paragraph"]
    parts = text.split("\n\n")
    full = sum(1 for part in parts if part.strip())
    if nth > full:
        return False
    paragraph = parts[nth - 1].strip()  # empty ones count here, though they do not above
    if not paragraph:
        return False
    word = paragraph.split(maxsplit=1)[0].lstrip("'").lstrip('"')
    first = re.split(r"[.,?!'\"]", word, maxsplit=1)[0]
    # Letter by letter: a final sigma is not one where a whole word is lowered.
    lowered = "".join(letter.lower() for letter in first)
    return full == wanted and lowered == args["first_word"].lower()


def _placeholders(text: str, args: Args) -> bool:
    return count_placeholders(text) >= args["num_placeholders"]


def count_placeholders(text: str) -> int:
    """`[…]` within a line, the shortest; a footnote `[1]` and a link are ones too."""
    found = 0
    for line in text.split("\n"):
        position = line.find("[")
        while position >= 0:
            end = line.find("]", position)
            if end < 0:
                break
            found += 1
            position = line.find("[", end)
    return found


def _postscript(text: str, args: Args) -> bool:
    marker = args["postscript_marker"].strip()
    known = {"P.P.S": r"p\.\s?p\.\s?s", "P.S.": r"p\.\s?s\."}
    # Upstream's pattern goes on before and after: a marker that begins with a repeat has one here.
    pattern = known[marker] if marker in known else rf"\s?{marker.lower()}"
    return search(pattern, text.lower(), re.MULTILINE)


def _title(text: str, _: Args) -> bool:
    for line in text.split("\n"):
        start, end = line.find("<<"), line.rfind(">>")
        if start >= 0 and start + 3 <= end and line[start:end].lstrip("<").rstrip(">").strip():
            return True
    return False


def _json(text: str, _: Args) -> bool:
    body = text.strip()
    for fence in ("```json", "```Json", "```JSON", "```"):
        body = body.removeprefix(fence)
    try:
        json.loads(body.removesuffix("```").strip())
    except ValueError:
        return False
    return True  # RecursionError: upstream stops, and so `Rule.decide` has no verdict


# -- the edges ------------------------------------------------------------------------------------


def _end(text: str, args: Args) -> bool:
    return text.strip().strip('"').lower().endswith(args["end_phrase"].strip().lower())


def _quotation(text: str, _: Args) -> bool:
    body = text.strip()
    return len(body) > 1 and body[0] == '"' and body[-1] == '"'


# -- copies and combinations ----------------------------------------------------------------------


def _repeat_prompt(text: str, args: Args) -> bool:
    return text.strip().lower().startswith(args["prompt_to_repeat"].strip().lower())


def _a_prompt(args: Args) -> None:
    if not args["prompt_to_repeat"]:
        raise ValueError("prompt_to_repeat is missing")


def _two_responses(text: str, _: Args) -> bool:
    parts = text.split("******")
    if any(not part.strip() for part in parts[1:-1]):
        return False
    full = [part.strip() for part in parts if part.strip()]
    return len(full) == 2 and full[0] != full[1]


def _constrained_response(text: str, _: Args) -> bool:
    return any(f"My answer is {option}." in text for option in ("yes", "no", "maybe"))


# -- case, language, punctuation ------------------------------------------------------------------


def _language(text: str, args: Args) -> bool:
    found = language.detect(text)
    return found is None or found == args["language"]  # what has no features counts as obeyed


def _upper(text: str, _: Args) -> bool:
    return text.isupper() and language.detect(text) in ("en", None)


def _lower(text: str, _: Args) -> bool:
    return text.islower() and language.detect(text) in ("en", None)


def _no_comma(text: str, _: Args) -> bool:
    return "," not in text


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
            _keywords,
            {"keywords": ()},
            falsy=("keywords",),
            ready=lambda args: sorted(args["keywords"]),
        ),
        "keywords:frequency": BuiltRule(
            _keyword_frequency,
            {"keyword": (), "frequency": (1, 3), "relation": RELATIONS},
            at_least={"frequency": 0},
            falsy=("keyword",),
            ready=lambda args: (args["keyword"].strip(), _RELATION(args)),
        ),
        "keywords:forbidden_words": BuiltRule(
            _forbidden,
            {"forbidden_words": ()},
            falsy=("forbidden_words",),
            ready=lambda args: sorted(set(args["forbidden_words"])),
        ),
        "keywords:letter_frequency": _Letter(
            _letter_frequency,
            {
                "letter": tuple(string.ascii_lowercase),
                "let_frequency": (1, 10),
                "let_relation": RELATIONS,
            },
            at_least={"let_frequency": 0},
            ready=one_of("let_relation", RELATIONS),
        ),
        "language:response_language": BuiltRule(
            _language, {"language": LANGUAGES}, ready=one_of("language", LANGUAGES)
        ),
        "length_constraints:number_sentences": BuiltRule(
            _number_sentences,
            {"num_sentences": (1, 20), "relation": RELATIONS},
            at_least={"num_sentences": 0},
            ready=_RELATION,
        ),
        "length_constraints:number_paragraphs": BuiltRule(
            _paragraphs, {"num_paragraphs": _ONE_TO_FIVE}, at_least={"num_paragraphs": 0}
        ),
        "length_constraints:number_words": number_words(100, 500),
        "length_constraints:nth_paragraph_first_word": _FirstWord(
            _paragraph_first_word,
            {"num_paragraphs": _ONE_TO_FIVE, "nth_paragraph": (0,), "first_word": ()},
            at_least={"num_paragraphs": 0},
            ready=lambda args: args["first_word"].lower(),
        ),
        "detectable_content:number_placeholders": BuiltRule(
            _placeholders, {"num_placeholders": (1, 4)}, at_least={"num_placeholders": 0}
        ),
        "detectable_content:postscript": BuiltRule(
            _postscript, {"postscript_marker": ("P.S.", "P.P.S")}
        ),
        "detectable_format:number_bullet_lists": BuiltRule(
            _bullets, {"num_bullets": _ONE_TO_FIVE}, at_least={"num_bullets": 0}
        ),
        "detectable_format:constrained_response": BuiltRule(_constrained_response),
        "detectable_format:number_highlighted_sections": BuiltRule(
            _highlights, {"num_highlights": (1, 4)}, at_least={"num_highlights": 0}
        ),
        "detectable_format:multiple_sections": BuiltRule(
            _sections,
            {"section_spliter": ("Section", "SECTION"), "num_sections": (1, 5)},
            at_least={"num_sections": 0},
        ),
        "detectable_format:json_format": BuiltRule(_json),
        "detectable_format:title": BuiltRule(_title),
        "combination:two_responses": BuiltRule(_two_responses),
        "combination:repeat_prompt": BuiltRule(
            _repeat_prompt, {"prompt_to_repeat": ("",)}, ready=_a_prompt
        ),
        "startend:end_checker": BuiltRule(_end, {"end_phrase": END_OPTIONS}),
        "startend:quotation": BuiltRule(_quotation),
        "change_case:capital_word_frequency": BuiltRule(
            _capital_words,
            {"capital_frequency": (1, 20), "capital_relation": RELATIONS},
            ready=one_of("capital_relation", RELATIONS),
        ),
        "change_case:english_capital": BuiltRule(_upper),
        "change_case:english_lowercase": BuiltRule(_lower),
        "punctuation:no_comma": BuiltRule(_no_comma),
    }
