"""Loosely obeyed: by the text, or by it without its first or last line, or without asterisks.

    loose("Sure!\\nTwo words", get("words", at_most=2))  -> [Verdict(obeyed=True, observed=2, ...)]

As in IFEval (Zhou et al. 2023, arXiv 2311.07911, section 2.2): greetings, closing remarks and marks
of emphasis are forgiven. A bundle is judged rule by rule: each may hold for another variant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from bridle.constraints.base import Constraint
from bridle.constraints.counting import Counted
from bridle.constraints.verdict import Verdict
from bridle.text import Text, read_text
from bridle.text.invisible import visible

# No line left out adds to these: too few of them stay too few.
_ADD_UP = frozenset(("words", "letter_count", "capital_words"))
# Where these are broken their evidence is forbidden wherever it stands.
_FORBID = frozenset(("no_comma", "forbidden_words", "uppercase", "lowercase"))
# But for texts with these: without an asterisk, or one delimiter of maths and code, there may be
# more of something, or less; and rare white space is not taken for the edge of a list number.
_MAY_ADD = (
    "*$`\\~\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def variants(text: str) -> Iterator[str]:
    """The text, and without its first line, its last, both; then all of these without `*`. Each
    once, those of which nothing is seen left out."""
    first, last = text.find("\n"), text.rfind("\n")
    cut = [text]
    if first >= 0:
        cut += [text[first + 1 :], text[:last], text[first + 1 : last]]
    seen: list[str] = []  # few, and two texts are sooner compared than hashed
    for piece in chain(cut, (c.replace("*", "") for c in cut) if "*" in text else ()):
        if piece not in seen and visible(piece):
            seen.append(piece)
            yield piece


def loose(
    text: str, *constraints: Constraint, strict: Sequence[Verdict] | None = None
) -> list[Verdict]:
    """For each constraint the verdict on the first variant that obeys, else the one on the text.

    Evidence and numbers are those of the variant that was judged. `strict`: the verdicts on the
    text itself, one for each constraint, where they are there already.
    """
    if strict is None:
        given = read_text(text)
        strict = [rule.check(given) for rule in constraints]
    if all(whole.obeyed is True for whole in strict):
        return list(strict)
    parsed: list[Text] = []
    others = variants(text)  # the first is the text itself
    next(others, None)

    def judged(rule: Constraint, whole: Verdict) -> Verdict:
        if whole.obeyed is True or _stays(rule, whole, text):
            return whole
        at = 0
        while True:
            if at == len(parsed):
                more = next(others, None)
                if more is None:
                    return whole
                parsed.append(Text(more))  # made when first needed, shared by all rules
            if rule.obeyed_by(parsed[at]):
                return rule.check(parsed[at])
            at += 1

    return [judged(rule, whole) for rule, whole in zip(constraints, strict, strict=True)]


def _stays(rule: Constraint, whole: Verdict, text: str) -> bool:
    """Whether it is seen at once that no variant of the text obeys: it has too few of something, or
    something forbidden between its first line and its last."""
    if rule.name in _FORBID:
        first, last = text.find("\n"), text.rfind("\n")
        seen = any(first < start and end <= last for start, end in whole.evidence)
    elif rule.name in _ADD_UP and isinstance(rule, Counted) and isinstance(whole.observed, int):
        seen = whole.observed < rule.bounds()[0]
    else:
        return False
    return seen and not any(map(text.__contains__, _MAY_ADD))
