"""Loosely obeyed: by the text, or by it without its first or last line, or without asterisks.

    loose("Sure!\\nTwo words", get("words", at_most=2))  -> [Verdict(obeyed=True, observed=2, ...)]

As in IFEval (Zhou et al. 2023, arXiv 2311.07911, section 2.2): greetings, closing remarks and marks
of emphasis are forgiven. A bundle is judged rule by rule: each may hold for another variant.
"""

from __future__ import annotations

from collections.abc import Iterator

from bridle.constraints.base import Constraint, Verdict
from bridle.text import Text, read_text


def variants(text: str) -> Iterator[str]:
    """The text, and without its first line, its last, both; then all of these without `*`. Each
    once, blank ones left out."""
    lines = text.split("\n")
    cut = [text, "\n".join(lines[1:]), "\n".join(lines[:-1]), "\n".join(lines[1:-1])]
    bare = [piece.replace("*", "") for piece in cut] if "*" in text else []
    yield from (piece for piece in dict.fromkeys([*cut, *bare]) if piece.strip())


def loose(text: str, *constraints: Constraint) -> list[Verdict]:
    """For each constraint the verdict on the first variant that obeys, else the one on the text.

    Evidence and numbers are those of the variant that was judged.
    """
    parsed = [read_text(text)]
    others = variants(text)
    next(others, None)

    def judged(rule: Constraint) -> Verdict:
        strict = rule.check(parsed[0])
        if strict.obeyed is True:
            return strict
        at = 1
        while True:
            if at == len(parsed):
                more = next(others, None)
                if more is None:
                    return strict
                parsed.append(Text(more))  # made when first needed, shared by all rules
            verdict = rule.check(parsed[at])
            if verdict.obeyed is True:
                return verdict
            at += 1

    return [judged(rule) for rule in constraints]
