"""Sentences compared: of one length, of balanced kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import ClassVar

from bridle.constraints.base import COUNT, Constraint, Example, Verdict, register
from bridle.constraints.counting import EVIDENCE
from bridle.constraints.padding import padded
from bridle.constraints.passages import characters
from bridle.constraints.positions import words_in
from bridle.constraints.prose import add, fillers, fitted, is_statement, plan, tidy
from bridle.constraints.vocabulary import bare
from bridle.constraints.wordshape import stated
from bridle.text import MASK, Span, View, read_text


@register
@dataclass(frozen=True, kw_only=True)
class EqualSentences(Constraint):
    """So many sentences, all of one length, without a common word."""

    name = "equal_sentences"
    family = "length"
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


_KINDS = ("declarative", "interrogative", "exclamatory")
_BANK = {
    "interrogative": (
        "What do we know?",
        "Is that all?",
        "How do we go on?",
        "What is left to do?",
        "Can this be right?",
    ),
    "exclamatory": ("That works!", "How neat it is!", "Here we are!", "It all fits!"),
}


@register
@dataclass(frozen=True, kw_only=True)
class SentenceTypes(Constraint):
    """Statements, questions and exclamations stand in a given ratio."""

    name = "sentence_types"
    family = "punctuation"
    stage = COUNT
    meaning = (
        "Sentences as for `sentences`, by the mark they end with: `.` or `…` declarative, `?` (and "
        "`?!`) interrogative, `!` exclamatory, without one (a heading) none. The numbers of those "
        "that the ratio names stand in it, and are not all 0; `exclamatory` left out is free."
    )
    examples: ClassVar = (
        Example({"declarative": 2, "interrogative": 1}, "We add. It is 4. Is it?", True),
        Example({"declarative": 2, "interrogative": 1}, "A! We add. It is 4. Is it?", True),
        Example({"declarative": 2, "interrogative": 1}, "We add. Is it?", False),
        Example({"declarative": 2, "interrogative": 1}, "Yes!", False, "none of either"),
        Example(
            {"declarative": 1, "interrogative": 1, "exclamatory": 1},
            "It is $x?$. Is it? Yes!",
            True,
        ),
        Example(
            {"declarative": 1, "interrogative": 1, "exclamatory": 1}, "It is 4. Is it?!", False
        ),
    )

    declarative: int
    interrogative: int
    exclamatory: int | None = None

    def validate(self) -> None:
        for kind in _KINDS:
            self.want_count(kind)
        if not any(number for _, number in self._ratio()):
            raise self.bad("declarative", self.declarative, "a ratio that is not 0 everywhere")

    def _ratio(self) -> list[tuple[str, int]]:
        numbers = ((kind, getattr(self, kind)) for kind in _KINDS)
        return [(kind, number) for kind, number in numbers if number is not None]

    def phrasings(self) -> tuple[str, ...]:
        ratio = ":".join(str(number) for _, number in self._ratio())
        kinds = [kind for kind, _ in self._ratio()]
        listed = f"{', '.join(kinds[:-1])} and {kinds[-1]}"
        return (
            f"Maintain a {ratio} ratio of {' to '.join(kinds)} sentences in your response.",
            f"The numbers of {listed} sentences in your answer must be in the ratio {ratio}.",
            f"Balance your sentences: {listed} ones in the ratio {ratio}.",
        )

    def _kinds(self, view: View) -> list[tuple[str, Span]]:
        found: list[tuple[str, Span]] = []
        text, stops = view.text, view.formula_stops
        for start, end in view.sentences:
            if text[end - 1] == "." and text[end - 2] not in _MARKS:  # nearly always
                found.append(("declarative", (start, end)))
                continue
            if end in stops:
                found.append(("declarative", (start, end)))
                continue
            if text[end - 1] in ";\u037e" and text[end - 2] in _GREEK:
                found.append(("interrogative", (start, end)))
                continue
            ending = _ENDING.search(_NOTES.sub("", text[max(start, end - 40) : end]))
            marks = ending.group(1) if ending else ""
            if any(m in "?？؟" for m in marks):
                found.append(("interrogative", (start, end)))
            elif any(m in "!！" for m in marks):
                found.append(("exclamatory", (start, end)))
            elif marks:
                found.append(("declarative", (start, end)))
        return found

    def _counts(self, found: list[tuple[str, Span]]) -> dict[str, int]:
        kinds = [kind for kind, _ in found]
        return {kind: kinds.count(kind) for kind, _ in self._ratio()}

    def judge(self, view: View) -> Verdict:
        kinds = self._kinds(view)
        counts = self._counts(kinds)
        units = {counts[kind] / number for kind, number in self._ratio() if number}
        none = all(counts[kind] == 0 for kind, number in self._ratio() if not number)
        obeyed = len(units) == 1 and none and any(counts.values())
        said = ", ".join(f"{number} {kind}" for kind, number in counts.items())
        wanted = ":".join(str(number) for _, number in self._ratio())
        return self.verdict(
            obeyed,
            observed=list(counts.values()),
            wanted=f"{' : '.join(counts)} as {wanted}",
            reason=f"{said}.",
            evidence=[s for kind, s in kinds if kind in counts][:EVIDENCE],
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        view = read_text(draft).masked
        unwanted = {kind for kind, number in self._ratio() if not number}
        for kind, (start, end) in reversed(self._kinds(view)):
            if kind in unwanted and not is_statement(draft, (start, end)):
                draft = tidy(draft[:start].rstrip(" ") + " " + draft[end:].lstrip(" "))
        counts = self._counts(self._kinds(read_text(draft).masked))
        units = max([1, *(-(-counts[kind] // n) for kind, n in self._ratio() if n)])
        more: list[str] = []
        for kind, number in self._ratio():
            missing = max(0, units * number - counts[kind])
            bank = self._of_kind(kind, draft) if missing else []
            more += [bank[i % len(bank)] for i in range(missing if bank else 0)]
        return add(draft, more)

    def _of_kind(self, kind: str, draft: str) -> list[str]:
        """Sentences of that kind that the other rules allow."""
        said = [s for s in (fitted(s) for s in _BANK.get(kind, ())) if s]
        said += [s for s in fillers(draft) if s not in said]
        return [s for s in said if [k for k, _ in self._kinds(read_text(s).masked)] == [kind]]

    def violate(self, draft: str) -> str:
        return add(self.build(draft), ["So it goes." if self.declarative else "Is it?"])


_MARKS = ".!?…。！？؟।．॥｡۔።។။։"
_GREEK = frozenset(map(chr, (*range(0x370, 0x400), *range(0x1F00, 0x2000))))  # asks by `;`
# Marks with no word behind them: what closes there, an emoji.
_ENDING = re.compile(rf"([{_MARKS}]+)(?:[^\w{MASK}{_MARKS}]|_)*$")
_NOTES = re.compile(r"(?:\[\d{1,3}\]|[¹²³⁰-⁹])+$")  # marks of footnotes
