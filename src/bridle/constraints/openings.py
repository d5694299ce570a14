"""English phrases of just so many words with which a sentence can begin."""

from __future__ import annotations

from bridle.constraints.prose import plan

_OPENINGS = (
    (),
    ("Now", "Here", "Thus"),
    ("In short", "At last", "So now"),
    ("In the end", "From all this", "By the way"),
    ("As we have seen", "When it is done", "After all these steps"),
    ("When all steps are done", "As it has been said", "Once the parts are known"),
    ("As the steps above have shown", "When we look at it again", "Since both sides are the same"),
    (
        "When we put all the parts together",
        "As the text of the question says",
        "Since nothing of it was left out",
    ),
)
_MOST = len(_OPENINGS) - 1


def opening(words: int, turn: int = 0) -> str:
    """A phrase of just that many words; `turn` chooses another one of the same length."""
    if words <= 0:
        return ""
    parts: list[str] = []
    while words > _MOST:  # clauses of seven words, "and" between
        size = _MOST if words - _MOST != 1 else _MOST - 1
        parts.append(_choice(size, turn + len(parts)))
        words -= size + 1
    if words:
        parts.append(_choice(words, turn + len(parts)))
    return " and ".join([*parts[:1], *(p[0].lower() + p[1:] for p in parts[1:])])


def _choice(words: int, turn: int) -> str:
    choices = _OPENINGS[words]
    return choices[(plan().seed + turn) % len(choices)]
