"""How the final answer is marked: in a box, or after four hashes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import EDGE, SHAPE, Constraint
from bridle.constraints.drafts.prose import add, answer_sentence, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, read_text
from bridle.text.invisible import SPACES

# In JSON a backslash is written twice; at most so many, that a run of them is read once.
_BRACES = re.compile(r"\\{1,4}boxed[ \t]*\{|\\.|[{}]", re.DOTALL)
# What leaves a box empty: what is not seen, spaces and dots of LaTeX, and commands that only say
# how their text is set.
_NOTHING = re.compile(
    r"\\[hv]?phantom\s*+\{[^{}]*+\}"
    r"|\\(?:q?quad|[cl]?dots|boxed|(?:text|math)(?:rm|bf|it|tt|sf)?)(?![A-Za-z])|\\[ ,;:!]|\\\Z|[{}\s~$]"
)


def boxes(view: View) -> list[Span]:
    """Every `\\boxed{…}` whose brace is closed, as a whole, outside code; inner ones too."""
    return _boxes(view)[0]


def _boxes(view: View) -> tuple[list[Span], int]:
    """Those whose brace is closed, and where the last one begins whose brace is not (-1: none)."""
    code = [s for kind, s in read_text(view.raw).masks if kind == "code"]
    open_at: list[int] = []
    found: list[Span] = []
    i = 0
    for match in _BRACES.finditer(view.raw):
        start = match.start()
        while i < len(code) and code[i][1] <= start:
            i += 1
        if i < len(code) and code[i][0] <= start:
            continue
        token = match.group()
        if len(token) > 2:
            open_at.append(start)
        elif token == "{":
            open_at.append(-1)
        elif token == "}" and open_at:
            opened = open_at.pop()
            if opened >= 0:
                found.append((opened, match.end()))
    return found, max(open_at, default=-1)


def inside(boxed: str) -> str:
    """What stands in the braces of a `\\boxed{…}`."""
    return boxed[boxed.find("{") + 1 : -1].strip()


@register
@dataclass(frozen=True, kw_only=True)
class BoxedAnswer(Constraint):
    """The final answer stands in a box."""

    name = "boxed_answer"
    skill = "precision"
    stage = SHAPE
    meaning = (
        "The last `\\boxed{…}` outside code is closed and holds more than spaces, braces, dots and "
        "`?`; what stands in it is not judged."
    )
    examples: ClassVar = (
        Example({}, "It is \\boxed{4}.", True),
        Example({}, "So $x = \\boxed{\\frac{1}{2}}$.", True, "braces inside"),
        Example({}, "It is \\boxed{4.", False, "not closed"),
        Example({}, "It is \\boxed{}.", False, "empty"),
        Example({}, "It is \\boxed{4}, so \\boxed{4", False, "the last one is not closed"),
        Example({}, "`\\boxed{4}` is how it is written.", False, "code"),
        Example({}, "It is 4.", False),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Put your final answer within \\boxed{}.",
            "Give the final answer in a box: \\boxed{…}.",
            "Your answer must state its result as \\boxed{result}.",
        )

    def judge(self, view: View) -> Verdict:
        found, opened = _boxes(view)
        last = found[-1] if found else None
        held = inside(view.slice(last)) if last else ""
        cut = last is not None and opened > last[0]
        if cut:
            last, held = (opened, view.raw.find("{", opened) + 1), ""
        obeyed = bool(_NOTHING.sub("", held).strip(".?…" + SPACES))
        if obeyed:
            reason = f"The box holds {' '.join(held.split())[:60]!r}."
        elif cut:
            reason = "The last box is not closed."
        else:
            reason = "The last box is empty." if found else "There is no closed box."
        return self.verdict(
            obeyed,
            observed=held[:200],
            wanted="a final answer in \\boxed{…}",
            reason=reason,
            evidence=[last] if last else [],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        said = read_text(plan().statement or draft).masked.words
        held = (plan().statement or draft)[slice(*said[-1])] if said else ""
        held = held.strip(".,;:!?\"'“”*_$#`").translate({ord(c): None for c in "{}\\`$"})
        box = f"\\boxed{{{held or 1}}}"
        if plan().statement.startswith("####"):  # that line stays the last
            return add(draft, [answer_sentence(box)])
        return f"{draft.rstrip()} {answer_sentence(box)}".strip()

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        for start, end in reversed(boxes(read_text(draft).masked)):
            draft = f"{draft[:start]}{inside(draft[start:end])}{draft[end:]}"
        return draft


def _states(char: str) -> bool:
    """Whether the character may be an answer: a letter, a digit, a sign such as ∞ or ∅."""
    return char.isalnum() or (not char.isascii() and unicodedata.category(char) == "Sm")


_HASHES = re.compile(r"[^\S\r\n]*####(?!#)[^\S\r\n]*(?=\S)")


@register
@dataclass(frozen=True, kw_only=True)
class HashAnswer(Constraint):
    """The final answer stands in the last line, after four hashes."""

    name = "hash_answer"
    skill = "precision"
    stage = EDGE
    meaning = (
        "The last line that is not blank begins with just four hashes and then has a letter, a "
        "digit, a formula or a sign such as `∞` (as in GSM8K); lines before it are free."
    )
    examples: ClassVar = (
        Example({}, "We add.\n#### 4", True),
        Example({}, "####4", True, "the blank is free"),
        Example({}, "We add. #### 4", False, "not a line of its own"),
        Example({}, "#### 4\nThat is it.", False, "not the last line"),
        Example({}, "We add.\n####", False, "nothing follows"),
        Example({}, "We add.\n##### 4", False, "five hashes"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Write your final answer in the last line, after ####.",
            "End with a line of the form: #### answer",
            "The last line of your answer must begin with #### and state the result.",
        )

    def judge(self, view: View) -> Verdict:
        seen = (s for s in reversed(view.lines) if view.raw[s[0] : s[1]].strip(SPACES))
        start, end = next(seen, (0, 0))
        mark = _HASHES.match(view.raw, start, end)
        held = view.raw[mark.end() : end] if mark else ""
        obeyed = any(map(_states, held)) or (mark is not None and MASK in view.text[start:end])
        if obeyed:
            reason = f"The last line says {held[:60]!r}."
        elif mark or view.raw[start:end].strip() == "####":
            reason = "Nothing follows the hashes."
        else:
            reason = "The last line does not begin with ####." if end else "There is no text."
        return self.verdict(
            obeyed,
            observed=held[:200],
            wanted="a last line: #### and the answer",
            reason=reason,
            evidence=[(start, end)][: 1 if end > start else 0],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        statement = plan().statement
        found = boxes(read_text(draft).masked)
        if statement.startswith("####"):
            before, _, after = draft.rpartition(statement)
            held, draft = statement.lstrip("# "), f"{before.rstrip()} {after.strip()}".strip()
        elif found:
            held = inside(draft[slice(*found[-1])])
        else:
            words = read_text(draft).masked.words
            held = draft[slice(*words[-1])].strip(".,;:!?\"'“”*_#") if words else ""
        held = " ".join(held.split())
        return f"{draft.rstrip()}\n#### {held if any(map(str.isalnum, held)) else 1}".lstrip()

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip()}\nThat is the answer."
