"""Title case: a capital at the beginning of every major word."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from bridle.constraints.base import CASE, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.families.case.minor_words import MINOR
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.languages.detect import languages
from bridle.text import MASK, Span, View, read_text
from bridle.text.lettered import pattern, unsplit
from bridle.text.sentences import STOPS

# Letters that only number something: `(a)`, `ii)` or `b.` before a line.
# (Two patterns, each of which begins with its own character, are much quicker than one.)
_BRACKETED = re.compile(r"\((?:[a-z]|[ivx]{2,4})\)")
_LEADING = re.compile(r"\n[ \t]*+(?:[a-z]|[ivx]{2,4})(?:\)|\.(?=[ \t]))")
_WORD = r"{any}(?:['’\-‐‑.&/]{any})*"
# What the styles of titles (AP, Chicago, APA) write small in one of them at least.
_MINOR = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "but",
        "or",
        "nor",
        "for",
        "so",
        "yet",
        "as",
        "at",
        "by",
        "in",
        "of",
        "off",
        "on",
        "out",
        "per",
        "to",
        "up",
        "via",
        "vs",
        "with",
        "from",
        "into",
        "onto",
        "over",
        "if",
        "than",
        "that",
        "upon",
        "down",
        "near",
        "like",
        "past",
        "once",
        "till",
        "when",
        "about",
        "above",
        "after",
        "along",
        "among",
        "around",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "between",
        "beyond",
        "during",
        "except",
        "inside",
        "outside",
        "since",
        "through",
        "toward",
        "towards",
        "under",
        "until",
        "versus",
        "within",
        "without",
        "against",
        "across",
    ]
)
# More of them, which may be small though drafts write them with a capital; with particles of names.
_MAY_BE_SMALL = _MINOR.union((
    "because", "although", "though", "while", "whereas", "unless", "whether", "lest", "whenever",
    "wherever", "amid", "amidst", "amongst", "atop", "alongside", "despite", "throughout",
    "underneath", "unlike", "unto", "regarding", "concerning", "including",
    "excluding", "plus", "minus", "notwithstanding", "besides", "circa", "sans", "de",
    "del", "della", "des", "di", "da", "du", "la", "le", "el", "al", "von", "van", "der", "den",
    "ter", "bin", "ibn", "e.g", "i.e", "a.m", "p.m",
))  # fmt: skip
# Symbols are no words, and keep their case; nor is a single letter but the pronoun: x, n, m, π.
_SYMBOLS = frozenset((
    "km", "cm", "mm", "nm", "µm", "μm", "kg", "mg", "ml", "mph", "kph", "kw", "kwh", "kj", "kn",
    "kpa", "khz", "rpm", "mol", "ft", "yd", "lb", "lbs", "oz", "gal", "min", "mins", "sec", "secs",
    "hr", "hrs", "sin", "cos", "tan", "log", "ln", "gcd", "lcm", "mod",
))  # fmt: skip
_POWERS = "0123456789⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉ⁿₙₖᵢ"  # cm², x₁
# Where a sentence may begin, and the first letter there (1) if it is not one of A to Z.
_BEGINNING = re.compile(rf"[\n\r>{re.escape(STOPS)}][\W\d_]*+([^\W\d_A-Z])?+")
# An index, no pronoun: `i = 1`.
_INDEX = re.compile(r"i(?= ?[=<>≤≥∈^])(?<![^\s(].)")


@register
@dataclass(frozen=True, kw_only=True)
class TitleCase(Constraint):
    """Every major word begins with a capital."""

    name = "title_case"
    skill = "precision"
    stage = CASE
    meaning = (
        "Each word of the prose begins with a capital, a digit or a letter of a script without "
        "case; articles, conjunctions, prepositions (also of twenty other languages) and particles "
        "of names may be small, but not as the first word of a sentence; single letters (`x`, but "
        "not `i`), units (`km`, `kg/m`), names of functions (`sin`), `nth` and what numbers a "
        "part, as `(ii)`, may be. Of a hyphenated word the first part counts, after a single "
        "letter the second (`x-Axis`)."
    )
    examples: ClassVar = (
        Example({}, "The Sum of All Parts Is 4.", True, "of may be small"),
        Example({}, "NASA's Well-known 3rd Way: $x$", True, "the first letters count"),
        Example({}, "For n Days We Go 5 km.", True, "n and km are symbols"),
        Example({}, "The Sum is 4.", False, "is is a verb"),
        Example({}, "We Add. and We Stop.", False, "the first word of a sentence"),
        Example({}, "4 + 4", None, "no word with a letter"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Write the entire response in title case (capitalize the first letter of every major "
            "word).",
            "Use title case throughout: every word but articles, conjunctions and prepositions "
            "begins with a capital.",
            "Capitalize the First Letter of Every Major Word, in the whole of your answer.",
        )

    def judge(self, view: View) -> Verdict:
        prose = unsplit(_INDEX.sub(" ", _unnumbered(view.text)))
        text = prose.replace(MASK, " ")
        word = pattern(text, _WORD)
        words = 0  # with a letter
        major: dict[str, int] = {}  # major ones that begin small, and how often
        minor: set[str] = set()
        for token, times in Counter(text.split()).items():  # a long text says the same ones often
            for said in word.findall(token):
                if not any(map(str.isalpha, said)):
                    continue
                words += times
                if not _small(said):
                    continue
                if said.lower() in _MAY_BE_SMALL:
                    minor.add(said)
                elif _is_word(said):
                    major[said] = major.get(said, 0) + times
        if any(_head(said) in _FOREIGN for said in major):
            own = next(iter(languages(view) or ()), "")  # the language of most
            foreign = [said for said in major if _minor_in(own, said)]
            minor.update(foreign)
            for said in foreign:
                del major[said]
        number = sum(major.values())
        opening = self._opening(view, prose, minor)
        places = (m.span() for m in word.finditer(text) if m.group() in major)
        wrong = list(islice(places, min(number, EVIDENCE)))
        wrong = sorted(wrong + opening[:EVIDENCE])[:EVIDENCE]
        number += len(opening)
        wanted = "a capital at the beginning of every major word"
        if not words:
            return self.verdict(None, observed=0, wanted=wanted, reason="There are no words.")
        return self.verdict(
            not wrong,
            observed=number,
            wanted=wanted,
            reason=f"{number} {'word begins' if number == 1 else 'words begin'} with a small "
            f"letter, the first {view.slice(wrong[0])!r}."
            if wrong
            else f"None of {words} words breaks it.",
            evidence=wrong,
        )

    def _opening(self, view: View, text: str, minor: set[str]) -> list[Span]:
        """The first words of sentences that are among those which may be small elsewhere."""
        found: list[Span] = []
        if not minor or not any(_BEGINNING.findall(f"\n{text}")):
            return found  # by far sooner said than where all the sentences are
        for start, end in [s for s in view.sentences if not "A" <= text[s[0]] <= "Z"]:  # few
            first = _first(text, start, end)
            if first and first.group() in minor:
                found.append(first.span())
        return found

    def build(self, draft: str) -> str:
        if not pattern(draft, _WORD).search(read_text(draft).masked.text):
            draft = f"So It Is {draft}".rstrip()
        return _titled(draft)

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        text = read_text(draft).masked.text
        words = [m for m in pattern(text, _WORD).finditer(text) if m.group().isalpha()]
        for match in reversed(words):
            low = match.group().lower()
            if low not in _MAY_BE_SMALL and _is_word(low) and match.group()[0].isupper():
                at = match.start()
                return f"{draft[:at]}{draft[at].lower()}{draft[at + 1 :]}"
        return f"{draft} small."

    def fit(self, sentence: str) -> str | None:
        return _titled(sentence)

    def forbids(self, part: str) -> Verdict | None:
        verdict = self.check(part)
        # A word at an edge of the part may be the rest of one, or go on.
        small = [
            (start, end)
            for start, end in verdict.evidence
            if part[start:end].lower() not in _MAY_BE_SMALL
            and _head(part[start:end]) not in _FOREIGN
            and start > 0
            and part[start - 1] not in "'’-‐‑.&/"
            and end < len(part)
        ]
        return verdict if small else None


_FOREIGN = frozenset[str]().union(*MINOR.values())


def _unnumbered(text: str) -> str:
    """The text, as long, without letters that only number something."""
    text = _LEADING.sub(lambda m: "\n" + " " * (len(m.group()) - 1), f"\n{text}")[1:]
    return _BRACKETED.sub(lambda m: " " * len(m.group()), text)


def _head(word: str) -> str:
    """A word, or what is elided before it: l'Art."""
    return word.replace("’", "'").split("'")[0].lower()


def _minor_in(language: str, word: str) -> bool:
    """Whether the word may be small in a title in that language, or only what is elided is."""
    if _head(word) not in MINOR.get(language, ()):
        return False
    rest = re.split("['’]", word, maxsplit=1)[1:]
    return not (rest and rest[0] and _small(rest[0]))


def _small(word: str) -> bool:
    return word[0].islower() and word[0].title() != word[0]


def _is_word(small: str) -> bool:
    if len(small) > 2:
        if small[1] in "-‐‑":
            return small[2].islower() and small[2:] != "th"
        if len(small) == 3 and small.endswith("th"):
            return False
    parts = small.lower().rstrip(_POWERS).split("/")
    free = all(len(part) == 1 or part in _SYMBOLS or part in _MINOR for part in parts)
    return small == "i" or not free


def _firsts(view: View) -> set[int]:
    """Where the first word of each sentence starts."""
    firsts = (_first(view.text, start, end) for start, end in view.sentences)
    return {first.start() for first in firsts if first}


def _first(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first word of a sentence, unless a formula stands before it."""
    first = pattern(text, _WORD).search(text, start, end)
    return first if first and MASK not in text[start : first.start()] else None


def _titled(draft: str) -> str:
    """The draft with a capital where one is missing."""
    view = read_text(draft).masked
    starts = _firsts(view)
    parts: list[str] = []
    at = 0
    for match in pattern(view.text, _WORD).finditer(view.text):
        first, word = match.start(), match.group()
        if _small(word) and (first in starts or word.lower() not in _MINOR):
            parts += [draft[at:first], word[0].title()]
            at = first + 1
    return "".join([*parts, draft[at:]])
