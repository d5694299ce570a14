"""Sentences compared: of one length, of balanced kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import ClassVar

from bridle.constraints.base import COUNT, Constraint
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.drafts.padding import padded
from bridle.constraints.drafts.prose import add, fillers, is_statement, plan, tidy
from bridle.constraints.drafts.rebuilt import stated
from bridle.constraints.families.length.passages import characters
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.text import MASK, Span, View, read_text
from bridle.text.word_forms import bare, words_in


@register
@dataclass(frozen=True, kw_only=True)
class EqualSentences(Constraint):
    """So many sentences, all of one length, without a common word."""

    name = "equal_sentences"
    skill = "planning"
    stage = COUNT
    meaning = (
        "There are exactly `sentences` sentences; each has the same number of characters (as for "
        "`characters`, maths as written), and no word, formulas aside, stands in two of them."
    )
    examples: ClassVar = (
        Example({}, "We add. It ends. Sum: 4.", False, "7, 8 and 7 characters"),
        Example({}, "We add. It is 4. End it.", False, "it stands in two"),
        Example({}, "We adds. It is 4. Ending.", False, "8, 8 and 7"),
        Example({}, "We sum. $4=4$. It ends.", False, "7, 6 and 8"),
        Example({}, "We sum it. Now $4=4$. Here ends.", True, "10 each"),
        Example({"sentences": 2}, "We sum up up. Now it is $4$", True, "twice in one is free"),
        Example({"sentences": 2}, "We sum. It end. So sit.", False, "three"),
    )

    sentences: int = 3

    def validate(self) -> None:
        self.want_count("sentences", least=2)
        if self.sentences > len(_FAMILIES) + 1:
            raise self.bad("sentences", self.sentences, f"at most {len(_FAMILIES) + 1}")

    def phrasings(self) -> tuple[str, ...]:
        number = {2: "two", 3: "three", 4: "four", 5: "five"}[self.sentences]
        return (
            f"Respond with {number} sentences, all containing the same number of characters but "
            "using all different words.",
            f"Write exactly {number} sentences of equal length in characters that share no word.",
            f"Your answer must be {number} sentences; all have the same number of characters, and "
            "no word occurs in two of them.",
        )

    def judge(self, view: View) -> Verdict:
        spans = view.sentences
        wanted = f"{self.sentences} sentences of one length without a common word"
        sizes = [characters(view.slice(s)) for s in spans[:EVIDENCE]]
        if len(spans) != self.sentences:
            reason = f"{len(spans)} sentences in place of {self.sentences}."
            evidence = spans[self.sentences : self.sentences + EVIDENCE]
            return self.verdict(
                False, observed=sizes, wanted=wanted, reason=reason, evidence=evidence
            )
        wrong = [s for s, size in zip(spans, sizes, strict=True) if size != sizes[0]]
        if wrong:
            reason = f"The sentences have {', '.join(map(str, sizes))} characters."
        else:
            wrong, reason = self._shared(view), "They have one length but share a word."
            reason = reason if wrong else f"All have {sizes[0]} characters."
        return self.verdict(
            not wrong, observed=sizes, wanted=wanted, reason=reason, evidence=wrong[:EVIDENCE]
        )

    def _shared(self, view: View) -> list[Span]:
        """Words that an earlier sentence has."""
        found: list[Span] = []
        seen: set[str] = set()
        for sentence in view.sentences:
            words = [
                (span, bare(view, span))
                for span in words_in(view, sentence)
                if MASK not in view.flat[span[0] : span[1]]
            ]
            found += [span for span, word in words if word in seen]
            seen |= {word for _, word in words}
        return found

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        statement = stated(draft)
        if len(plan().rules) > 1 and (kept := self._kept(draft)):
            return kept
        for last in _closings(statement) if statement else _of_family(len(_FAMILIES) - 1).values():
            size = characters(last)
            others = [_of_family(i).get(size) for i in range(self.sentences - 1)]
            text = " ".join([*(s for s in others if s), last])
            if self.check(text).obeyed:
                return text
        return draft

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        start = read_text(draft).masked.sentences[0][0]
        return f"{draft[:start]}Oh: {draft[start:]}"

    def _kept(self, draft: str) -> str | None:
        """What the other rules want of the draft, in as many sentences of one length."""
        others = [rule for rule in plan().rules if rule is not self]
        held = [rule for rule in others if rule.obeyed_by(draft)]
        first = read_text(draft).masked
        for piece in [first.slice(span) for span in first.sentences]:  # what no rule misses goes
            if len(read_text(draft).masked.sentences) <= self.sentences:
                break
            at = draft.find(piece)
            if at >= 0 and not is_statement(draft, (at, at + len(piece))):
                fewer = tidy(draft[:at].rstrip(" ") + " " + draft[at + len(piece) :].lstrip(" "))
                if all(rule.obeyed_by(fewer) for rule in held):
                    draft = fewer
        view = read_text(draft).masked
        size = max((characters(view.slice(s)) for s in view.sentences), default=0)
        for sentence in sorted(fillers(draft), key=lambda s: abs(len(s) - size)):
            if len(read_text(draft).masked.sentences) >= self.sentences:
                break
            longer = add(draft, [sentence])
            if not self._shared(read_text(longer).masked):
                draft = longer
        view = read_text(draft).masked
        equal = padded([view.slice(s) for s in view.sentences]) if view.sentences else None
        if equal is None:
            return None
        for (start, end), said in reversed(list(zip(view.sentences, equal, strict=True))):
            draft = f"{draft[:start]}{said}{draft[end:]}"
        return draft if self.obeyed_by(draft) else None

    def fit(self, sentence: str) -> str | None:
        alone = len(plan().rules) < 2
        return None if alone and read_text(sentence).masked.words else sentence


# Sentences in slots; no word stands in two families, nor in `_closings`.
_FAMILIES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (
        ("We", "You", "They"),
        ("add", "count", "collect", "combine", "rearrange"),
        ("", "all", "both", "every one of"),
        ("parts", "terms", "numbers", "quantities"),
        ("", "first", "carefully", "patiently", "methodically"),
        ("", "today", "by hand", "on paper"),
    ),
    (
        ("Nothing", "Little", "Not much"),
        ("goes", "was", "became"),
        ("lost", "missing", "forgotten", "overlooked"),
        ("", "here", "there", "anywhere", "elsewhere"),
        ("", "after that", "in between", "up to now", "from start to end"),
    ),
    (
        ("Plain", "Simple", "Elementary", "Straightforward"),
        ("steps", "rules", "methods", "arguments"),
        ("work", "suffice", "succeed", "remain useful"),
        ("", "well", "nicely", "perfectly"),
        ("", "for such questions", "with great care"),
    ),
    (
        ("She", "He", "Everybody", "Anyone else"),
        ("sees", "checks", "verifies", "understands"),
        ("each", "another", "whatever"),
        ("sum", "total", "outcome", "computation"),
        ("", "again", "twice", "slowly", "thoroughly"),
        ("", "without doubt", "at once"),
    ),
)


@lru_cache(maxsize=8)
def _of_family(index: int) -> dict[int, str]:
    """A sentence of the family for every length that it has."""
    found: dict[int, str] = {}
    for words in product(*_FAMILIES[index]):
        sentence = " ".join(w for w in words if w) + "."
        found.setdefault(len(sentence), sentence)
    return found


def _closings(statement: str) -> Iterator[str]:
    """Sentences that state the answer, in several lengths."""
    frames = ("The answer is {}.", "So the final answer is {}.", "It is {}.", "This gives {}.",
              "Result: {}.", "Hence the result is {}.", "{}.")  # fmt: skip
    turn = plan().seed % len(frames)
    for frame in frames[turn:] + frames[:turn]:
        yield frame.format(statement)
