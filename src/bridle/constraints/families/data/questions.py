"""Multiple-choice questions: so many, with so many options, each longer than the last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from bridle.constraints.base import SHAPE, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import Span, View, is_unspaced, once, read_text
from bridle.text.find import spelled

# A letter with a mark after it, no abbreviation (`A.M.`), and something behind.
_OPTION = re.compile(
    r"[ \t\xa0>]*(?:[-*+•][ \t\xa0]+)?(?:\[[ xX]\][ \t\xa0]+)?[*_]{0,3}\(?([A-Za-z])(?:[.:](?![A-Za-z]\.)|[)）．：])(?=\S*[ \t\xa0\u202f]*\S)"
)
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BEFORE = r"[ \t#*_>•+-]*"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a text: its stem without the label, and the letters of its options."""

    span: Span
    length: int
    letters: str


@register
@dataclass(frozen=True, kw_only=True)
class ChoiceQuestions(Constraint):
    """The text is so many multiple-choice questions."""

    name = "choice_questions"
    skill = "planning"
    stage = SHAPE
    meaning = (
        "A question goes from a line that begins with the label (and a number) to the next, its "
        "options are lines `A)`, `b.`, `(C)`, `D:` lettered from a on; with `longer` each question "
        "up to its first option has more characters than the one before, label aside. What stands "
        "before the first question is free."
    )
    examples: ClassVar = (
        Example(
            {"questions": 2, "options": 2},
            "Question 1: 2 + 2?\nA) 3\nB) 4\n\nQuestion 2: What is 2 + 3?\nA) 5\nB) 6",
            True,
        ),
        Example(
            {"questions": 1, "options": 2}, "**Question 1**\nWhat is 2?\n- a. one\n- b. two", True
        ),
        Example(
            {"questions": 2, "options": 1},
            "Question 1: What is 2 + 3?\nA) 5\nQuestion 2: 2 + 2?\nA) 4",
            False,
            "the second is shorter",
        ),
        Example({"questions": 1, "options": 3}, "Question: Sum?\nA) 3\nB) 4", False, "two options"),
        Example({"questions": 1, "options": 2}, "# Quiz\nQuestion: Sum?\nA) 3\nB) 4", True),
        Example({"questions": 1, "options": 2}, "Here: Question: Sum?\nA) 3\nB) 4", False),
        Example({"questions": 1, "options": 2}, "Question: Sum?\nA) 3\nA) 4", False, "A twice"),
    )

    questions: int
    options: int
    label: str = "Question"
    longer: bool = True

    def validate(self) -> None:
        self.want_count("questions", least=1)
        self.want_count("options", least=1)
        if self.options > 26:
            raise self.bad("options", self.options, "at most 26, the letters")
        self.want_text("label")
        object.__setattr__(self, "label", " ".join(self.label.split()))
        if any(self._label.match(f"{letter}) 4") for letter in _LETTERS[: self.options].upper()):
            raise self.bad("label", self.label, "a label that is not the letter of an option")
        if not isinstance(self.longer, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise self.bad("longer", self.longer, "true or false")

    def phrasings(self) -> tuple[str, ...]:
        q = f"{self.questions} multiple choice {'question' if self.questions == 1 else 'questions'}"
        o = f"{self.options} {'option' if self.options == 1 else 'options'}"
        more = " The questions should get progressively longer." if self.longer else ""
        return (
            f"Generate {q} with {o} each (A, B, …), every option on its own line. Each question should "
            f'start with the label "{self.label}".{more}',
            f'Write {q}, each under the label "{self.label}" and with {o} on lines of their own, '
            f"lettered from A.{more}",
            f'Your answer must have {q} that begin with "{self.label}", each with {o} on lines of '
            f"their own, marked A), B) and so on.{more}",
        )

    def read(self, view: View) -> list[Question]:
        """The questions."""
        label = self._label
        found: list[Question] = []
        span, length, letters = (0, 0), 0, ""
        for start, end in view.lines:
            head = label.match(view.text, start, end)
            if head:
                if span != (0, 0):
                    found.append(Question(span, length, letters))
                body = " ".join(view.raw[head.end() : end].split())
                span, length, letters = (start, end), len(body), ""
            elif span == (0, 0):
                continue
            elif (mark := _OPTION.match(view.text, start, end)) and (letters or mark[1] in "aA"):
                letters += mark[1].lower()  # a line `I.` or `x:` before A is a part of the question
            elif not letters:
                body = " ".join(view.raw[start:end].split())
                length += len(body) + (1 if length and body else 0)
        if span != (0, 0):
            found.append(Question(span, length, letters))
        return found

    @once
    def _label(self) -> re.Pattern[str]:
        """What a question begins with: the label, not inside a longer word, and its number."""
        last = self.label[-1]
        whole = last.isalnum() and not is_unspaced(last)
        after = (r"(?!\w)" if last.isdigit() else r"(?![^\W\d_])") if whole else ""
        number = r"[ \t]*[0-9]{0,4}[.):：|;*_ \t-]*"
        return re.compile(f"{_BEFORE}{spelled(self.label)}{after}{number}")

    def judge(self, view: View) -> Verdict:
        found = self.read(view)
        due = _LETTERS[: self.options]
        wrong: list[tuple[str, Span]] = []
        for i, question in enumerate(found):
            if not question.length:
                wrong.append((f"Question {i + 1} has no text.", question.span))
            if question.letters != due:
                number = len(question.letters)
                said = f"options {question.letters[:30].upper()}" if number else "no options"
                wrong.append((f"Question {i + 1} has {said}.", question.span))
        for i, (one, other) in enumerate(pairwise(found)):
            if self.longer and other.length <= one.length:
                reason = (
                    f"Question {i + 2} has {other.length} characters, the one before {one.length}."
                )
                wrong.append((reason, other.span))
        count = len(found) == self.questions
        if not count:
            reason = f"{_questions(len(found))} in place of {self.questions}."
        elif wrong:
            reason = wrong[0][0]
        else:
            options = f"{self.options} {'option' if self.options == 1 else 'options'}"
            reason = f"{_questions(len(found))} of {options}."
        return self.verdict(
            count and not wrong,
            observed=[[q.length, len(q.letters)] for q in found[:EVIDENCE]],
            wanted=f"{self.questions} questions with {self.options} options each",
            reason=reason,
            evidence=[s for _, s in wrong[:EVIDENCE]],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        blocks: list[str] = []
        for i in range(1, self.questions + 1):
            sum_ = " + ".join(["2"] * (i + 1))
            options = "\n".join(f"{chr(65 + k)}) {2 * (i + 1) + k}" for k in range(self.options))
            blocks.append(f"{self.label} {i}: What is {sum_}?\n{options}")
        # The draft goes below, its lines no labels and no options.
        kept = [line for line in draft.splitlines() if not self._marked(line)]
        return "\n\n".join([*blocks, "\n".join(kept).strip()]).strip()

    def _marked(self, line: str) -> bool:
        return self._label.match(line) is not None or _OPTION.match(line) is not None

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        found = self.read(read_text(draft).masked)
        last = found[-1].span[0]
        return f"{draft[:last]}{self.label}: Why?\n{draft[last:]}"


def _questions(number: int) -> str:
    return f"{number} {'question' if number == 1 else 'questions'}"
