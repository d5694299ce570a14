r"""Which of the values in one sentence is the one that the sentence states.

    stated("Therefore, Bill pays a total of $284 for 2 years of it.")  -> Stated(32, 36, strong=True)

The last member of an equation chain, else the value behind the verb rather than the one behind a
preposition ("after 5 days", "all 3 boxes"), in bold rather than in plain letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bridle.maths.read.ending_words import (
    ADVERB,
    CIRCUMSTANCE,
    COPULA,
    COPULA_BEFORE_DIGIT,
    FOLLOWS_VALUE,
    MODAL_VERB,
    NAMED_NUMBER,
    NOT_THE_ANSWER,
    OR,
    PREPOSITION,
    PREPOSITION_CJK,
    QUANTITY_OF,
    RESULTS_IN,
    STRONG_PREPOSITION,
    SUBORDINATE,
    THEREFORE,
)
from bridle.maths.read.reference_kind import Kind
from bridle.maths.read.value_text import Spot, spots

_EQUALS = re.compile(r"(?:=|≈|→|⟶|=>|⇒|≅|≃)\s*(?:about |approximately )?[\s*_$]{0,6}$")
# The minimum is -3 at x = 2.
_AT = re.compile(r"\b(?:at|when|where|if|with)\s\$?[A-Za-z]\$?\s?=\s?\$?$")
_ARITHMETIC = re.compile(
    r"\s*(?:(?:[^\W\d_]+\s){1,2}(?=[-+−×*÷]\s?[\d$(\\]))?(?:\([^()]{0,40}\)\s*)?(?:\)?\s*[-+−–×*÷·^]\s*[\d$(\\]|/\s*\d|[×÷]|\)?\s*(?:=|≈))"
)
_OPERATOR_BEFORE = re.compile(r"[\d)%$A-Za-z]\s*[-+−–×*÷/·^]\s*\(?\$?$|[×÷^]\s*\(?\$?$")
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)?)[\s*_\"“(\\$]{0,6}$")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*\n]{1,300}?)(?<=\S)\1|\\textbf\{([^{}]{1,200})\}")
_PARENTHESIS = re.compile(r"[(（]([^()（）]{0,200})[)）]")
_SO = re.compile(r"(?:,|;|—|–|\bso|:)\s*(?:\w+\s+){0,2}?$", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[,;，；、](?=\s|[^\x00-\x7f])|\s[—–-]\s|\b(?:and|but|which)\b", re.IGNORECASE
)
_LEAD = re.compile(r"[\s*_#>\-•·–—=⇒→∴\"'“”«»()\[\]✅✓✔:：]*")
_LONGEST = 1_200  # characters at the end of a sentence in which its value is looked for
_WORDS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Stated:
    """Where the value stands.

    `strong` if the sentence states it, rather than mentions it; `concludes` if it draws a conclusion.
    """

    start: int
    end: int
    strong: bool
    concludes: bool = False
    bold: bool = False


def stated(text: str, start: int, end: int, kind: Kind | None = None) -> Stated | None:
    """The value that the sentence between two offsets states, or None where it holds none."""
    start = max(start, end - _LONGEST)
    found = spots(text, start, end)
    found = [s for s in found if not _denied(text, start, s)] or []
    if len(found) > 1:
        found = [s for s in found if s.kind != "ordinal"] or found
    elif found and found[0].kind == "ordinal":
        return None
    if len(found) > 40:
        found = found[-40:]
    if not found:
        return None
    if kind == "several" or kind is None or kind == "formula":
        found = _lists(text, found, kind)
    found = _outside_parentheses(text, start, end, found)
    bolds = [m.span() for m in _BOLD.finditer(text, start, end)]
    clauses = [_clause_start(text, start, s.start) for s in found]
    order = sorted(set(clauses))
    scores = [
        _score(text, start, end, s, bolds, clause) + 0.3 * order.index(clause) - 0.05 * i
        for i, (s, clause) in enumerate(zip(found, clauses, strict=True))
    ]
    best = max(range(len(found)), key=lambda i: scores[i])
    spot = found[best]
    if NAMED_NUMBER.search(text, max(start, spot.start - 40), spot.start) and scores[best] < 0:
        return None  # nothing but "Step 4"
    bold = any(a <= spot.start and spot.end <= b for a, b in bolds)
    concludes = bold or THEREFORE.search(text, start, end) is not None
    return Stated(spot.start, spot.end, concludes or scores[best] >= 1.8, concludes, bold)


def _denied(text: str, start: int, spot: Spot) -> bool:
    before = text[max(start, spot.start - 30) : spot.start]
    return NOT_THE_ANSWER.search(before) is not None


def _lists(text: str, found: list[Spot], kind: Kind | None) -> list[Spot]:
    """x = 5 or x = 7, and 1, 2 and 3: one value, where nothing but a joint stands between."""
    joined = [found[0]]
    for spot in found[1:]:
        last = joined[-1]
        between = text[last.end : spot.start]
        if (
            len(between) < 40
            and last.kind not in ("ordinal", "word")
            and OR.fullmatch(between)
            and not _of_unlike(text, last, spot, between)
        ):
            if _same_value(text[last.start : last.end], text[spot.start : spot.end]):
                continue
            joined[-1] = Spot(last.start, spot.end, "group")
        else:
            joined.append(spot)
    return joined


def _of_unlike(text: str, last: Spot, spot: Spot, between: str) -> bool:
    """After 3 days, 15 apples remain: what the first counts is none of what the second does."""
    return (
        between.strip() == ","
        and last.kind == spot.kind == "number"
        and text[last.end - 1].isalpha()
        and not text[spot.end - 1].isalpha()
        and re.match(r" [^\W\d_]{2}", text[spot.end : spot.end + 3]) is not None
    )


def _same_value(one: str, other: str) -> bool:
    """0.5 or 50%: one value in two spellings."""
    if "%" not in one + other and "/" not in one + other:
        return False
    from bridle.maths.equal import equal

    return equal(one, other).equal is True


def _outside_parentheses(text: str, start: int, end: int, found: list[Spot]) -> list[Spot]:
    marks = [
        m.span()
        for m in _PARENTHESIS.finditer(text, start, end)
        if m.group(1) and (_WORDS.search(m.group(1)) or "=" in m.group(1) or "%" in m.group(1))
    ]
    outside = [s for s in found if not any(a < s.start and s.end < b for a, b in marks)]
    return outside or found


def _score(
    text: str, start: int, end: int, spot: Spot, bolds: list[tuple[int, int]], clause: int
) -> float:
    before = text[max(start, spot.start - 80) : spot.start]
    after = text[spot.end : min(end, spot.end + 60)]
    score = 0.0
    # in bold, and how much else is
    for a, b in bolds:
        if a <= spot.start and spot.end <= b:
            inside = text[a:b]
            others = _WORDS.findall(text[a : spot.start])
            score += 3.0 if not others and len(inside) < 40 else 1.0
            break
    if spot.kind in ("maths", "group", "date"):
        score += 0.8
        if spot.kind == "maths" and "=" in text[spot.start : spot.end]:
            score += 1.5
    if spot.kind == "ordinal":
        score -= 2.0
    # an equation in the sentence: its last member
    if _AT.search(before):
        score -= 2.0
    elif _EQUALS.search(before):
        score += 4.0 if not _ARITHMETIC.match(after) else 0.5
    elif _ARITHMETIC.match(after) or _OPERATOR_BEFORE.search(before):
        score -= 2.0
    if re.match(r"\s?[-–‑][A-Za-z]", after):  # a 30-day month
        score -= 2.0
    if re.match(r"\s?[-–]\s?\d", after):
        score -= 0.5
    if FOLLOWS_VALUE.match(after):
        score += 1.0
    if NAMED_NUMBER.search(before):
        score -= 4.0
    score += _by_what_precedes(text, start, spot, before)
    if "%" in text[spot.start : spot.end] and re.match(r"\s?(?:of|von|de|di|от)\b", after):
        score -= 1.5
    if RESULTS_IN.search(before):
        score += 3.0
    if SUBORDINATE.match(text, clause, end) and clause < spot.start:
        score -= 1.6
    said = text[clause : spot.start]
    if THEREFORE.search(said):
        score += 1.0 if clause == start else 2.5
    if clause < spot.start and CIRCUMSTANCE.search(text, clause + 1, spot.start):
        score -= 1.5
    return score


def _by_what_precedes(text: str, start: int, spot: Spot, before: str) -> float:
    if COPULA_BEFORE_DIGIT.search(before):
        return 2.0
    if PREPOSITION_CJK.search(before):
        return -2.0
    head = _LEAD.match(text, start)
    if head and head.end() >= spot.start:
        return 1.2  # 26 guests got none
    if QUANTITY_OF.search(before):
        return 2.0
    bare = before
    for _ in range(4):
        match = ADVERB.search(bare)
        if not match or match.start() == match.end():
            break
        bare = bare[: match.start()]
        if QUANTITY_OF.search(bare):
            return 2.0
    word = _WORD_BEFORE.search(bare)
    if word is None:
        return 1.0 if not bare.strip() else 0.0
    if PREPOSITION.fullmatch(word[1]):
        money = text[spot.start : spot.end].lstrip("\\*+-−")[:1] in "$€£¥₹"
        return (-0.8 if money else -1.6) - (0.8 if STRONG_PREPOSITION.fullmatch(word[1]) else 0.0)
    if THEREFORE.fullmatch(word[1]):
        return 1.5
    if COPULA.fullmatch(word[1]) or MODAL_VERB.search(bare):
        return 2.0
    if word[1][:1].isupper() and spot.kind == "number" and bare.rstrip() != word[1]:
        return -1.0 if text[spot.start].isdigit() else 0.0  # Widgeteer 3000
    return 0.6


def _clause_start(text: str, start: int, at: int) -> int:
    last = start
    for mark in _CLAUSE.finditer(text, max(start, at - 300), at):
        if mark.end() <= at:
            last = mark.start() if mark.group()[:1].isalpha() else mark.end()
    return last
