"""The search for a text that obeys: drafts, mended until all rules hold.

Drafts are built in the order of the constraints' stages and mended to a fixed point, richest
strategy first; what is returned has been checked. Where none is found, the conflict is proved from
the rules, or named as not proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from bridle.constraints.base import Constraint
from bridle.constraints.conflicts import Conflict, Member, prove
from bridle.constraints.phrases import SENTENCES
from bridle.constraints.prose import Plan, answer_sentence, fillers, planned
from bridle.errors import ConstraintError
from bridle.text import read_text

_ROUNDS = 8


def find(
    rules: tuple[Constraint, ...], statement: str, neutral: str, language: str, seed: int
) -> str | Conflict:
    """A text that obeys all rules and has the statement in it, or the conflict that forbids it.

    `neutral` is the statement of an answer that breaks no rule about words or case.

    Raises:
        ConstraintError: a language that has no sentences here.
    """
    if language not in SENTENCES:
        raise ConstraintError(
            f"There are no sentences in {language!r}.", expected=f"one of: {', '.join(SENTENCES)}"
        )
    # A quick look, then the proofs, then the whole search: conflicts are common and soon proved.
    found = _search(rules, statement, language, seed, starts=1)
    if found is not None:
        return found
    proof = prove(rules, statement, neutral)
    if proof is not None:
        return proof
    found = _search(rules, statement, language, seed)
    return found if found is not None else _smallest(rules, statement, neutral, language)


def break_one(
    broken: Constraint, rules: tuple[Constraint, ...], statement: str, language: str, seed: int
) -> str | None:
    """A text that breaks just that rule, narrowly, and obeys the others; None where none is found."""
    language = _language(rules, language)
    others = tuple(rule for rule in rules if rule is not broken)
    for start in (rules, others):
        for plan, draft in _starts(others, statement, language, seed):
            with planned(plan):
                draft = _mended(draft, start)
                if draft is None:
                    continue
                try:
                    wrong = broken.violate(draft)
                except ConstraintError:
                    return None
                # Mending the rest may mend the broken one too; a second breach then often holds.
                for _ in range(3):
                    if broken.check(wrong).obeyed is not False:
                        wrong = broken.violate(wrong)
                    if _obeys(wrong, others) and _states(wrong, statement):
                        break
                    wrong = _round(wrong, others)
                if (
                    broken.check(wrong).obeyed is False
                    and _obeys(wrong, others)
                    and _states(wrong, statement)
                ):
                    return wrong
    return None


# -- the search --------------------------------------------------------------------------------------


def _language(rules: tuple[Constraint, ...], default: str) -> str:
    """The language to write in: what a rule about language asks, else what one about case does."""
    for rule in sorted(rules, key=lambda r: r.name != "language"):
        asked = getattr(rule, "language", None)
        if asked in SENTENCES:
            return str(asked)
    return default


def _search(
    rules: tuple[Constraint, ...],
    statement: str,
    default: str,
    seed: int,
    *,
    starts: int | None = None,
) -> str | None:
    language = _language(rules, default)
    for plan, draft in islice(_starts(rules, statement, language, seed), starts):
        with planned(plan):
            text = _mended(draft, rules)
        if text is not None and _states(text, statement):
            return text
    return None


def _starts(
    rules: tuple[Constraint, ...], statement: str, language: str, seed: int
) -> Iterator[tuple[Plan, str]]:
    """Plans and first drafts, the richest first, the barest last."""
    for terse in (False, True):
        for variant in (seed, seed + 1, seed + 2):
            plan = Plan(
                language=language, seed=variant, statement=statement, rules=rules, terse=terse
            )
            with planned(plan):
                few = 0 if terse else 1 + variant % 3
                opening = [s for s, _ in zip(fillers(), range(few), strict=False)]
                yield plan, " ".join([*opening, _stated(statement, opening)]).strip()
    bare = Plan(language=language, seed=seed, statement=statement, rules=rules, terse=True)
    yield bare, statement or next(iter(SENTENCES[language][-1:]))
    if statement:
        yield bare, f"{statement}."


def _stated(statement: str, opening: list[str]) -> str:
    if statement.startswith("####"):
        return f"\n{statement}" if opening else statement
    return answer_sentence(statement) if statement else ""


def _mended(draft: str, rules: tuple[Constraint, ...]) -> str | None:
    """The draft made to obey all rules, or None where mending comes to no end."""
    seen: set[str] = set()
    for _ in range(_ROUNDS):
        if _obeys(draft, rules):
            return draft
        if draft in seen:
            return None
        seen.add(draft)
        draft = _round(draft, rules)
    return draft if _obeys(draft, rules) else None


def _round(draft: str, rules: tuple[Constraint, ...]) -> str:
    for rule in sorted(rules, key=lambda r: r.stage):
        if rule.check(draft).obeyed is not True:
            draft = rule.build(draft)
    return draft


def _obeys(text: str, rules: tuple[Constraint, ...]) -> bool:
    parsed = read_text(text)
    return all(rule.check(parsed).obeyed is True for rule in rules)


def _states(text: str, statement: str) -> bool:
    """Whether the text states the answer, as its last such statement."""
    if not statement:
        return True
    if statement.startswith("\\boxed"):
        return statement in text and text.rfind("\\boxed") == text.rfind(statement)
    if statement.startswith("####"):
        return any(line.strip().strip('"”') == statement for line in text.splitlines())
    return statement in text


# -- without a proof ---------------------------------------------------------------------------------


def _smallest(
    rules: tuple[Constraint, ...], statement: str, neutral: str, language: str
) -> Conflict:
    """A set without witness whose every smaller part has one, as far as the search can see."""
    left = list(rules)
    for rule in rules:
        fewer = tuple(r for r in left if r is not rule)
        if _search(fewer, statement, language, 0) is None:
            left.remove(rule)
    members: list[Member] = list(left)
    if statement and _search(tuple(left), "", language, 0) is not None:
        again = _search(tuple(left), neutral, language, 0) is None
        members.append("answer_format" if again else "reference_answer")
    return Conflict(tuple(members), "No text that obeys all of them was found.", False)
