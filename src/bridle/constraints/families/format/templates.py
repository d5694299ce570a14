"""Answers cut to a form: labels in order, a sentence for every letter."""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import WRAP, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.openings import led
from bridle.constraints.drafts.prose import add, anchor, fillers, fitted, is_statement, plan, tidy
from bridle.constraints.drafts.rebuilt import stated
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import MASK, Span, View, is_unspaced, read_text
from bridle.text.find import spelled
from bridle.text.masks import masks_in

_DECORATION = " \t\r\n*_#>-"


@register
@dataclass(frozen=True, kw_only=True)
class OutputTemplate(Constraint):
    """The text fills in a template of labels."""

    name = "output_template"
    skill = "planning"
    stage = WRAP
    meaning = (
        "The text begins with the first label (marks of emphasis and headings aside), the labels "
        "stand in it in order, each once, case exact, not inside a longer word, and after each one "
        "is text with a letter, digit or formula."
    )
    examples: ClassVar = (
        Example({"labels": ["Answer:", "Reason:"]}, "Answer: 4\nReason: We add.", True),
        Example({"labels": ["Answer:", "Reason:"]}, "**Answer:** 4 **Reason**: $2+2$", True, "bold"),
        Example({"labels": ["Answer:", "Reason:"]}, "Reason: We add.\nAnswer: 4", False, "order"),
        Example({"labels": ["Answer:", "Reason:"]}, "Answer: 4\nReason:", False, "one is empty"),
        Example({"labels": ["Answer:", "Reason:"]}, "Sure!\nAnswer: 4\nReason: So.", False),
        Example({"labels": ["Answer:"]}, "Answer: 4\nAnswer: 5", False, "twice"),
        Example({"labels": ["Answer:"]}, "answer: 4", False, "case"),
    )  # fmt: skip

    labels: tuple[str, ...]

    def validate(self) -> None:
        self.want_texts("labels")
        labels = tuple(" ".join(label.split()) for label in self.labels)
        if any(not label.strip(":" + _DECORATION) for label in labels):
            raise self.bad("labels", self.labels, "labels with more than marks in them")
        if self.maths == "masked" and any(map(masks_in, labels)):
            raise self.bad("labels", self.labels, "labels without formulas and code")
        for label in labels:
            if any(other != label and self._ends(other, label) for other in labels):
                raise self.bad("labels", label, "labels of which none is the end of another")
        object.__setattr__(self, "labels", labels)

    def _ends(self, other: str, label: str) -> bool:
        return re.search(self._pattern(label), other) is not None

    def _pattern(self, label: str) -> str:
        colon = label.endswith(":")
        words = r"\s+".join(map(spelled, label.removesuffix(":").split()))
        words = re.sub("['’]", "['’]", words)
        first, last = (char.isalnum() and not is_unspaced(char) for char in (label[0], label[-1]))
        before = r"(?<![^\W_])" if first else ""
        after = r"(?![^\W_])" if last else ""
        return before + words + (r"[*_]{0,3}[ \t\xa0\u202f]?:" if colon else after)

    def phrasings(self) -> tuple[str, ...]:
        form = " ".join(
            f"{label} [{label.rstrip(':').split()[-1].lower()}]" for label in self.labels
        )
        listed = ", ".join(f'"{label}"' for label in self.labels)
        return (
            f"Use this exact template for your response: {form}",
            f"Fill in this template, each label once, in this order, and nothing before it: {form}",
            f"Your answer must have these labels in this order and text after each, and begin with "
            f"the first: {listed}.",
        )

    def judge(self, view: View) -> Verdict:
        places: list[list[Span]] = [
            [m.span() for m in re.finditer(self._pattern(label), view.text)]
            for label in self.labels
        ]
        evidence: list[Span] = []
        reason = ""
        for label, found in zip(self.labels, places, strict=True):
            if len(found) != 1:
                reason = (
                    f"{label!r} stands there {len(found)} times."
                    if found
                    else f"There is no {label!r}."
                )
                evidence = found[1:]
                break
        else:
            firsts = [found[0] for found in places]
            reason, evidence = self._filled(view, firsts)
        return self.verdict(
            not reason,
            observed=[len(found) for found in places],
            wanted=f"{len(self.labels)} labels in order, each with text",
            reason=reason or f"All {len(self.labels)} labels in order, with text.",
            evidence=evidence[:EVIDENCE],
        )

    def _filled(self, view: View, firsts: list[Span]) -> tuple[str, list[Span]]:
        """What is wrong with labels that stand there once each, or nothing."""
        before = view.text[: firsts[0][0]]
        if before.strip(_DECORATION):
            return f"Something stands before {self.labels[0]!r}.", [(0, firsts[0][0])]
        ends = [*(start for start, _ in firsts[1:]), len(view.raw)]
        for label, (start, end), after in zip(self.labels, firsts, ends, strict=True):
            if after < end:
                return f"The label after {label!r} stands before it.", [(start, end)]
            if not any(c.isalnum() or c == MASK for c in view.text[end:after]):
                return f"Nothing follows {label!r}.", [(start, end)]
        return "", []

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        for label in self.labels:  # a label out of place loses its mark, the words stay
            bare = label.rstrip(":")
            if label.endswith(":"):
                draft = re.sub(self._pattern(label), lambda _, bare=bare: bare, draft)
            else:
                draft = re.sub(self._pattern(label), "", draft)
        bank = list(fillers(draft)) or ["1"]
        texts = [draft.strip() or bank[0], *(bank[i % len(bank)] for i in range(len(self.labels)))]
        held = [rule for rule in plan().rules if rule is not self and rule.obeyed_by(draft)]
        # Only where the plain form breaks another rule do the labels get lines of their own.
        forms = ("{} {}", "{}\n{}", "**{}**\n{}", "# {}\n{}")
        if any(rule.name == "thesis_italics" for rule in plan().rules):
            forms = forms[2:]  # a section begins after such a line
        written = [self._written(form, texts) for form in forms]
        return next((t for t in written if all(r.obeyed_by(t) for r in held)), written[0])

    def _written(self, form: str, texts: list[str]) -> str:
        rows = [
            (form if text[:1] not in "#-*+•" else form.replace(" {}", "\n{}")).format(label, text)
            for label, text in zip(self.labels, texts, strict=False)
        ]
        return "\n".join(rows)

    def violate(self, draft: str) -> str:
        return f"Here it is.\n{self.build(draft)}"

    def requires(self) -> tuple[Piece, ...]:
        # Marks may stand between a label and its colon; apostrophes have two forms.
        labels = (label.removesuffix(":").rstrip() for label in self.labels)
        return tuple(Piece(label) for label in labels if "'" not in label and "’" not in label)

    def clashes(self, other: Constraint) -> str | None:
        if isinstance(other, OutputTemplate) and other.labels[0] != self.labels[0]:
            return f"One text cannot begin with {self.labels[0]!r} and with {other.labels[0]!r}."
        return None


def drop_extra(draft: str, number: int, asking: Constraint) -> str:
    """The draft with no more sentences than that, as far as none is left out that another rule of
    the plan, obeyed so far, misses."""
    others = [rule for rule in plan().rules if rule is not asking and rule.obeyed_by(draft)]
    at = 0
    while len(spans := read_text(draft).masked.sentences) > number and at < len(spans):
        start, end = spans[at]
        fewer = tidy(f"{draft[:start].rstrip(' ')} {draft[end:].lstrip(' ')}")
        if not is_statement(draft, spans[at]) and all(rule.obeyed_by(fewer) for rule in others):
            draft = fewer
        else:
            at += 1
    return draft


_STORY = (
    "All the numbers are given.", "But one of them is hidden.", "Careful reading helps.",
    "Do not hurry.", "Every step counts.", "First we write down what is known.",
    "Good notes save time.", "However long it takes we stay calm.", "In the end it all fits.",
    "Just one equation remains.", "Keep its two sides apart.", "Look at the left side first.",
    "Move the known terms away.", "Now only one term is left.", "On the right stands a number.",
    "Perhaps it looks strange.", "Quietly we check the signs.", "Reason leads the way.",
    "Simple steps are enough.", "The value is found.", "Unknown no longer.",
    "Values like this one can be tested.", "We put it back into the equation.",
    "Xavier would agree with it.", "Yes it holds.", "Zero doubt is left.",
)  # fmt: skip
_LEADS = (
    "All in all", "But", "Clearly", "Doubtless", "Evidently", "Finally", "Generally", "Hence",
    "Indeed", "Just now", "Knowing this", "Likewise", "Moreover", "Now", "Overall", "Plainly",
    "Quite simply", "Rightly", "So", "Then", "Ultimately", "Visibly", "With that", "Xavier says that",
    "Yet", "Zealously",
)  # fmt: skip
_FORMULA_MARK = re.compile(r"[$`]{1,3}|\\[(\[]")
_LIST_MARK = re.compile(r"[ \t]*(?:[-*+•][ \t]+|[0-9]{1,3}[.)][ \t]+)")


@register
@dataclass(frozen=True, kw_only=True)
class SentenceAlphabet(Constraint):
    """Each sentence begins with the next letter of the alphabet."""

    name = "sentence_alphabet"
    skill = "planning"
    stage = WRAP
    meaning = (
        "There are as many sentences as letters from `first` to `last`, and their first words begin "
        "with these letters in order; list numbers, marks, accents and case are free."
    )
    examples: ClassVar = (
        Example({"last": "C"}, "Add two. But wait. Check it.", True),
        Example({"first": "Y", "last": "Z"}, "1. “Yes,” we say.\n2. Zero is left.", True),
        Example({"last": "C"}, "Add two. Check it. But wait.", False, "out of order"),
        Example({"last": "C"}, "Add two. But wait.", False, "one is missing"),
        Example({"last": "B"}, "Add two. But wait. Check it.", False, "one too many"),
        Example({}, " ".join(_STORY), True, "all twenty-six"),
    )

    first: str = "A"
    last: str = "Z"

    def validate(self) -> None:
        for parameter in ("first", "last"):
            value: object = getattr(self, parameter)
            if (
                not isinstance(value, str)
                or len(value) != 1
                or value.upper() not in string.ascii_uppercase
            ):
                raise self.bad(parameter, value, "a letter from A to Z")
            object.__setattr__(self, parameter, value.upper())
        if self.last < self.first:
            raise self.bad("last", self.last, f"{self.first} or a letter after it")

    def letters(self) -> str:
        """The first letters, in order."""
        return string.ascii_uppercase[ord(self.first) - 65 : ord(self.last) - 64]

    def phrasings(self) -> tuple[str, ...]:
        number = len(self.letters())
        count = f"{number} {'sentence' if number == 1 else 'sentences'}"
        return (
            f"Write {count} where each sentence's first word starts with the letters of the "
            f"alphabet in order, from {self.first} to {self.last}.",
            f"Answer in exactly {count}; begin them with {self.first} to {self.last} in "
            "alphabetical order.",
            f"Your answer must have {count}, whose first letters run through the alphabet from "
            f"{self.first} to {self.last}.",
        )

    def _initial(self, view: View, span: Span) -> str:
        start, end = span
        mark = _LIST_MARK.match(view.flat, start, end)
        for at in range(mark.end() if mark else start, end):
            char = view.flat[at]
            if char == MASK and (sign := _FORMULA_MARK.match(view.raw, at)):
                seen = view.raw[sign.end() : sign.end() + 1]  # of $B$ the B is seen
                char = seen if seen.isalnum() else char
            if char.isalnum() or char == MASK:
                return unicodedata.normalize("NFD", char)[0].upper()
        return ""

    def judge(self, view: View) -> Verdict:
        letters = self.letters()
        spans = view.sentences
        found = [self._initial(view, s) for s in spans[:EVIDENCE]]
        wrong = [i for i, (a, b) in enumerate(zip(found, letters, strict=False)) if a != b]
        wrong += range(len(letters), len(spans))
        obeyed = not wrong and len(spans) == len(letters)
        if obeyed:
            reason = f"{len(spans)} sentences, from {self.first} to {self.last}."
        elif wrong and (i := wrong[0]) < len(letters):
            reason = f"Sentence {i + 1} begins with {found[i]!r} in place of {letters[i]!r}."
        else:
            reason = f"{len(spans)} sentences in place of {len(letters)}."
        return self.verdict(
            obeyed,
            observed="".join(found),
            wanted=f"sentences that begin with {self.first} to {self.last} in order",
            reason=reason,
            evidence=[spans[i] for i in wrong[:EVIDENCE]],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        if plan().rules and (kept := self._kept(draft)):
            return kept
        view = read_text(draft).masked
        own: dict[str, str] = {}
        for span in view.sentences:
            own.setdefault(self._initial(view, span), " ".join(draft[slice(*span)].split()))
        statement = " ".join(stated(draft).lstrip("# ").split())
        letters = self.letters()
        if statement and not any(statement in own.get(c, "") for c in letters):
            opening = {"T": "The answer is", "S": "So the answer is", "A": "And it is"}
            c = next((c for c in "TSA" if c in letters), letters[-1])
            word = opening.get(c, f"{_STORY[ord(c) - 65].split()[0]}:")
            own[c] = f"{word} {statement}."
        kept = {c: s for c, s in own.items() if s.endswith((".", "!", "?"))}
        return " ".join(kept.get(c, _STORY[ord(c) - 65]) for c in letters)

    def _kept(self, draft: str) -> str | None:
        """The draft with its lines and marks, sentences added or left out before the one that states
        the answer, and each led by a word of its letter."""
        letters = self.letters()
        draft = drop_extra(draft, len(letters), self)
        for _ in letters:
            spans = read_text(draft).masked.sentences
            missing = len(letters) - len(spans)
            if missing <= 0:
                break
            at = next((i for i, s in enumerate(spans) if s[0] >= anchor(draft)), len(spans))
            story = (_STORY[ord(c) - 65] for c in letters[at : at + missing])
            draft = add(draft, [fitted(s, needed=True) or s for s in story])
        view = read_text(draft).masked
        if len(view.sentences) != len(letters):
            return None
        for span, letter in reversed(list(zip(view.sentences, letters, strict=True))):
            if self._initial(view, span) != letter:
                said = re.sub(r"^So(?= the )", "", draft[slice(*span)]).lstrip()
                lead = _LEADS[ord(letter) - 65]
                draft = f"{draft[: span[0]]}{led(said, lead)}{draft[span[1] :]}"
        return draft if self.obeyed_by(draft) else None

    def violate(self, draft: str) -> str:
        return f"{self.build(draft).rstrip()} Done."

    def clashes(self, other: Constraint) -> str | None:
        if isinstance(other, SentenceAlphabet) and other.letters() != self.letters():
            return f"From {self.first} to {self.last} is not from {other.first} to {other.last}."
        return None
