"""How the text begins: with a phrase, with a verb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import EDGE, Constraint
from bridle.constraints.drafts.choices import best
from bridle.constraints.drafts.prose import fitted, plan
from bridle.constraints.families.affix.verbs import (
    EITHER,
    LABELLED,
    NOT_VERBS,
    OF_VERBS,
    SURE,
    VERBS,
)
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Piece, Verdict
from bridle.languages.detect import other_language
from bridle.text import Span, View
from bridle.text.find import joined
from bridle.text.invisible import SPACES
from bridle.text.lettered import LetterWords
from bridle.text.quotes import composed, quotes_around
from bridle.text.words import WORDLIKE

_QUOTES = '"“„«”»'  # what may open the quotation marks around a whole answer


@register
@dataclass(frozen=True, kw_only=True)
class StartPhrase(Constraint):
    """The text begins with a phrase."""

    name = "start_phrase"
    skill = "precision"
    stage = EDGE
    meaning = (
        "The text begins with the exact phrase, case included, with a word boundary after it, "
        "apostrophes, hyphens and blanks in any form; only white space, what is not seen and an "
        "opening quotation mark of the whole answer may precede."
    )
    examples: ClassVar = (
        Example({"phrase": "Here is why:"}, "Here is why: it adds up.", True),
        Example({"phrase": "Sure"}, '\n"Sure, it is 4."', True, "the answer's own quotation mark"),
        Example({"phrase": "Sure"}, "Surely it is 4.", False, "inside a word"),
        Example({"phrase": "Sure"}, "sure, it is 4.", False, "case"),
        Example({"phrase": "Sure"}, "Well: Sure, it is 4.", False, "words before it"),
    )

    phrase: str

    def validate(self) -> None:
        self.want_text("phrase")
        object.__setattr__(self, "phrase", self.phrase.strip())

    def phrasings(self) -> tuple[str, ...]:
        return (
            f'Begin your response with this exact phrase "{self.phrase}". No other words should '
            "come before this phrase.",
            f'The first words of your answer must be exactly "{self.phrase}".',
            f'Start your answer with "{self.phrase}" and write nothing before it.',
        )

    def judge(self, view: View) -> Verdict:
        raw = view.raw
        start = len(raw) - len(raw.lstrip(SPACES))
        phrase = composed(self.phrase)
        quotes = None if self.phrase[0] in _QUOTES else _opening(raw, start)
        start = quotes if quotes is not None else start
        head = composed(raw[start : start + 4 * len(phrase) + 8])
        obeyed = _begins(head, phrase)
        reason = "The phrase is the beginning." if obeyed else f"It begins with {head[:20]!r}."
        if not head:
            reason = "There is no text."
        elif not obeyed and _begins(head.casefold(), phrase.casefold()):
            reason = "The phrase is there in another case."
        elif not obeyed and head.startswith(phrase):
            reason = "The phrase is only the beginning of a longer word."
        end = min(len(raw), start + len(phrase))
        while obeyed and len(composed(raw[start:end])) < len(phrase):
            end += 1
        return self.verdict(
            obeyed,
            observed=head[: len(phrase)],
            wanted=f"begins with {self.phrase!r}",
            reason=reason,
            evidence=((start, end),) if end > start else (),
        )

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        quotes = quotes_around(draft)
        if quotes:
            at = quotes[0][1]
            return draft[:at] + self.build(draft[at:])
        draft = draft.lstrip()
        mark = draft[:2] in ("- ", "* ", "+ ", "# ", "##") or draft[:1] == "•"
        return f"{self.phrase}{chr(10) * 2 if mark else ' '}{draft}".rstrip()

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        quotes = quotes_around(draft)
        at = quotes[0][1] if quotes else len(draft) - len(draft.lstrip())
        return f"{draft[:at]}Well: {draft[at:]}"

    def requires(self) -> tuple[Piece, ...]:
        return (Piece(self.phrase),)

    def clashes(self, other: Constraint) -> str | None:
        if not isinstance(other, StartPhrase):
            return None
        if self.phrase[0] in _QUOTES or other.phrase[0] in _QUOTES:
            return None  # the mark may be the whole answer's own
        mine, theirs = composed(self.phrase), composed(other.phrase)
        if _begins(mine, theirs) or _begins(theirs, mine):
            return None
        return f"One text cannot begin with {self.phrase!r} and with {other.phrase!r}."


def _opening(raw: str, start: int) -> int | None:
    """Where the text inside the quotation marks around everything begins."""
    if raw[start : start + 1] not in tuple(_QUOTES) or quotes_around(raw) is None:
        return None
    return len(raw) - len(raw[start + 1 :].lstrip(SPACES))


def _begins(text: str, phrase: str) -> bool:
    return text.startswith(phrase) and not joined(text, len(phrase), len(phrase) - 1, 1)


@register
@dataclass(frozen=True, kw_only=True)
class StartVerb(Constraint):
    """The first word is a verb."""

    name = "start_verb"
    skill = "precision"
    stage = EDGE
    meaning = (
        "The text begins, list numbers and marks aside, with an English verb by a list of base "
        "forms with their -s, -ed, -ing and irregular forms; what is short for a verb and `not` or "
        "`us` is one (`Don't`, `Let's`), what is short for another word and a verb is none "
        "(`We're`). A verb that may be a noun counts, unless a colon, `of` or a form of be follows "
        "it or it is a label such as `Step 1`. A word that neither this list nor one of other words "
        "has is undetermined, and so is one such as `Die` in another language."
    )
    examples: ClassVar = (
        Example({}, "**Add** the parts.", True, "emphasis is no word"),
        Example({}, "Adding both gives $4$.", True, "a form of add"),
        Example({}, "Took 4.", True, "an irregular form"),
        Example({}, "The sum is 4.", False),
        Example({}, "Answer: 4.", False, "a label"),
        Example({}, "Let $x$ be 4.", True, "a formula parts the verb from a form of be"),
        Example({}, "$x$ is 4.", False, "a formula is no verb"),
        Example({}, "Work is force times way.", False, "a noun"),
        Example({}, "Zorblax!", None, "no list has it"),
    )

    def phrasings(self) -> tuple[str, ...]:
        return (
            "The response must start with a verb.",
            "Begin your answer with a verb.",
            "Let the very first word of your response be a verb.",
        )

    def judge(self, view: View) -> Verdict:
        found = LetterWords(view)
        wanted = "a verb as the first word"
        words = found.plain
        span = found.spans([0])[0] if words else (len(view.text), len(view.text))
        number = _NUMBER.match(view.text)
        other = WORDLIKE.search(view.text, number.end() if number and words else 0, span[0])
        if other:  # a number or formula that is no list number
            shown = " ".join(view.slice(view.words_from(0, 1)[0])[:40].split())
            reason = f"It begins with {shown!r}, which is no verb."
            place = view.words_from(0, 1)
            return self.verdict(False, observed=shown, wanted=wanted, reason=reason, evidence=place)
        if not words:
            return self.verdict(None, observed="", wanted=wanted, reason="There are no words.")
        kind = _is_verb(words[0]) and not self._noun(view.text, span, words)
        if kind and words[0] in EITHER and not _OBJECT.match(view.text, span[1]):
            kind = None
        if kind and words[0] in _ELSEWHERE and other_language(view, "en"):
            kind = None
        said = {True: "is a verb", False: "is no verb here", None: "may or may not be a verb"}[kind]
        shown = view.slice(span)
        return self.verdict(
            kind, observed=shown, wanted=wanted, reason=f"{shown!r} {said}.", evidence=(span,)
        )

    def _noun(self, text: str, span: Span, words: list[str]) -> bool:
        """Whether a word that may be a verb is none by what follows it."""
        word, *after = words[:3]
        start = span[1]
        if _COLON.match(text, start):
            return word not in SURE
        label = word in LABELLED and _LABEL.match(text, start)
        if label and not text[span[0] : start].isupper():  # NOTE A FEW
            return True
        if word == "step" and after == ["by", "step"]:
            return True
        match = _NEXT.match(text, start)
        following = match.group(1).lower().replace("’", "'") if match else ""
        if following == "of":
            return not any(base in OF_VERBS for base in (word, *_bases(word))) and not (
                word.endswith(("ed", "ing")) and word not in VERBS
            )
        return following in _BE and word not in _BE

    def build(self, draft: str) -> str:
        if self.check(draft).obeyed:
            return draft
        draft = draft.lstrip()
        fit = [s for f in _turned() if (s := fitted(f))] or ["See this.", *_turned()]
        # Before a heading, a label or a list a line of its own; before a tag a heading.
        gaps = ("{} {}", "{}\n{}", "# {}\n{}")
        return best((gap.format(s, draft) for gap in gaps for s in fit), self)

    def violate(self, draft: str) -> str:
        return f"So it is. {draft.lstrip()}"


# Verbs that are other words in other languages: Die Summe, Pour trouver, Come posso, Met twee.
_ELSEWHERE = frozenset("am are come die do had met name pour rate rest was will".split())  # noqa: SIM905
_BE = frozenset(
    "is are was were be been being am isn't aren't wasn't weren't".split()  # noqa: SIM905
)
_NUMBER = re.compile(r"(?:[^\w\ufffc]|_)*+\d{1,3}(?:[.)\]]|\ufe0f?\u20e3)")  # of a list item
_COLON = re.compile('[]*_"” ]*+:')
_OBJECT = re.compile(  # what follows a verb rather than a noun or an adjective
    r"-|[*_ ]*+(?:[\d\ufffc]|(?:[a-z]|the|an?|all|any|both|each|every|th(?:is|at|ese|ose)|it|them|him|her|us"
    r"|your?|my|our|its|their|one|two|three|up)\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[*_ ]*+(?:\d|[A-HJ-Z](?![^\W_])|(?:one|two|three|four|five|six)\b)")
_NEXT = re.compile("[*_ ]*+([A-Za-z]+(?:['’][a-z]+)?)")
_COMMANDS = (
    "Consider what is given.",
    "Take the parts one by one.",
    "Read the question first.",
    "Add up all that is given.",
    "See how it adds up.",
    "Start with this.",
    "Take the sum to see it.",
    "Let them stand.",
)


def _turned() -> tuple[str, ...]:
    shift = plan().seed % 3  # the others are for rules that these break
    return _COMMANDS[shift:] + _COMMANDS[:shift]


def _is_verb(word: str) -> bool | None:
    """Whether this word (small letters, no accents) is a verb; None where no list has it."""
    head, short, tail = word.partition("'")
    if short and tail == "t" and head.endswith("n"):
        return {"can": "can", "won": "will", "shan": "shall"}.get(head, head[:-1]) in VERBS
    if short and tail.split("'")[0] in _SHORT:
        return word == "let's"
    word = word.replace("'", "")
    if word in VERBS:
        return True
    if word in NOT_VERBS or len(word) == 1:
        return False
    if any(base in VERBS for base in _bases(word)):
        return True
    return False if word.endswith(_NOUN_ENDINGS) else None


_SHORT = ("s", "re", "ll", "ve", "d", "m")
_NOUN_ENDINGS = ("tion", "sion", "ness", "ity", "ly", "ism", "ist", "ous", "ful", "ible", "able")


def _bases(word: str) -> list[str]:
    """Base forms that this word may be a form of."""
    found: list[str] = []
    for ending, instead in (
        ("ies", "y"), ("es", ""), ("es", "e"), ("s", ""),
        ("ied", "y"), ("ed", ""), ("ed", "e"),
        ("ying", "ie"), ("ing", ""), ("ing", "e"),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) > len(ending):
            stem = word[: -len(ending)]
            found.append(stem + instead)
            if ending in ("ed", "ing") and len(stem) > 2 and stem[-1] == stem[-2]:
                found.append(stem[:-1])  # stopped, planning
    return found + [stem[:-3] + "ize" for stem in (word, *found) if stem.endswith("ise")]
