"""Drafts written anew from sentences of a bank, keeping the stated answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bridle.constraints.base import Constraint
from bridle.constraints.drafts.prose import fitted, is_statement, plan
from bridle.text import read_text

# What stands between the first and the last character of a line at which no word can go on.
INNER = re.compile(r"[^A-Za-z'-](?:.*[^A-Za-z'-])?", re.DOTALL)


MARKUP = re.compile(r"[$`~\\]")


def _sentences(draft: str) -> list[str]:
    return [draft[a:b] for a, b in read_text(draft).masked.sentences]


def stated(draft: str) -> str:
    """What states the answer: the plan's statement, or the last boxed formula."""
    if plan().statement:
        return plan().statement
    hidden = [s for s in read_text(draft).masked.hidden if is_statement(draft, s)]
    return draft[hidden[-1][0] : hidden[-1][1]] if hidden else ""


def rebuilt(rule: Constraint, draft: str, bank: Sequence[str]) -> str:
    """The draft with the sentences that break the rule left out, what states the answer kept, and
    where that is not enough a sentence of the bank added, or put in place of the rest."""
    if rule.check(draft).obeyed:
        return draft
    kept = [s for s in _sentences(draft) if rule.check(s).obeyed is not False]
    statement = stated(draft)
    if statement and not any(statement in s for s in kept):
        kept.append(statement)
    said = [statement] if statement else []
    fit = [s for s in _turned(bank) if fitted(s) == s] or list(bank)
    tries = [" ".join([*kept[:-1], s, *kept[-1:]]) for s in fit]
    tries = [" ".join(kept), *tries, *(" ".join([s, *said]) for s in fit)]
    return next((t for t in tries if rule.check(t).obeyed), tries[-1])


def _turned(bank: Sequence[str]) -> Iterator[str]:
    shift = plan().seed % len(bank)
    yield from (*bank[shift:], *bank[:shift])
