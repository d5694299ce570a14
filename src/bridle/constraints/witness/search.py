"""The search for a text that obeys: drafts, mended until all rules hold.

Drafts are built in the order of the constraints' stages and mended to a fixed point, richest
strategy first; what is returned has been checked. Where none is found, the conflict is proved from
the rules, or named as not proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from bridle.constraints.base import Constraint
from bridle.constraints.counting import Counted
from bridle.constraints.drafts.phrases import SENTENCES
from bridle.constraints.drafts.prose import Plan, answer_sentence, fillers, plan, planned
from bridle.constraints.families.combinators.logic import AllOf
from bridle.constraints.witness.conflicts import Conflict, Member, prove
from bridle.errors import ConstraintError
from bridle.text import read_text

_ROUNDS = 8
_SCRIPTLESS = {"no_whitespace", "title_case"}  # what a script without spaces and case obeys
_LOOKS = 4  # starts tried for each part of a set that has no witness
_SEARCH, _PART = 3_000_000, 400_000  # characters read for a set, and for a part of one
_BUILD, _DROPPED = 4_000, 60  # characters that a build costs, and that are dropped at a time


class _Effort:
    """What a search may still read, in characters, so that hopeless ones come to an end: the same
    on every machine, unlike time. A draft that becomes shorter is read again for every sentence."""

    def __init__(self, left: int) -> None:
        self.left = left

    def built(self, before: str, after: str) -> None:
        steps = 1 + max(0, len(before) - len(after)) // _DROPPED
        self.left -= _BUILD + len(after) + steps * len(before)

    def allows(self, rule: Constraint, draft: str) -> bool:
        """Whether there is enough left to drop from the draft what the rule has too much of."""
        high = rule.bounds()[1] if isinstance(rule, Counted) else None
        count = rule.check(draft).observed if high is not None else None
        if high is None or not isinstance(count, int) or count <= high:
            return True
        return len(draft) * (count - high) // count // _DROPPED * len(draft) <= self.left


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
    outer = {part: rule for rule in reversed(rules) for part in _parts(rule)}
    parts = tuple(reversed(outer))
    # A quick look, then the proofs, then the whole search: conflicts are common and soon proved.
    effort = _Effort(_SEARCH)
    found = _search(parts, statement, language, seed, effort, starts=1)
    if found is not None:
        return found
    conflict = prove(parts, statement, neutral)
    if conflict is None:
        found = _search(parts, statement, language, seed, effort)
        if found is not None:
            return found
        conflict = _smallest(parts, statement, neutral, language)
    members: list[Member] = [outer[m] if isinstance(m, Constraint) else m for m in conflict.members]
    return Conflict(tuple(dict.fromkeys(members)), conflict.reason, conflict.proved)


def _parts(rule: Constraint) -> tuple[Constraint, ...]:
    """The rules that a rule made of several stands for, so that each can mind the others."""
    if not isinstance(rule, AllOf):
        return (rule,)
    return tuple(part for inner in reversed(rule.of) for part in _parts(inner))


def break_one(
    broken: Constraint, rules: tuple[Constraint, ...], statement: str, language: str, seed: int
) -> str | None:
    """A text that breaks just that rule, narrowly, and obeys the others; None where none is found."""
    language = _language(rules, language)
    others = tuple(rule for rule in rules if rule is not broken)
    for wanted in (rules, others):
        effort = _Effort(_SEARCH)
        for start, draft in _starts(others, statement, language, seed):
            with planned(start):
                draft = _mended(draft, wanted, effort)
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
                    wrong = _round(wrong, sorted(others, key=lambda r: r.stage), effort)
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
    effort: _Effort,
    *,
    starts: int | None = None,
) -> str | None:
    language, terse = _language(rules, default), False
    for start, draft in islice(_starts(rules, statement, language, seed), starts):
        if start.terse and not terse:
            terse, effort.left = True, max(effort.left, _PART)  # where the rich are too long
        if effort.left <= 0:
            continue
        with planned(start):
            text = _mended(draft, rules, effort)
        if text is not None and _states(text, statement):
            return text
    return None


def _starts(
    rules: tuple[Constraint, ...], statement: str, language: str, seed: int
) -> Iterator[tuple[Plan, str]]:
    """Plans and first drafts, the richest first, the barest last."""
    ways = [(seed, ""), (seed + 1, ""), (seed + 2, ""), (seed, "flowing"), (seed + 1, "flowing")]
    for variant, way in [*ways, (seed, "terse"), (seed + 1, "terse"), (seed + 2, "terse")]:
        made = Plan(
            language=language,
            seed=variant,
            statement=statement,
            rules=rules,
            terse=way == "terse",
            flowing=way == "flowing",
        )
        with planned(made):
            few = 0 if way else 1 + variant % 3
            opening = list(islice(fillers(), few))
            yield (
                made,
                " ".join([*opening, _stated(statement, opening)]).strip().replace(" \n", "\n"),
            )
    bare = Plan(language=language, seed=seed, statement=statement, rules=rules, terse=True)
    yield bare, statement or next(iter(SENTENCES[language][-1:]))
    if statement:
        yield bare, f"{statement}."
    if statement and not statement.startswith(("\\boxed", "####", "$")):  # in maths it is no prose
        yield bare, f"{_stated(f'${statement}$', [])}"
    if _SCRIPTLESS & {rule.name for rule in rules} and "zh" != language == "en":
        made = Plan(language="zh", seed=seed, statement=statement, rules=rules, terse=True)
        with planned(made):
            yield made, _stated(statement, []) or next(fillers(), "")


def _stated(statement: str, opening: list[str]) -> str:
    if statement.startswith("####"):
        return f"\n{statement}" if opening else statement
    return answer_sentence(statement) if statement else ""


def _mended(draft: str, rules: tuple[Constraint, ...], effort: _Effort) -> str | None:
    """The draft made to obey all rules, or None where mending comes to no end."""
    # Of rules of one stage the first is as good as the last to begin with: each order has its turn.
    order = sorted(rules if plan().seed % 2 == 0 else rules[::-1], key=lambda r: r.stage)
    seen: set[str] = set()
    for _ in range(_ROUNDS):
        if _obeys(draft, rules):
            return draft
        if draft in seen or effort.left <= 0:
            break
        seen.add(draft)
        draft = _round(draft, order, effort)
    ways = (draft, *_closed_up(draft), *_parted(draft, rules))
    return next((text for text in ways if _obeys(text, rules)), None)


def _closed_up(draft: str) -> Iterator[str]:
    """The draft with one paragraph less: two of the last ones become one, or one line."""
    at = len(draft)
    for _ in range(4):
        at = draft.rfind("\n\n", 0, at)
        if at < 0:
            return
        yield f"{draft[:at]}\n{draft[at + 2 :]}"
        yield f"{draft[:at]} {draft[at + 2 :]}"


def _parted(draft: str, rules: tuple[Constraint, ...]) -> Iterator[str]:
    """The draft with what must be its beginning on a line of its own, or as a heading."""
    for rule in rules:
        start = getattr(rule, "phrase", None) or getattr(rule, "prompt", None)
        if isinstance(start, str) and draft.startswith(start):
            rest = draft[len(start) :].lstrip()
            yield f"{start}\n\n{rest}"
            yield f"{start}\n===\n\n{rest}"


def _round(draft: str, order: Sequence[Constraint], effort: _Effort) -> str:
    for rule in order:
        if not rule.obeyed_by(draft):
            if not effort.allows(rule, draft):
                return draft
            built = rule.build(draft)
            effort.built(draft, built)
            draft = built
    return draft


def _obeys(text: str, rules: tuple[Constraint, ...]) -> bool:
    parsed = read_text(text)
    return all(rule.obeyed_by(parsed) for rule in rules)


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

    def has_one(part: Sequence[Constraint], said: str) -> bool:
        effort = _Effort(_PART)
        return _search(tuple(part), said, language, 0, effort, starts=_LOOKS) is not None

    left = list(rules)
    for rule in rules:
        fewer = [r for r in left if r is not rule]
        if not has_one(fewer, statement):
            left = fewer
    members: list[Member] = list(left)
    if statement and has_one(left, ""):
        members.append("reference_answer" if has_one(left, neutral) else "answer_format")
    return Conflict(tuple(members), "No text that obeys all of them was found.", False)
