"""Parts of a document: a title, a postscript, placeholders, two responses in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from string import ascii_letters, digits
from typing import ClassVar

from bridle.constraints.base import EDGE, SHAPE, Constraint
from bridle.constraints.counting import Counted
from bridle.constraints.drafts.prose import add, answer_sentence, fillers, fitted, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import MASK, Span, View, read_text
from bridle.text.find import as_typed, unhidden

_SUM = re.compile(r"(?=[^=]*=)[\d\s.,+*/()%$=×÷·−-]+")  # 48/2=24
_TITLE = re.compile(r"<<((?:[^<>\r\n]|<(?!<)|>(?!>))*)>>")


@register
@dataclass(frozen=True, kw_only=True)
class Title(Constraint):
    """The text has a title in double angular brackets."""

    name = "title"
    skill = "precision"
    stage = EDGE
    meaning = (
        "Somewhere on one line stands `<<…>>` with a letter, digit or formula inside; code, maths "
        "(`a << b >> c`) and noted sums (`<<48/2=24>>`) are no title."
    )
    examples: ClassVar = (
        Example({}, "<<A sum>>\nIt is 4.", True),
        Example({}, "It is 4.\n\n*<<The end>>*", True, "it may stand anywhere"),
        Example({}, "<<Is $x$ > 3?>>\nYes.", True, "a sign inside"),
        Example({}, "<< >>\nIt is 4.", False, "nothing inside"),
        Example({}, "<A sum>\nIt is 4.", False, "single brackets"),
        Example({}, "`<<x>>` is code.", False, "code"),
        Example({}, "48/2 = <<48/2=24>>24", False, "a sum noted as in GSM8K"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Your answer must contain a title, wrapped in double angular brackets, such as "
            "<<poem of joy>>.",
            "Give your answer a title in double angular brackets, like <<this>>.",
            "Begin with a title between << and >>.",
        )

    def judge(self, view: View) -> Verdict:
        found = [
            m.span()
            for m in _TITLE.finditer(view.text)
            if any(c.isalnum() or c == MASK for c in m.group(1)) and not _SUM.fullmatch(m.group(1))
        ]
        return self.verdict(
            bool(found),
            observed=len(found),
            wanted="a title in <<…>>",
            reason=f"The title is {view.slice(found[0])}." if found else "No title in <<…>>.",
            evidence=found[:1],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        words = next((s for s in _titles() if s), "1")
        return f"<<{words}>>\n{draft}"

    def violate(self, draft: str) -> str:
        return _TITLE.sub(r"<\1>", self.build(draft))


def _titles() -> list[str]:
    names = ("The solution", "A short answer", "How it is done", "The result")
    shift = plan().seed % len(names)
    return [s for name in names[shift:] + names[:shift] if (s := fitted(name))]


# Not a box that is ticked (`- [x]`, `1. [x]`), a footnote (`[^a]`) or a link: `[a](…)`, `[a][1]`,
# `[a]: http…`.
_PLACEHOLDER = re.compile(
    r"\[(?<![-*+•] \[(?=[xX]\]))(?<!\d[.)] \[(?=[xX]\]))(?!\^)[^\[\]\r\n]*\]"
    r"(?!\(|\[\d{1,9}\]|:[ \t]{0,4}<?https?:)"
)
_GOES_ON = frozenset(f"{ascii_letters}{digits})")


@register
@dataclass(frozen=True, kw_only=True)
class Placeholders(Counted):
    """How many placeholders in square brackets the text has."""

    name = "placeholders"
    skill = "planning"
    stage = SHAPE
    unit = ("placeholder", "placeholders")
    meaning = (
        "A placeholder is a pair of square brackets on one line with a letter in it (`[name]`); "
        "links, check boxes, footnotes, references by number, brackets that go on from a word "
        "(`a[i]`, `file[s]`), maths and code are none."
    )
    examples: ClassVar = (
        Example({"at_least": 2}, "Dear [name], come to [address].", True),
        Example({"at_least": 1}, "As in [1], see [ ].", False, "a reference and a box"),
        Example({"at_least": 1}, "The interval $[a, b]$ is closed.", False, "maths"),
        Example({"at_least": 1}, "See [here](https://a.b).", False, "a link"),
        Example({"at_least": 1}, "- [x] Add.", False, "a ticked box"),
        Example({"at_least": 1}, "Let dp[i][j] be the sum.", False, "an index"),
        Example({"exactly": 1}, "Dear [full name]!", True),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"The response must contain {amount} represented by square brackets, such as "
            "[address].",
            f"Use {amount} in square brackets, like [name], in your answer.",
            f"Write {amount} (words in square brackets) into your answer.",
        )

    def tally(self, view: View) -> list[Span]:
        text = view.text
        found: list[Span] = []
        joined_to = -1  # where an index ends: the next one may be joined to it
        for match in _PLACEHOLDER.finditer(text):
            start, end = match.span()
            if start == joined_to or text[start - 1 : start] in _GOES_ON:  # a[i][j], file[s]
                joined_to = end
            elif any(map(str.isalpha, match.group())):
                found.append((start, end))
        return found

    def with_count(self, draft: str, number: int) -> str:
        found = self.tally(read_text(draft).masked)
        for start, end in reversed(found[number:]):
            draft = draft[:start] + draft[start + 1 : end - 1] + draft[end:]
        kinds = ("name", "date", "place", "unit", "source", "note", "amount", "method")
        shift = plan().seed
        missing = range(max(0, number - len(found)))
        made = [f"[{kinds[(i + shift) % len(kinds)]}]" for i in missing]
        if not made:
            return draft
        sentence = f"See {' '.join(made)} for it."
        return add(draft, [fitted(sentence) or " ".join(fitted(m) or m for m in made)])


# Six asterisks and no more, or alone on a line with blanks between them.
# Six in a row, or (1) with blanks between up to the end of a line.
_STARS = re.compile(r"\*(?:\*{5}(?!\*)(?<!\*{7})|(?:[ \t]\*){5}(?=[ \t]*+\r?+(?:\n|\Z))())")


def _rules(text: str) -> list[Span]:
    """Where six asterisks part the text; those with blanks between have a line of their own."""
    found: list[Span] = []
    for match in _STARS.finditer(text):
        start = match.start()
        if match.lastindex:  # one a line at most
            line = text.rfind("\n", 0, start) + 1
            if text[line:start].strip(" \t"):
                continue
        found.append(match.span())
    return found


def _same(part: str, other: str) -> bool:
    """Whether two responses say the same; most differ in how they begin."""
    heads = (_words_of(text[:200].rpartition(" ")[0]) for text in (part, other))
    if any(one != two for one, two in zip(*heads, strict=False)):
        return False
    return list(_words_of(part)) == list(_words_of(other))


def _words_of(part: str) -> Iterator[str]:
    """What a response says, told apart from how it is set."""
    for token in _LATEX.sub(" ", as_typed(unhidden(part))).casefold().split():
        if said := token.strip(_SETTING):
            yield said


_ENVIRONMENT = re.compile(r"\\(?:begin|end)\{[A-Za-z]{1,20}\*?\}")
_LATEX = re.compile(
    r"\\(?:(?:begin|end)\{[A-Za-z*]*\}|[A-Za-z]+|[()\[\]])|[{}$]"
)  # how a formula is set
_SETTING = ".,:;?!…\"'“”‘’«»*_`#>~()[]{}•·。，！？；：、"


@register
@dataclass(frozen=True, kw_only=True)
class TwoResponses(Constraint):
    """Two different responses stand in one text, six asterisks between them."""

    name = "two_responses"
    skill = "planning"
    stage = SHAPE
    meaning = (
        "Exactly six asterisks in a row part the text in two, each with a letter, digit or formula, "
        "and the two differ by more than white space, case, emphasis and the marks at words."
    )
    examples: ClassVar = (
        Example({}, "It is 4.\n******\nFour it is.", True),
        Example({}, "$4$\n* * * * * *\nFour.", True, "six asterisks with blanks between"),
        Example({}, "It is 4. ****** Four it is.", True, "no line of its own is asked for"),
        Example({}, "It is 4.\n******\nIt  is 4.", False, "the same twice"),
        Example({}, "It is 4.\n******\n", False, "only one"),
        Example({}, "It is 4.\n***\nFour it is.", False, "three asterisks"),
        Example({}, "a\n******\nb\n******\nc", False, "three responses"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Give two different responses. Responses and only responses should be separated by 6 "
            "asterisk symbols: ******.",
            "Answer twice in different words, with a line of six asterisks (******) between.",
            "Write two different answers; put ****** between them.",
        )

    def judge(self, view: View) -> Verdict:
        rules = _rules(view.text)
        edges = [(0, 0), *rules, (len(view.raw), len(view.raw))]
        parts = [view.shown[a[1] : b[0]] for a, b in pairwise(edges)]
        full = [p for p in parts if any(c.isalnum() for c in _ENVIRONMENT.sub("", p))]
        same = len(full) == 2 and _same(*full)
        if len(full) != 2:
            said = f"{len(full)} {'response' if len(full) == 1 else 'responses'} in place of 2."
        elif same:
            said = "The two are the same."
        else:
            said = "Two different responses."
        return self.verdict(
            len(full) == 2 and not same,
            observed=len(full),
            wanted="two different responses, parted by ******",
            reason=said,
            evidence=rules[:100],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        if not any(map(str.isalnum, draft)):
            draft = plan().statement or "1"
        again = next(iter(fillers(draft)), "")
        statement = plan().statement
        if statement and not statement.startswith("####"):  # that line says it by itself
            said = answer_sentence(statement)
            again = f"{again} {fitted(said) or said}".strip()
        return f"{draft.rstrip()}\n******\n{again or statement or 1}"

    def violate(self, draft: str) -> str:
        return f"{self.build(draft)}\n******\n3"

    def requires(self) -> tuple[Piece, ...]:
        return (Piece("******"),)
