"""Copies: the request repeated before the answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import EDGE, Constraint
from bridle.constraints.drafts.prose import plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import View, once
from bridle.text.find import as_read, joined
from bridle.text.quotes import quotes_around, visible
from bridle.text.seen import Seen

_TOKEN = re.compile(r"\S+")


@register
@dataclass(frozen=True, kw_only=True)
class RepeatPrompt(Constraint):
    """The text begins with the request, word for word, and then answers it."""

    name = "repeat_prompt"
    skill = "precision"
    stage = EDGE
    meaning = (
        "The text begins with the prompt, case exact, white space and the form of apostrophes and "
        "hyphens free, and a letter, digit or symbol follows that is not the prompt again; only the quotation mark around a wholly "
        "quoted answer may precede."
    )
    examples: ClassVar = (
        Example({"prompt": "What is 2+2?"}, "What is 2+2?\n\nIt is 4.", True),
        Example({"prompt": "What is\n2+2?"}, "What  is 2+2? It is 4.", True, "white space is free"),
        Example({"prompt": "What is 2+2?"}, "What is 2+2?", False, "no answer follows"),
        Example({"prompt": "What is 2+2?"}, "what is 2+2? It is 4.", False, "case is exact"),
        Example(
            {"prompt": "What is 2+2?"}, "What is 2+2?\nWhat is 2+2?", False, "no answer either"
        ),
        Example({"prompt": "What is 2+2?"}, "Sure! What is 2+2? It is 4.", False),
    )

    prompt: str

    def validate(self) -> None:
        self.want_text("prompt", most=None)

    def phrasings(self) -> tuple[str, ...]:
        return (
            "First repeat the request word for word without change, then give your answer "
            "(do not say any words or characters before repeating the request; the request you "
            "need to repeat does not include this sentence).",
            "Begin by copying the request exactly, then answer it.",
            "Before your answer, repeat the question word for word and without any change.",
        )

    def judge(self, view: View) -> Verdict:
        raw = view.raw
        quotes = quotes_around(raw)
        at, end = (quotes[0][1], quotes[1][0]) if quotes else visible(raw)
        words = self._words
        last = at + len(self.prompt)
        if raw.startswith(self.prompt, at, end) and raw[last : last + 1].isspace():
            return self._followed(raw, at, at + len(self.prompt.rstrip()), end)
        last = at
        for i, word in enumerate(words):
            match, token = _next(raw, last, end)
            final = i == len(words) - 1
            if match and token == word:
                last = match.end()
            elif match and final and token.startswith(word) and _ends(token, word):
                last = match.end() - len(token) + len(word)
            else:
                start = match.start() if match else end
                span = (start, match.end() if match else end)
                reason = f"Word {i + 1} is {token!r} in place of {word!r}."
                if not match:
                    reason = f"It stops after {i} of {len(words)} words."
                return self._says(False, i, reason, span)
        return self._followed(raw, at, last, end)

    def _followed(self, raw: str, at: int, last: int, end: int) -> Verdict:
        """The verdict on a text that has the prompt from `at` to `last`."""
        number = len(self._words)
        if not any(_says_something(c) for c in raw[last:end]):
            return self._says(False, number, "Nothing follows the prompt.", (last, end))
        if end - last < 4 * len(self.prompt) and as_read(raw[last:end]).split() == self._words:
            return self._says(False, number, "Only the prompt again follows.", (last, end))
        return self._says(True, number, "The prompt is repeated; an answer follows.", (at, last))

    @once
    def _words(self) -> list[str]:
        return as_read(Seen(self.prompt).text).split()

    def _says(self, obeyed: bool, observed: int, reason: str, span: tuple[int, int]) -> Verdict:
        return self.verdict(
            obeyed,
            observed=observed,
            wanted=f"the prompt's {len(self._words)} words, then an answer",
            reason=reason,
            evidence=(span,) if span[1] > span[0] else (),
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        quotes = quotes_around(draft)
        if quotes:
            start, end = quotes
            return f"{draft[: start[1]]}{self.build(draft[start[1] : end[0]])}{draft[end[0] :]}"
        answer = draft.strip()
        if not any(c.isalnum() for c in answer):
            answer = plan().statement or "Yes."
        return f"{self.prompt.strip()}\n\n{answer}"

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        words = list(_TOKEN.finditer(draft))
        last = words[min(len(self.prompt.split()), len(words)) - 1]
        return draft[: last.start()] + draft[last.end() :].lstrip()

    def requires(self) -> tuple[Piece, ...]:
        return (Piece(self.prompt.strip()),)

    def clashes(self, other: Constraint) -> str | None:
        if isinstance(other, RepeatPrompt):
            mine, theirs = (
                as_read(Seen(self.prompt).text).split(),
                as_read(Seen(other.prompt).text).split(),
            )
            last = min(len(mine), len(theirs)) - 1
            one, two = mine[last], theirs[last]  # marks may follow the last word of a prompt
            alike = one.startswith(two) or two.startswith(one)
            if mine[:last] != theirs[:last] or not alike:
                return "One text cannot begin with two different prompts."
        return None


def _next(raw: str, at: int, end: int) -> tuple[re.Match[str] | None, str]:
    """The next token of which something is seen, and how it reads."""
    while match := _TOKEN.search(raw, at, end):
        if token := as_read(match.group()):
            return match, token
        at = match.end()
    return None, ""


def _ends(token: str, word: str) -> bool:
    """Whether the word with which a token begins ends there: the answer may follow at once."""
    return not joined(token, len(word), len(word) - 1, 1)


def _says_something(char: str) -> bool:
    """Whether it is a letter, a digit or a symbol (`∞`, `👍`) and not a mark of a layout."""
    return char.isalnum() or (not char.isascii() and unicodedata.category(char) in ("Sm", "So"))
