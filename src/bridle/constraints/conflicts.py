"""Why no text can obey: proofs from the rules' own declarations.

Four rules of proof, each over as few members as it needs:
1. two constraints declare that they clash (`clashes`): bounds that leave no number, two end phrases;
2. one constraint requires a stretch of text (`requires`) that another forbids in any text
   (`forbids`): the repeated question has a comma;
3. a required stretch, in the one case that a second constraint allows, is forbidden by a third;
4. the stated answer itself is forbidden, or stands together with a required prompt over a bound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Literal

from bridle.constraints.base import Constraint, Piece, Verdict
from bridle.text import Text

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
    spellings = [piece.text] if piece.exact else [piece.text.lower(), piece.text.upper()]
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
            if limit < len(spelling) and rule.forbids(spelling[:limit]) is None:
                return None
    return last


def prove(constraints: Sequence[Constraint], statement: str, neutral: str) -> Conflict | None:
    """A proved conflict with the fewest members, or None. `statement` is how the answer must be
    stated, `neutral` the same with an answer that breaks nothing."""
    for rule in constraints:
        for piece in rule.requires():
            if verdict := condemned(rule, piece):
                return Conflict((rule,), f"{piece.text[:60]!r}: {verdict.reason}", True)
        if statement and (verdict := condemned(rule, Piece(statement))):
            if neutral and condemned(rule, Piece(neutral)):
                reason = f"{neutral!r} must stand in the text. {verdict.reason}"
                return Conflict((rule, "answer_format"), reason, True)
            reason = f"{statement!r} must stand in the text. {verdict.reason}"
            return Conflict((rule, "reference_answer"), reason, True)
    for a, b in combinations(constraints, 2):
        if why := a.clashes(b) or b.clashes(a):
            return Conflict((a, b), why, True)
    for a in constraints:
        for b in constraints:
            if a is b:
                continue
            for piece in a.requires():
                if verdict := condemned(b, piece):
                    shown = piece.text if len(piece.text) < 60 else piece.text[:57] + "..."
                    return Conflict(
                        (a, b), f"{shown!r} must stand in the text. {verdict.reason}", True
                    )
    for a, b, c in permutations(constraints, 3):
        for piece in a.requires():
            turned = (
                None
                if piece.exact or b.name not in ("uppercase", "lowercase")
                else b.fit(piece.text)
            )
            if turned and (verdict := condemned(c, Piece(turned))):
                return Conflict(
                    (a, b, c), f"{turned!r} must stand in the text. {verdict.reason}", True
                )
    for a in constraints:
        for b in constraints:
            for piece in a.requires() if a.name == "repeat_prompt" and statement else ():
                both = Piece(f"{piece.text}\n\n{statement}")
                if a is not b and (verdict := condemned(b, both)):
                    reason = f"The prompt and then the answer: {verdict.reason}"
                    return Conflict((a, b, "answer_format"), reason, True)
    return None
