"""Upper and lower case, and words in capitals."""

from __future__ import annotations

import re
import unicodedata
from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import compress, pairwise
from operator import ne
from typing import ClassVar

from bridle.constraints.base import CASE, COUNT, Constraint
from bridle.constraints.counting import EVIDENCE, Counted
from bridle.constraints.drafts.prose import add, answer_sentence, each_prose, fillers, fitted, plan
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example, Verdict
from bridle.languages.classify import evidence, margin
from bridle.languages.detect import alike, known_language, name_of, other_language
from bridle.text import MASK, Span, View, read_text
from bridle.text.words import unspaced

_BETWEEN = ("—", "–", "…", "--", "...")  # marks that part words without a space
_TARGET = re.compile(r"\((?<=\]\()[^()\s]*\)")  # of a link: no word of the text
# Words in letters of mathematics (`𝗯𝗼𝗹𝗱`), which Unicode gives no other case; fewer are variables, but
# for one in bold type, as in `𝐓he`.
_STYLED = re.compile(
    "[\U0001d400-\U0001d7ff]{3,}|(?<![\U0001d400-\U0001d7ff])[\U0001d400-\U0001d419\U0001d5d4-\U0001d5ed]"
)
# Greek letters that stand alone are symbols (25π, 5 µg, θ), where no Greek words are.
_GREEK = re.compile("[\xb5\u0370-\u03ff\u1f00-\u1fff\u2126]")
_GREEK_WORD = re.compile(rf"{_GREEK.pattern}[\u0300-\u036f]*{_GREEK.pattern}")
_PLAINLY = 8  # common words of a language more than of any other


@dataclass(frozen=True, kw_only=True)
class _AllOneCase(Constraint):
    """Every letter of the prose in one case, and, where one is given, in one language."""

    stage = CASE
    wrong: ClassVar[str]

    language: str | None = None

    def validate(self) -> None:
        if self.language is not None:
            code = known_language(self.language)
            if code is None:
                raise self.bad("language", self.language, "a language, as 'en' or 'English'")
            object.__setattr__(self, "language", code)

    @staticmethod
    @abstractmethod
    def turn(text: str) -> str:
        """The text in the right case."""

    def judge(self, view: View) -> Verdict:
        if not view.text.strip():
            return self._verdict(None, 0, "There is no text.")
        text = _unstyled(view.text.replace(MASK, "0"))  # nearly always ASCII: much sooner turned
        turned = self.turn(text)
        if turned != text:
            number, shown = self._wrong_words(text, turned)
            said = f"{number} {'word has' if number == 1 else 'words have'} {self.wrong} letters."
            return self._verdict(False, number, said, shown)
        if self.language is not None:
            other = self._other(view, self.language)
            if other is not None:
                reason = f"The case is right, but the text is {name_of(other)}."
                return self._verdict(False, name_of(other), reason)
        return self._verdict(True, 0, f"No {self.wrong} letters.")

    def _wrong_words(self, text: str, turned: str) -> tuple[int, list[Span]]:
        """How many words have a letter in the wrong case, and where the first of them stand."""
        # No white space has a case, and no letter's case hangs on what is beyond white space.
        if text.isascii():  # the wrong letters alone are counted, and only the first words seen
            number = len(text.encode().translate(None, self._right()).split())
            first = slice(10 * EVIDENCE)
            tokens = text.split(None, first.stop)[first]
            wrong = list(compress(tokens, map(ne, tokens, turned.split(None, first.stop)[first])))
            if len(wrong) >= min(number, EVIDENCE):
                return number, _places(text, wrong[:EVIDENCE])
        tokens = text.split()
        wrong = list(compress(tokens, map(ne, tokens, turned.split())))
        return len(wrong), _places(text, wrong[:EVIDENCE])

    @classmethod
    @cache
    def _right(cls) -> bytes:
        """What of ASCII is neither in the wrong case nor white space."""
        chars = map(chr, range(128))
        return "".join(c for c in chars if cls.turn(c) == c and not c.isspace()).encode()

    @staticmethod
    def _other(view: View, language: str) -> str | None:
        """The language of most of the prose where that is surely not the one given."""
        # Plainly in the language by its common words: no need to look at each sentence.
        plain, ahead = margin(evidence(view.text.replace(MASK, " ").lower()))
        surely = plain == language and ahead >= _PLAINLY
        return None if surely else other_language(view, language)

    def _verdict(
        self, obeyed: bool | None, observed: object, reason: str, evidence: list[Span] | None = None
    ) -> Verdict:
        wanted = f"no {self.wrong} letters in prose"
        if self.language is not None:
            wanted += f", in {name_of(self.language)}"
        return self.verdict(
            obeyed,
            observed=observed,
            wanted=wanted,
            reason=reason,
            evidence=evidence or [],
        )

    def build(self, draft: str) -> str:
        if not draft.strip():
            draft = next(fillers(language=self.language or plan().language), "")
        elif self.language is not None and other_language(read_text(draft).masked, self.language):
            statement = plan().statement
            draft = answer_sentence(statement, self.language) if statement else ""
            draft = " ".join([next(fillers(language=self.language), ""), draft])
        return each_prose(draft, self.turn).strip()

    def fit(self, sentence: str) -> str | None:
        return each_prose(sentence, self.turn)

    def forbids(self, part: str) -> Verdict | None:
        verdict = self.check(part)
        return verdict if verdict.obeyed is False and verdict.evidence else None

    def clashes(self, other: Constraint) -> str | None:
        wanted = other.prose_language()
        if wanted is None or self.language is None or alike(self.language, wanted):
            return None
        return f"{name_of(self.language)} and {name_of(wanted)} exclude each other."

    def _in(self) -> str:
        return f"in {name_of(self.language)}, and " if self.language is not None else ""


@register
@dataclass(frozen=True, kw_only=True)
class Uppercase(_AllOneCase):
    """The prose is all in capitals."""

    name = "uppercase"
    skill = "precision"
    wrong = "small"
    meaning = (
        "No small letter stands in prose; maths, code, `\\boxed{}` and lone Greek letters are free."
    )
    examples: ClassVar = (
        Example({}, "THE ANSWER IS $x$ OR \\boxed{\\frac{1}{2}}.", True, "maths is free"),
        Example({}, "ÜBER 3 METER", True),
        Example({}, "THE ANSWER is 4.", False),
        Example({}, "ALL BUT THE LASt", False, "one letter is enough"),
        Example({"language": "en"}, "DIE ANTWORT IST DOCH GANZ EINFACH UND KLAR.", False, "German"),
    )

    @staticmethod
    def turn(text: str) -> str:
        return _unstyled(text).upper()

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Your entire response should be {self._in()}in all capital letters.",
            f"Write the whole answer {self._in()}in capital letters only.",
            f"Answer {self._in()}in upper case; no small letters are allowed.",
        )

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        return _turn_one(draft, str.lower) or add(draft, ["It fits."])


@register
@dataclass(frozen=True, kw_only=True)
class Lowercase(_AllOneCase):
    """The prose is all in small letters."""

    name = "lowercase"
    skill = "precision"
    wrong = "capital"
    meaning = "No capital letter stands in prose; maths, code, `\\boxed{}` and lone Greek letters are free."
    examples: ClassVar = (
        Example({}, "the answer is $X$ or \\boxed{A}.", True, "maths is free"),
        Example({}, "3 + 4 = 7", True, "no letter, no capital"),
        Example({}, "the answer is in Paris.", False),
        Example({}, "so i say: I know", False),
        Example({"language": "en"}, "die antwort ist doch ganz einfach und klar.", False, "German"),
        Example({}, "", None, "nothing is there to be judged"),
    )

    @staticmethod
    def turn(text: str) -> str:
        return _unstyled(text).lower()

    def phrasings(self) -> tuple[str, ...]:
        return (
            f"Your entire response should be {self._in()}in all lowercase letters. "
            "No capital letters are allowed.",
            f"Write the whole answer {self._in()}in small letters only.",
            f"Answer {self._in()}in lower case; no capital letters are allowed.",
        )

    def violate(self, draft: str) -> str:
        draft = self.build(draft)
        return _turn_one(draft, str.upper) or add(draft, ["It fits."])


def _unstyled(text: str) -> str:
    """The text, as long, with plain letters for words in bold or italic ones of mathematics, and
    none for symbols."""
    if text.isascii():
        return text
    if not _GREEK_WORD.search(text):
        text = _GREEK.sub("0", text)
    return _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def _places(text: str, tokens: list[str]) -> list[Span]:
    """Where some of a text's tokens between white space stand, given in their order."""
    found: list[Span] = []
    end = 0
    for token in tokens:
        start, size = text.find(token, end), len(token)
        while text[start - 1 : start].strip() or text[start + size : start + size + 1].strip():
            start = text.find(token, start + 1)  # it was a part of a longer one
        end = start + size
        found.append((start, end))
    return found


def _turn_one(draft: str, turn: Callable[[str], str]) -> str | None:
    """The draft with the first letter of its last prose word turned, or None without letters."""
    view = read_text(draft).masked
    greek = _GREEK_WORD.search(view.text) is not None
    for start, end in reversed(view.words):
        for i in range(start, end):
            char = view.text[i]
            turned = turn(char)
            if turned != char and char.isalpha() and (greek or not _GREEK.match(char)):
                return draft[:i] + turned + draft[i + 1 :]
    return None


@register
@dataclass(frozen=True, kw_only=True)
class CapitalWords(Counted):
    """How many words are all in capitals."""

    name = "capital_words"
    skill = "planning"
    stage = COUNT
    unit = ("word in capitals", "words in capitals")
    meaning = (
        "A word in capitals has at least two letters in a row and no small one; dashes and dots "
        "(`YES—no`) part words; single letters (`A`, `I`, names of points) and formulas are not "
        "counted."
    )
    examples: ClassVar = (
        Example({"at_least": 2}, "NOTE: this is VERY easy.", True),
        Example({"at_least": 1}, "Points A B C and I.", False, "names of points are no words"),
        Example({"less_than": 2}, "The USA's and NATO.", True, "USA's has a small letter"),
        Example({"less_than": 2}, "NASA and NATO.", False, "strict"),
        Example({"exactly": 0}, "$AB = CD$", True, "maths is free"),
    )

    def phrasings(self) -> tuple[str, ...]:
        low_high = self.amount().removesuffix(self.unit[1]).removesuffix(self.unit[0])
        amount = f"{low_high.strip()} {'time' if low_high.strip().endswith(' 1') else 'times'}"
        return (
            f"In your response, words with all capital letters should appear {amount}.",
            f"Use words in all capital letters {amount}.",
            f"Words written entirely in capitals must occur {amount} in your answer.",
        )

    def tally(self, view: View) -> list[Span]:
        text = view.flat.replace(MASK, "0")  # ASCII, where all else is: much sooner split
        for mark in _BETWEEN:
            if mark in text:
                text = text.replace(mark, " " * len(mark))
        if "](" in text:
            text = _TARGET.sub(lambda match: " " * len(match.group()), text)
        if unspaced(text):
            words = View(text, ()).words
            return [(a, b) for a, b in words if b - a > 1 and _in_capitals(text[a:b])]
        tokens = text.split()
        big = list(filter(str.isupper if text.isascii() else _is_its_upper, tokens))
        chosen = {word for word in set(big) if _in_capitals(word)}
        return _places(text, list(filter(chosen.__contains__, big)))

    def with_count(self, draft: str, number: int) -> str:
        view = read_text(draft).masked
        found = self.tally(view)
        if len(found) > number:
            pieces: list[str] = []
            at = 0
            for start, end in found[number:]:
                pieces += [draft[at:start], _small(draft[start:end], start == 0)]
                at = end
            return "".join([*pieces, draft[at:]])
        missing = number - len(found)
        added: list[str] = []
        while missing > 0:
            before = missing
            for sentence in fillers(draft):
                words = sentence.split(" ")
                for i, word in enumerate(words):
                    if missing > 0 and len(word) > 2 and word.upper() != word:
                        words[i] = word.upper()
                        missing -= _in_capitals(words[i])
                added.append(" ".join(words))
                if missing <= 0:
                    break
            if missing == before:  # a script without capitals
                mark = fitted("QED", needed=True)
                added += [" ".join([mark] * missing)] if mark else []
                break
        return add(draft, added)

    def clashes(self, other: Constraint) -> str | None:
        if isinstance(other, Lowercase) and self.bounds()[0] > 0 and self.maths == other.maths:
            return "Small letters only leave no word in capitals."
        return super().clashes(other)

    def fit(self, sentence: str) -> str | None:
        if self.bounds()[1] is not None and self.tally(read_text(sentence).masked):
            return None
        return sentence


def _is_its_upper(word: str) -> bool:
    return word.upper() == word


def _in_capitals(word: str) -> bool:
    letters = unicodedata.normalize("NFC", word)
    return (
        letters.upper() == letters
        and not letters.islower()
        and any(a.isupper() and b.isupper() for a, b in pairwise(letters))
    )


def _small(word: str, first: bool) -> str:
    return word.capitalize() if first else word.lower()
