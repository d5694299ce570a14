"""Why no text can obey: proofs from the rules' own declarations.

Four rules of proof, each over as few members as it needs:
1. two constraints declare that they clash (`clashes`): bounds that leave no number, two end phrases;
   or what one takes at least another does not allow (`bounds.py`), a third given the parts; or the
   words that one is sure to bring are not what another wants there (`edges.py`);
2. one constraint requires a stretch of text (`requires`) that another forbids in any text
   (`forbids`): the repeated question has a comma;
3. a required stretch, in the one case that a second constraint allows, is forbidden by a third;
4. the stated answer itself is forbidden, or stands together with a required prompt over a bound.

A declaration speaks of a stretch in prose as it is written. Before a conflict is called proved, the
stretch is therefore written in the ways that could get around it (in maths, in code, on other
lines, joined to another word): one such text that obeys every member, and nothing is proved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Literal

from bridle.constraints.base import Constraint
from bridle.constraints.bounds import unmet, unmet_by_three
from bridle.constraints.counting import Counted
from bridle.constraints.verdict import Piece, Verdict
from bridle.text import Text
from bridle.text.find import as_typed

Member = Constraint | Literal["answer_format", "reference_answer"]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A smallest set that cannot hold together, and why.

    Members are constraints, "answer_format" (the way the answer must be stated) and
    "reference_answer". `proved` is False where no witness was found and no proof either.
    """

    members: tuple[Member, ...]
    reason: str
    proved: bool

    def __str__(self) -> str:
        names = [m.name if isinstance(m, Constraint) else m for m in self.members]
        return f"{' + '.join(names)}: {self.reason}"


_OPEN = re.compile(r"\$\$?|\\[(\[]|\\begin|\\(?:boxed|fbox)|`+|~~~")


def condemned(rule: Constraint, piece: Piece) -> Verdict | None:
    """The verdict that condemns every text with this piece in it, or None.

    The evidence must stand where nothing that may follow can turn it into maths: before the last
    `$` and before any other delimiter that is still open in the piece.
    """
    spellings = [piece.text]
    if piece.exact and len(piece.text) > 1:  # a phrase: its apostrophes and hyphens in any form
        said = as_typed(piece.text)
        curly, hyphen = said.replace("'", "’"), said.replace("-", "‑")
        spellings = list(dict.fromkeys((piece.text, said, curly, hyphen)))
    elif not piece.exact:
        low, high, title = piece.text.lower(), piece.text.upper(), piece.text.title()
        free = "".join(c if rule.forbids(c) is None else c.upper() for c in low)
        curly, hyphen = low.replace("'", "’"), low.replace("-", "‐")  # the same words
        spellings = list(dict.fromkeys((low, high, title, title.swapcase(), free, curly, hyphen)))
    last: Verdict | None = None
    for spelling in spellings:
        last = rule.forbids(spelling)
        if last is None:
            return None
        if rule.maths == "masked":
            view = Text(spelling).masked
            limit = len(spelling)
            for mark in _OPEN.finditer(view.text):
                if mark.group() != "$":
                    limit = min(limit, mark.start())
            if limit == len(spelling) and "$" in view.text:
                limit = view.text.rfind("$")
            while limit < len(spelling) and limit > 0 and not spelling[limit - 1].isspace():
                limit -= 1  # the word that the delimiter stands in
            if limit < len(spelling) and rule.forbids(spelling[:limit]) is None:
                return None
    return last


def prove(constraints: Sequence[Constraint], statement: str, neutral: str) -> Conflict | None:
    """A proved conflict with the fewest members, or None. `statement` is how the answer must be
    stated, `neutral` the same with an answer that breaks nothing."""
    for piece, said, conflict in _argued(constraints, statement, neutral):
        members = [m for m in conflict.members if isinstance(m, Constraint)]
        ways = _ways(piece.text, said) if piece else ()
        if not any(said in way and _obeys(way, members) for way in ways):
            return conflict
    return None


def _obeys(text: str, members: Sequence[Constraint]) -> bool:
    parsed = Text(text)
    return all(member.check(parsed).obeyed is True for member in members)


def _ways(stretch: str, said: str) -> Iterator[str]:
    """Texts with the stretch in them, and with what must be said, that might obey all the same."""
    words = stretch.split()
    flat = " ".join(words)
    frames = ("{}", "`{}`", "${}$", "\\({}\\)", "```\n{}\n```", "**{}**", "_{}_", '"{}"', "“{}”",
              "$x = {}", "`x {}", "\\(x {}", "{}'x", "x'{}", "{}_x", "x_{}", "x{}", "So {}", "{} so")  # fmt: skip
    for spelling in dict.fromkeys(
        (stretch, flat, "\n".join(words), "\n\n".join(words), "".join(words))
    ):
        for frame in frames:
            framed = frame.replace("{}", spelling)
            yield framed
            for added in (said, said and f"${said}$", said and f"`{said}`", "x", "42"):
                if added:
                    yield f"{framed} {added}"
                    yield f"{framed}\n{added}"
                    yield f"{added} {framed}"


_Argued = tuple[Piece | None, str, Conflict]


def _argued(constraints: Sequence[Constraint], statement: str, neutral: str) -> Iterator[_Argued]:
    """Conflicts with the fewest members first, with the stretch and the statement they speak of."""
    for rule in constraints:
        for piece in rule.requires():
            if verdict := condemned(rule, piece):
                yield piece, "", Conflict((rule,), f"{piece.text[:60]!r}: {verdict.reason}", True)
        if statement and (verdict := condemned(rule, Piece(statement))):
            if neutral and (any_answer := condemned(rule, Piece(neutral))):
                reason = f"{neutral!r} must stand in the text. {any_answer.reason}"
                yield Piece(neutral), neutral, Conflict((rule, "answer_format"), reason, True)
            else:
                reason = f"{statement!r} must stand in the text. {verdict.reason}"
                yield (
                    Piece(statement),
                    statement,
                    Conflict((rule, "reference_answer"), reason, True),
                )
    from bridle.constraints.witness.edges import (
        forced,  # knows of many types, which are loaded for it
    )

    for a, b in combinations(constraints, 2):
        found = (a.clashes(b), b.clashes(a), unmet(a, b), unmet(b, a), forced(a, b), forced(b, a))
        for why in filter(None, found):
            yield None, "", Conflict((a, b), why, True)
    for a, b in permutations(constraints, 2):
        for piece in a.requires():
            if verdict := condemned(b, piece):
                shown = piece.text if len(piece.text) < 60 else piece.text[:57] + "..."
                reason = f"{shown!r} must stand in the text. {verdict.reason}"
                yield piece, "", Conflict((a, b), reason, True)
    for members, why in unmet_by_three(constraints):
        yield None, "", Conflict(members, why, True)
    for a, b, c in permutations(constraints, 3):
        for piece in a.requires():
            turned = (
                None
                if piece.exact or b.name not in ("uppercase", "lowercase")
                else b.fit(piece.text)
            )
            if turned and (verdict := condemned(c, Piece(turned))):
                reason = f"{turned!r} must stand in the text. {verdict.reason}"
                yield Piece(turned), "", Conflict((a, b, c), reason, True)
    for a, b in permutations(constraints, 2):
        if a.name != "repeat_prompt" or not isinstance(b, Counted) or not statement:
            continue  # what stands between the two is not known, only what is counted adds up
        for piece in a.requires():
            both = Piece(f"{piece.text}\n\n{statement}")
            if statement not in piece.text and (verdict := condemned(b, both)):
                reason = f"The prompt and then the answer: {verdict.reason}"
                yield piece, statement, Conflict((a, b, "answer_format"), reason, True)
