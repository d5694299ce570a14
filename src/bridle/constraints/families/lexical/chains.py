"""Sentences and paragraphs chained by their first and last words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, islice, pairwise
from operator import ne
from typing import ClassVar

from bridle.constraints.base import COUNT, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.prose import add, fillers, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, read_text
from bridle.text.lettered import where
from bridle.text.stretches import Stretches
from bridle.text.word_forms import bare, words_in

_NUMBER = re.compile(r"[ \t]*\d{1,9}[.)][ \t]+")


@register
@dataclass(frozen=True, kw_only=True)
class ChainedSentences(Constraint):
    """Every sentence begins with the last word of the one before."""

    name = "chained_sentences"
    skill = "planning"
    stage = COUNT
    meaning = (
        "The last word of each sentence and the first of the next are the same, in any case and "
        "without the marks around them, list numbers aside; a formula is a word. One sentence alone "
        "is undetermined."
    )
    examples: ClassVar = (
        Example({}, "We add numbers. Numbers give sums. Sums end it.", True),
        Example({}, "It is $x$. $x$ is 4!", True, "a formula is a word"),
        Example({}, "We add numbers. They give sums.", False),
        Example({}, "We add. Adding ends.", False, "another word"),
        Example({}, "We add.", None, "there is no next sentence"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "In your response, the last word of each sentence must become the first word of the "
            "next sentence.",
            "Begin every sentence with the last word of the sentence before it.",
            "Chain your sentences: each starts with the word that ended the one before.",
        )

    def judge(self, view: View) -> Verdict:
        sentences = _unnumbered(view, view.sentences)
        stretches = Stretches(view, sentences)
        firsts, lasts = stretches.edges()
        parts = list(compress(sentences, firsts))
        wanted = "each sentence begins with the last word of the one before"
        if len(parts) < 2:
            return self.verdict(
                None, observed=0, wanted=wanted, reason="There are not two sentences."
            )
        wrong = where(map(ne, filter(None, lasts), islice(filter(None, firsts), 1, None)))
        shown = [stretches.words(parts[i + 1])[0] for i in wrong[:EVIDENCE]]
        if wrong:
            last = stretches.words(parts[wrong[0]])[-1]
            reason = (
                f"{len(wrong)} of {len(parts) - 1} links are broken, the first between "
                f"{view.slice(last)!r} and {view.slice(shown[0])!r}."
            )
        else:
            reason = f"All {len(parts) - 1} links hold."
        return self.verdict(
            not wrong,
            observed=len(parts) - 1 - len(wrong),
            wanted=wanted,
            reason=reason,
            evidence=shown,
        )

    def build(self, draft: str) -> str:
        obeyed = self.check(draft).obeyed
        if obeyed:
            return draft
        if obeyed is None:
            draft = add(draft, list(fillers(draft))[:1] or ["So it is."])
        view = read_text(draft).masked
        if len(view.sentences) < 2:
            draft = f"So it is. {draft}"
            view = read_text(draft).masked
        links: list[tuple[int, str]] = []
        for before, after in pairwise(_unnumbered(view, view.sentences)):
            one, two = words_in(view, before), words_in(view, after)
            if one and two and bare(view, one[-1]) != bare(view, two[0]):
                links.append((two[0][0], _link(view, one[-1])))
        for at, word in reversed(links):
            draft = f"{draft[:at]}{word}: {draft[at:]}"
        return draft

    def violate(self, draft: str) -> str:
        return add(self.build(draft), ["No link is here.", "Some follow."])


def _link(view: View, span: Span) -> str:
    """A word that may begin a sentence."""
    word = view.slice(span).strip(".,;:!?\"'“”‘’()*_…。！？")
    return word if MASK in view.flat[span[0] : span[1]] else word[:1].upper() + word[1:]


@register
@dataclass(frozen=True, kw_only=True)
class ChainedParagraphs(Constraint):
    """Every paragraph ends with the word it began with."""

    name = "chained_paragraphs"
    skill = "planning"
    stage = COUNT
    meaning = (
        "Each line that is not blank is a paragraph; its first and last word are the same, in any "
        "case and without the marks around them, list numbers aside; a formula is a word, a line of "
        "marks is skipped."
    )
    examples: ClassVar = (
        Example({}, "Sums are easy sums.\n\n$x$ is $x$.", True, "a formula is a word"),
        Example({}, "Sums are sums.\n---\nDone: it is done!", True),
        Example({}, "Sums are sums.\nDone: it is 4.", False, "a line is a paragraph"),
        Example({}, "Sums are easy.", False),
        Example({}, "", None, "no paragraph"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Each paragraph of your response must end with the same word it started with, separate "
            "paragraphs with a newline.",
            "Put each paragraph on a line of its own; its last word must be its first word again.",
            "Every paragraph (one line each) must begin and end with the same word.",
        )

    def judge(self, view: View) -> Verdict:
        lines = _unnumbered(view, view.lines)
        stretches = Stretches(view, lines)
        firsts, lasts = stretches.edges()
        parts = list(filter(None, firsts))
        wanted = "each paragraph ends with the word it began with"
        if not parts:
            return self.verdict(None, observed=0, wanted=wanted, reason="There is no paragraph.")
        wrong = list(compress(lines, map(ne, firsts, lasts)))
        shown = [stretches.words(span) for span in wrong[:EVIDENCE]]
        return self.verdict(
            not wrong,
            observed=len(parts) - len(wrong),
            wanted=wanted,
            reason=f"{len(wrong)} of {len(parts)} paragraphs break it: "
            f"{view.slice(shown[0][0])!r} … {view.slice(shown[0][-1])!r}."
            if wrong
            else f"All {len(parts)} paragraphs obey.",
            evidence=[words[-1] for words in shown],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        if not _paragraphs(read_text(draft).masked):
            draft = f"{draft}\nSo it is so.".lstrip()
        view = read_text(draft).masked
        for words in reversed(_paragraphs(view)):
            (start, _), (last, end) = words[0], words[-1]
            if bare(view, words[0]) == bare(view, words[-1]):
                continue
            if MASK in view.flat[last:end] or len(words) < 2:
                close = draft[last:end].rstrip(".!?") + " thus."
                draft = f"{draft[:start]}Thus: {draft[start:last]}{close}{draft[end:]}"
            else:
                draft = self._framed(draft, view, words)
        return draft

    def _framed(self, draft: str, view: View, words: list[Span]) -> str:
        """The paragraph with its last word first, or its first word last where another rule, obeyed
        so far, misses its beginning."""
        (start, _), (_, end) = words[0], words[-1]
        led = f"{draft[:start]}{_link(view, words[-1])}: {draft[start:]}"
        held = [rule for rule in plan().rules if rule is not self and rule.obeyed_by(draft)]
        if all(rule.obeyed_by(led) for rule in held):
            return led
        close = draft[end - 1] if draft[end - 1] in ".!?" else "."
        said = _link(view, words[0])
        said = said.lower() if MASK not in view.flat[slice(*words[0])] else said
        closed = f"{draft[:end].rstrip('.!?')} is {said}{close}{draft[end:]}"
        return closed if all(rule.obeyed_by(closed) for rule in held) else led

    def violate(self, draft: str) -> str:
        return f"{self.build(draft)}\nThis is the end."


def _paragraphs(view: View) -> list[list[Span]]:
    """The words of every line that has some."""
    lines: list[list[Span]] = []
    ends = [end for start, end in view.lines if start < end]
    at = 0
    for span in view.words:
        new = not lines
        while at < len(ends) and span[0] >= ends[at]:
            at += 1
            new = True
        if new:
            lines.append([])
        lines[-1].append(span)
    numbers = {start for start, _ in view.numbered}
    return [words[1:] if words[0][0] in numbers and words[1:] else words for words in lines]


def _unnumbered(view: View, spans: Sequence[Span]) -> Sequence[Span]:
    """The spans without list numbers at their beginning."""
    if not view.numbered:
        return spans
    marks = [_NUMBER.match(view.flat, start, end) for start, end in spans]
    return [(m.end() if m else start, end) for m, (start, end) in zip(marks, spans, strict=True)]
