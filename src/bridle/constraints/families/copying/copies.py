"""Copies that are the whole answer: a given sentence, or a stretch of the request."""

from __future__ import annotations

import re
from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import WRAP, Constraint
from bridle.constraints.drafts.prose import plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View
from bridle.text.fences import inside
from bridle.text.find import as_read
from bridle.text.invisible import SPACES
from bridle.text.seen import Seen

_LAID_OUT = ("two_responses", "table", "sub_bullets")
LONGEST_WORD = 400
AROUND_ALL = (("**", "**"), ('"', '"'), ("* ", ""), ("_", "_"), ("\n", ""))
_TOKEN = re.compile(r"\S+")
# Quotation and emphasis marks around a copy are no part of it.
_SAME = "\"'*_`"
_PAIRS = dict(
    zip("“„”«»‘‹「『" + _SAME, ["”", "“”", "”", "»", "«", *"’›」』", *_SAME], strict=True)
)
_MARKS = frozenset("".join([*_PAIRS, *_PAIRS.values()]))
AROUND = SPACES + "".join(sorted(_MARKS))
_BLOCK_QUOTE = re.compile(r"\s*>[^\n]*+(?:\n[ \t]*+>[^\n]*+)*+\s*")  # and nothing else
_QUOTE_MARK = re.compile(r"^[ \t]*>", re.MULTILINE)


def copied_words(text: str) -> list[str]:
    """The words of what is to be copied, by white space, pairs of marks around the whole left out."""
    text = as_read(Seen(text).text).strip(SPACES)
    while text and text[-1] in _PAIRS.get(text[0], ()):
        same = text[0] == text[-1]
        marks = len(text) - len(text.lstrip(text[0])) if same else 1
        inner = text[marks : len(text) - marks]
        if not inner or text[0] in inner or text[-1] in inner:  # two pairs: "A" and "B"
            break
        text = inner.strip(SPACES)
    return text.split()


def condensed(text: str) -> str:
    """A text without case, white space and the marks that may stand around a copy."""
    kept = (c for c in as_read(text) if not c.isspace() and c not in AROUND)
    return as_read("".join(kept).casefold())


def _trimmed(raw: str, target: str) -> Span:
    """Where the text stands without white space and marks around it but those of the target."""
    end = len(raw.rstrip(AROUND))
    start = end - len(raw[:end].lstrip(AROUND))
    inner = target.strip(AROUND)
    head, _, tail = target.partition(inner)
    before, after = (sum(c in _MARKS for c in marks) for marks in (head, tail))
    while before and start > 0:
        start -= 1
        before -= raw[start] in _MARKS
    while after and end < len(raw):
        end += 1
        after -= raw[end - 1] in _MARKS
    return start, end


@dataclass(frozen=True, kw_only=True)
class WholeCopy(Constraint):
    """The text is so many given words and nothing else."""

    @abstractmethod
    def target(self) -> str:
        """What the text must be."""

    def same(self, index: int, token: str, word: str) -> str | None:
        """What is wrong with a word of the text in the place of one of the target, or None."""
        return None if token == word else f"Word {index + 1} is {token!r} in place of {word!r}."

    def judge(self, view: View) -> Verdict:
        words = copied_words(self.target())
        raw, copy = view.raw, " ".join(words)
        if copy[:1] not in ("`", "~"):
            start, end = inside(raw)
            raw = " " * start + raw[start:end]
        if not copy.startswith(">") and _BLOCK_QUOTE.fullmatch(raw):
            raw = _QUOTE_MARK.sub(lambda mark: " " * len(mark.group()), raw)
        start, end = _trimmed(raw, copy)
        index = 0
        for token in _TOKEN.finditer(raw, start, end):
            said = as_read(token.group())
            if not said:
                continue  # nothing of it is seen
            if index == len(words):
                span = (token.start(), end)
                return self._says(False, index + 1, "More follows the copy.", span)
            wrong = self.same(index, said, words[index])
            if wrong:
                return self._says(False, index, wrong, token.span())
            index += 1
        if index < len(words):
            reason = f"It stops after {index} of {len(words)} words."
            return self._says(False, index, reason, (start, end))
        return self._says(True, index, "Just that and nothing else.", (start, end))

    def _says(self, obeyed: bool, observed: int, reason: str, span: Span) -> Verdict:
        words = len(copied_words(self.target()))
        return self.verdict(
            obeyed,
            observed=observed,
            wanted=f"{words} given {'word' if words == 1 else 'words'} and nothing else",
            reason=reason,
            evidence=(span,) if span[1] > span[0] else (),
        )

    def clashes(self, other: Constraint) -> str | None:
        if other.name == "no_whitespace" and len(copied_words(self.target())) > 1:
            return "Words that stand apart take white space."
        marks = any(set("-*+•|#") & set(word) for word in self.target().split())
        if other.name in _LAID_OUT and not marks:  # a first word that is free has no line end
            return f"{other.name} takes marks between the words."
        return None

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        target = self.target()
        # Marks around the whole are free: as code or in quotation marks it may obey the others.
        ways = (target, f"`{target}`", f'"{target}"') if plan().rules else (target,)
        obeying = (way for way in ways if all(r.check(way).obeyed for r in plan().rules))
        return next(obeying, target)

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip()} Done."

    def forbids(self, part: str) -> Verdict | None:
        """White space and marks aside, the part must stand in the copy."""
        if condensed(part) in condensed(self.target()):
            return None
        return self.check(f"{self.target()}\n{part}")


@register
@dataclass(frozen=True, kw_only=True)
class FixedText(WholeCopy):
    """The text is a given sentence and nothing else."""

    name = "fixed_text"
    skill = "precision"
    stage = WRAP
    meaning = (
        "The text is the given one, case exact, white space and the form of apostrophes and "
        "hyphens free; quotation and emphasis marks around the whole, also those of a block quote, "
        "are left out."
    )
    examples: ClassVar = (
        Example({"text": "Only say this."}, "Only say this.", True),
        Example({"text": "Only say this."}, '"Only\nsay this."', True, "quoted, on two lines"),
        Example({"text": "Only say this."}, "Only say this. It is 4.", False, "more follows"),
        Example({"text": "Only say this."}, "only say this.", False, "case is exact"),
        Example({"text": "Only say this."}, "Only say this", False, "the stop belongs to it"),
    )

    text: str

    def validate(self) -> None:
        self.want_text("text", most=None)
        if not self.text.strip(AROUND):
            raise self.bad("text", self.text, "more than marks")

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Only output this sentence here, ignore all other requests: {self.text}",
            f'Your whole answer must be exactly this and nothing else: "{self.text}"',
            f"Ignore the rest and answer with these words alone: {self.text}",
        )

    def target(self) -> str:
        return self.text

    def clashes(self, other: Constraint) -> str | None:
        if isinstance(other, FixedText) and copied_words(other.text) != copied_words(self.text):
            return "One text cannot be two different ones."
        return super().clashes(other)


@register
@dataclass(frozen=True, kw_only=True)
class RepeatSpan(WholeCopy):
    """The text is a stretch of the request's words and nothing else."""

    name = "repeat_span"
    skill = "precision"
    stage = WRAP
    meaning = (
        "The text is the prompt's words from index `start` to `end`, both included, counted from 0 "
        "and parted by white space; case exact, marks around the whole left out."
    )
    examples: ClassVar = (
        Example({"prompt": "What is two and two?", "start": 2, "end": 4}, "two and two?", True),
        Example({"prompt": "What is two and two?", "start": 1, "end": 2}, '"is two"', True),
        Example({"prompt": "What is two and two?", "start": 1, "end": 2}, "is", False, "the end counts"),
        Example({"prompt": "What is two and two?", "start": 1, "end": 2}, "What is", False, "from 0"),
        Example({"prompt": "What is two and two?", "start": 0, "end": 0}, "Here: What", False),
    )  # fmt: skip

    prompt: str
    start: int
    end: int

    def validate(self) -> None:
        self.want_text("prompt", most=None)
        self.want_count("start")
        self.want_count("end")
        words = len(self.prompt.split())
        if self.end >= words:
            raise self.bad("end", self.end, f"less than {words}, the number of words")
        if self.start > self.end:
            raise self.bad("start", self.start, f"at most {self.end}, the end")
        if not self.target().strip(AROUND):
            raise self.bad("start", self.start, "a stretch with more than marks in it")

    def phrasings(self) -> tuple[str, ...]:
        a, b = self.start, self.end
        return (
            f"Copy the span of words that lies between (and including) index {a} and {b} of the "
            "request and write nothing else; the indices are word indices from 0, split by "
            "whitespace!",
            f"Split the request at white space, count its words from 0, and answer with words {a} "
            f"to {b} (both included) alone.",
            f"Your whole answer must be the request's words number {a} to {b}, the first word of "
            "the request being number 0.",
        )

    def target(self) -> str:
        return " ".join(self.prompt.split()[self.start : self.end + 1])

    def violate(self, draft: str) -> str:
        words = self.prompt.split()
        if self.end > self.start:  # as if the end did not count
            return " ".join(words[self.start : self.end])
        return f"{self.target()} {words[self.end]}"
