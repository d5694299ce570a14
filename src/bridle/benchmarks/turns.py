"""Items made of a user's own turns: the rules go where `{constraints}` stands, else to the end of the first turn.

of_turns("a", ["Add 2 and 2. {constraints} Be quick."], rules, answer="4")
-> an Item whose prompt says the rules there, and whose bare prompt does without them
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bridle.benchmarks.item import Ask, Item, conversation, group_of
from bridle.constraints import Constraint
from bridle.problems.base import Problem

PLACE = "{constraints}"

Rule = tuple[Constraint, str]  # with the words that state it


def of_turns(
    name: str,
    turns: Sequence[str],
    rules: Sequence[Rule],
    *,
    problem: str | None = None,
    question: str | None = None,
    answer: str | None = None,
    source: str = "",
    difficulty: float | None = None,
    group: str = "",
    system: str | None = None,
) -> Item:
    """The item of these user turns; the rules hold from the turn that says them, `answer` is the last turn's."""
    since = next((i for i, text in enumerate(turns) if PLACE in text), 0)
    said = " ".join(words for _, words in rules)
    asks = [Ask(placed(text, said if i == since else "", end=i == since), placed(text, ""))
            for i, text in enumerate(turns)]  # fmt: skip
    asks[-1] = Ask(asks[-1].prompt, asks[-1].bare_prompt, answer=answer)
    return conversation(
        name,
        Problem(
            id=problem or name,
            question=asks[0].bare_prompt or "" if question is None else question,
            answer=answer,
            source=source,
            difficulty=difficulty,
        ),
        asks,
        benchmark="custom",
        standing=[rule for rule, _ in rules],
        since=since,
        system=system,
        group=group or group_of(len(rules)),
    )


def placed(text: str, said: str, *, end: bool = False) -> str:
    """The text with the rules in their place, or at its end; without any, the place goes too."""
    if PLACE in text:
        filled = text.replace(PLACE, said)
        return filled if said else re.sub(r"[ \t]+(?=\n|$)", "", filled).strip()
    return f"{text}\n{said}" if end and said else text
