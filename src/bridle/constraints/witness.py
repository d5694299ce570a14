"""A text that obeys every constraint and states the answer, or the reason why there is none.

    witness([get("words", at_most=20), get("no_comma")], "42")
    -> "Each step follows from the one before it. The answer is \\boxed{42}."

Drafts are built in the order of the constraints' stages and mended to a fixed point, richest
strategy first; what is returned has been checked. Where none is found, the conflict is proved from
the rules, or named as not proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Literal

from bridle.constraints.base import Constraint
from bridle.constraints.case import Lowercase, Uppercase
from bridle.constraints.conflicts import Conflict, Member, prove
from bridle.constraints.language import Language
from bridle.constraints.phrases import SENTENCES
from bridle.constraints.prose import Plan, answer_sentence, fillers, planned
from bridle.errors import ConstraintError
from bridle.text import read_text

AnswerFormat = Literal["boxed", "hash", "plain"]
_FORMATS = {"boxed": "\\boxed{{{}}}", "hash": "#### {}", "plain": "{}"}
_NEUTRAL = "0"  # an answer that breaks no rule about words or case
_ROUNDS = 8


def witness(
    constraints: Sequence[Constraint],
    answer: str | None,
    *,
    question: str | None = None,
    answer_format: AnswerFormat = "boxed",
    language: str = "en",
    seed: int = 0,
) -> str | Conflict:
    """A text that obeys all constraints and states the answer, or the conflict that forbids it.

    `answer=None` asks for no statement. `seed` varies the sentences. The constraints are taken to
    speak of this one text, whatever their scope.

    Raises:
        ConstraintError: an answer format or language that is not known.
    """
    if answer_format not in _FORMATS:
        raise ConstraintError(
            f"There is no answer format {answer_format!r}.",
            expected=f"one of: {', '.join(_FORMATS)}",
        )
    if language not in SENTENCES:
        raise ConstraintError(
            f"There are no sentences in {language!r}.", expected=f"one of: {', '.join(SENTENCES)}"
        )
    rules = tuple(dict.fromkeys(constraints))
    statement = _FORMATS[answer_format].format(answer) if answer is not None else ""
    # A quick look, then the proofs, then the whole search: conflicts are common and soon proved.
    found = _search(rules, statement, language, seed, starts=1)
    if found is not None:
        return found
    neutral = _FORMATS[answer_format].format(_NEUTRAL) if statement else ""
    proof = prove(rules, statement, neutral)
    if proof is not None:
        return proof
    found = _search(rules, statement, language, seed)
    return found if found is not None else _smallest(rules, statement, neutral, language)


def violations(
    constraints: Sequence[Constraint],
    answer: str | None,
    *,
    answer_format: AnswerFormat = "boxed",
    language: str = "en",
    seed: int = 0,
) -> dict[Constraint, str | None]:
    """For each constraint a text that breaks just that one and states the answer; None where none
    was found. The constraint is broken narrowly: one word too many, one comma."""
    rules = tuple(dict.fromkeys(constraints))
    statement = _FORMATS[answer_format].format(answer) if answer is not None else ""
    return {
        rule: _violation(rule, rules, statement, _language(rules, language), seed) for rule in rules
    }


def _violation(
    broken: Constraint, rules: tuple[Constraint, ...], statement: str, language: str, seed: int
) -> str | None:
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
    for rule in rules:
        if isinstance(rule, Language) and rule.language in SENTENCES:
            return rule.language
    for rule in rules:
        if isinstance(rule, Uppercase | Lowercase) and rule.language in SENTENCES:
            return str(rule.language)
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
