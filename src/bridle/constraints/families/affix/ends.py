"""What stands at the very edges: the end phrase, the quotation marks around everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import EDGE, WRAP, Constraint
from bridle.constraints.drafts.prose import plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.text import Span, View, invisible, read_text
from bridle.text.find import joined
from bridle.text.invisible import SPACES
from bridle.text.quotes import (
    QUOTE_MARKS,
    QUOTE_PAIRS,
    composed,
    masked_text,
    quotes_around,
    visible,
    wrapped,
)


@register
@dataclass(frozen=True, kw_only=True)
class EndPhrase(Constraint):
    """The text ends with a phrase."""

    name = "end_phrase"
    skill = "precision"
    stage = EDGE
    meaning = (
        "The text ends with the exact phrase, case included, with a word boundary before it, "
        "apostrophes, hyphens and blanks in any form; only a closing quotation mark of the whole "
        "answer, and what is not seen, may follow."
    )
    examples: ClassVar = (
        Example({"phrase": "Any other questions?"}, "It is 4. Any other questions?", True),
        Example({"phrase": "Done."}, '"It is 4. Done."', True, "the answer's own quotation mark"),
        Example({"phrase": "Any other questions?"}, "It is 4. any other questions?", False, "case"),
        Example({"phrase": "done"}, "All is undone", False, "inside a word"),
        Example({"phrase": "Done."}, "Done. Bye.", False, "words after it"),
    )

    phrase: str

    def validate(self) -> None:
        self.want_text("phrase")
        object.__setattr__(self, "phrase", invisible.visible(self.phrase))
        if not self.phrase:
            raise self.bad("phrase", self.phrase, "a text that can be seen")

    def phrasings(self) -> tuple[str, ...]:
        return (
            f'Finish your response with this exact phrase "{self.phrase}". '
            "No other words should follow this phrase.",
            f'The last words of your answer must be exactly "{self.phrase}".',
            f'End your answer with "{self.phrase}" and write nothing after it.',
        )

    def judge(self, view: View) -> Verdict:
        raw = view.raw
        end = len(raw.rstrip(SPACES))
        if (
            end > 0
            and raw[end - 1] in QUOTE_MARKS
            and self.phrase[-1] not in QUOTE_MARKS
            and wrapped(raw)
        ):
            end = len(raw[: end - 1].rstrip(SPACES))
        phrase = composed(self.phrase)
        start = max(0, end - 4 * len(phrase) - 8)
        last = composed(raw[start:end])
        obeyed = _ends(last, phrase)
        if obeyed:
            at = end - len(phrase)
            while at > start and not composed(raw[at:end]).endswith(phrase):
                at -= 1
            return self._says(True, phrase, "The phrase is the end.", (at, end))
        tail = " ".join(last[-max(len(phrase), 20) :].split())
        reason = f"It ends with {tail!r}." if tail else "There is no text."
        if _ends(last.casefold(), phrase.casefold()):
            reason = "The phrase is there in another case."
        elif _ends(last, phrase, bounded=False):
            reason = "The phrase is only the end of a longer word."
        elif " ".join(last.split()).endswith(" ".join(phrase.split())):
            reason = "The phrase is there with other white space in it."
        return self._says(False, tail, reason, (max(0, end - len(phrase)), end))

    def _says(self, obeyed: bool, observed: str, reason: str, span: Span) -> Verdict:
        wanted = f"ends with {self.phrase!r}"
        evidence = (span,) if span[1] > span[0] else ()
        return self.verdict(
            obeyed, observed=observed, wanted=wanted, reason=reason, evidence=evidence
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        quotes = quotes_around(draft)
        if quotes:
            start, end = quotes
            return f"{draft[: start[1]]}{self.build(draft[start[1] : end[0]])}{draft[end[0] :]}"
        return f"{draft.rstrip()}\n\n{self.phrase}" if draft.strip() else self.phrase

    def violate(self, draft: str) -> str:
        return (
            f"{self.build(draft)} Bye" if not quotes_around(draft) else f"{self.build(draft)} Bye."
        )

    def requires(self) -> tuple[Piece, ...]:
        # With such a mark in it the phrase may end what began before, and be no prose.
        return () if set(self.phrase) & set("$`\\}~") else (Piece(self.phrase),)

    def ending(self) -> str | None:
        return self.phrase

    def clashes(self, other: Constraint) -> str | None:
        if not isinstance(other, EndPhrase):
            return None
        if self.phrase[-1] in QUOTE_MARKS or other.phrase[-1] in QUOTE_MARKS:
            return None  # the mark may be the whole answer's own
        mine, theirs = composed(self.phrase), composed(other.phrase)
        if _ends(mine, theirs) or _ends(theirs, mine):
            return None
        return f"One text cannot end with {self.phrase!r} and with {other.phrase!r}."


def _ends(text: str, phrase: str, *, bounded: bool = True) -> bool:
    at = len(text) - len(phrase)
    return text.endswith(phrase) and not (bounded and joined(text, at - 1, at, -1))


@register
@dataclass(frozen=True, kw_only=True)
class Quoted(Constraint):
    """The whole text stands in one pair of double quotation marks."""

    name = "quoted"
    skill = "precision"
    stage = WRAP
    meaning = (
        "The first and last character are one pair of double quotation marks, straight, curly or "
        "angular, that closes nowhere before the end, with something in it; quotations inside it are "
        "free."
    )
    examples: ClassVar = (
        Example({}, '"The answer is 4."', True),
        Example({}, "“The answer is 4.”", True, "curly marks"),
        Example({}, '"He said "four" to me."', True, "an inner quotation"),
        Example({}, "”Svaret är 4.”", True, "as in Swedish"),
        Example({}, '"A" and "B"', False, "two pairs"),
        Example({}, '"The answer" is 4.', False),
        Example({}, "'The answer is 4.'", False, "single marks"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "Wrap your entire response with double quotation marks.",
            "Put your whole answer in double quotation marks.",
            'Begin your answer with " and end it with ", around everything.',
        )

    def judge(self, view: View) -> Verdict:
        raw = view.shown
        start, end = visible(raw)
        edges = tuple(dict.fromkeys(((start, start + 1), (end - 1, end)))) if start < end else ()
        empty = not raw[start + 1 : end - 1].strip(SPACES)
        obeyed = wrapped(raw) and not empty
        if obeyed:
            reason = "One pair around everything."
        elif start == end:
            reason = "There is no text."
        elif empty and wrapped(raw):
            reason = "Nothing stands between the quotation marks."
        elif end - start > 1 and raw[end - 1] in QUOTE_PAIRS.get(raw[start], ""):
            reason = "The first quotation mark closes before the end."
        else:
            reason = "The first and last character are not a pair of double quotation marks."
        return self.verdict(
            obeyed,
            observed=raw[start : start + 1] + "…" + raw[max(start, end - 1) : end],
            wanted="one pair of double quotation marks around everything",
            reason=reason,
            evidence=edges,
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        draft = draft.strip() if draft.strip(SPACES + '"“”„«»') else plan().statement or "Yes."
        inner = '"' in masked_text(draft)
        start, end = ("“", "”") if inner else ('"', '"')
        first = draft.split("\n", 1)[0]
        mark = read_text(first).masked
        gap = "\n" if mark.items or mark.numbered or mark.headings or draft[:1].isspace() else ""
        tail = "\n" if draft.endswith("```") or plan().statement.startswith("#") else ""
        return f"{start}{gap}{draft}{tail}{end}"

    def violate(self, draft: str) -> str:
        return self.build(draft)[:-1]
