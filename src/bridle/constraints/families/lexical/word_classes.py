"""Which classes of words: pronouns, conjunctions, names."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from typing import ClassVar

from bridle.constraints.base import CONTENT, Constraint
from bridle.constraints.counting import CountedWords
from bridle.constraints.drafts.prose import add, fillers, fitted, plan
from bridle.constraints.drafts.removable import Removable
from bridle.constraints.families.lexical.word_lists import CONJUNCTIONS, NAMES, PRONOUNS
from bridle.constraints.registry import register
from bridle.constraints.verdict import Example
from bridle.text import Span, View, is_unspaced, once, read_text
from bridle.text.find import find_phrase
from bridle.text.invisible import HOLD, JOINERS
from bridle.text.lettered import LetterWords, letter_words, pattern, where
from bridle.text.numerals import numerals


class WordClass(Removable):
    """Words of a closed class of English."""

    stage = CONTENT
    bank: ClassVar[tuple[str, ...]]  # sentences with such words

    def most(self) -> int | None:
        """How many there are at most in any text, where that is known."""
        return None

    def violate(self, draft: str) -> str:
        low, high = self.bounds()
        most = self.most()
        if most is None or high is None or high < most:
            return super().violate(draft)
        if not low:
            raise self.bad("at_most", high, f"less than {most}: every text obeys")
        return self.with_count(draft, low - 1)

    def with_count(self, draft: str, number: int) -> str:
        draft = self.fewer(draft, number)
        missing = number - self.number(draft)
        while missing > 0:
            before = missing
            for said in self._said(draft):
                gained = self.number(add(draft, [said])) - self.number(draft)
                if 0 < gained <= missing:
                    draft = add(draft, [said])
                    missing -= gained
            if missing == before:
                break
        return draft

    def _said(self, draft: str) -> list[str]:
        """Sentences with such words that the other rules allow, or, where they allow none, the
        bank as it is."""
        said = [s for s in (fitted(s, needed=True) for s in self.bank) if s]
        said += [s for s in fillers(draft, needed=True) if s not in said]
        return [s for s in said if self.number(s)] or list(self.bank)

    def fit(self, sentence: str) -> str | None:
        return None if self.bounds()[1] is not None and self.number(sentence) else sentence


@register
@dataclass(frozen=True, kw_only=True)
class Pronouns(CountedWords, WordClass):
    """How many pronouns the text has."""

    name = "pronouns"
    skill = "planning"
    unit = ("pronoun", "pronouns")
    bank: ClassVar = (
        "We see it and you can check it with us.",
        "It is ours to find and they gave us all of it.",
        "Everyone can do this on their own.",
        "We find it.",
        "It holds.",
    )
    meaning = (
        "English personal, possessive and reflexive pronouns, indefinite ones in -one, -body and "
        "-thing (`no one`, too) and who, whom, whose, each time they occur (`it's` has one); this, "
        "that, which and what are not counted, nor `US`, `IT` and `WHO` among small letters, nor an I "
        "that numbers (`World War I`, `(i)`) or abbreviates (`i.e.`)."
    )
    examples: ClassVar = (
        Example({"at_least": 2}, "We add it.", True),
        Example({"at_least": 2}, "It's mine.", True, "a contraction has one"),
        Example({"at_least": 2}, "We add that.", False, "that is not counted"),
        Example({"at_most": 1}, "He helps himself.", False),
    )

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"The response should include {amount}.",
            f"Use {amount} (such as we, it, their) in your answer.",
            f"Your answer must have {amount}, counted each time.",
        )

    def places(self, words: LetterWords) -> list[int]:
        """The numbers of the words that are pronouns."""
        written = words.written
        mine = set(filter(_is_pronoun, set(written)))
        places = where(map(mine.__contains__, written))
        if _SHORT_NAMES & mine:
            places = [i for i in places if written[i] not in _SHORT_NAMES or _loud(written, i)]
        if numbers := numerals(words.text, mine.intersection("Ii")):
            single = [i for i in places if written[i] in "Ii"]
            starts = [start for start, _ in words.spans(single)]
            none = {i for i, at in zip(single, starts, strict=True) if at in numbers}
            places = [i for i in places if i not in none]
        return sorted([*places, *self._no_one(words)])

    def _no_one(self, words: LetterWords) -> list[int]:
        """Where `one` after `no` makes a pronoun."""
        written = words.written
        noes = {"no", "No", "NO"}.intersection(written)
        first = where(map(noes.__contains__, written[:-1])) if noes else []
        first = [i for i in first if written[i + 1].lower() == "one"]
        spans = words.spans([j for i in first for j in (i, i + 1)])
        found: list[int] = []
        for i, (_, no), (one, end) in zip(first, spans[::2], spans[1::2], strict=True):
            gap, after = words.text[no:one], words.text[end : end + 1]
            if gap == "-" or (gap.isspace() and after != "-"):  # not "no. One", not "no one-size"
                found.append(i + 1)
        return found


_SHORT_NAMES = frozenset(("US", "IT", "WHO"))  # a country, a trade, an organisation


def _loud(words: list[str], i: int) -> bool:
    """Whether the words beside that one are in capitals, too, if there are any."""
    beside = words[max(0, i - 1) : i] + words[i + 1 : i + 2]
    return not beside or any(len(word) > 1 and word.isupper() for word in beside)


def _is_pronoun(written: str) -> bool:
    return _seen(written).partition("'")[0] in PRONOUNS


def _seen(written: str) -> str:
    """A word in small letters, its apostrophes straight, without what is not seen."""
    word = written.lower()
    return word if word.isascii() else unicodedata.normalize("NFC", word).translate(_UNSEEN)


_UNSEEN = str.maketrans("’", "'", JOINERS + HOLD)


@register
@dataclass(frozen=True, kw_only=True)
class Conjunctions(WordClass):
    """How many different coordinating conjunctions the text has."""

    name = "conjunctions"
    skill = "planning"
    unit = ("different coordinating conjunction", "different coordinating conjunctions")
    bank: ClassVar = (
        "We add the parts and check them.",
        "It looks long but it is short.",
        "Nothing is lost or left out.",
        "The rest is known so we can go on.",
        "It is plain yet it must be said.",
        "No part is lost nor is any counted twice.",
        "We write it down for it may be of use.",
    )
    meaning = (
        "Of `for`, `and`, `nor`, `but`, `or`, `yet`, `so`, those that occur as whole words in "
        "prose, in any case; each counts once."
    )
    examples: ClassVar = (
        Example({"at_least": 2}, "We add and stop, but not here.", True),
        Example({"at_least": 2}, "We add, and we stop, And so", True, "and, so"),
        Example({"at_least": 2}, "We add and stop and rest.", False, "one, twice"),
        Example({"at_least": 1}, "Sort it.", False, "or inside a word"),
    )

    def most(self) -> int:
        return len(CONJUNCTIONS)

    def validate(self) -> None:
        super().validate()
        if self.bounds()[0] > len(CONJUNCTIONS):
            given = next(b for b in ("exactly", "at_least", "more_than") if getattr(self, b))
            raise self.bad(given, getattr(self, given), f"at most {len(CONJUNCTIONS)}: all of them")

    def phrasings(self) -> tuple[str, ...]:
        amount = self.amount()
        return (
            f"Use {amount} in the response.",
            f"Of for, and, nor, but, or, yet and so, your answer must have {amount}.",
            f"Your answer must have {amount} (for, and, nor, but, or, yet, so).",
        )

    def tally(self, view: View) -> list[Span]:
        words = LetterWords(view)
        small = list(map(str.lower if words.text.isascii() else _seen, words.written))
        return words.spans(sorted(map(small.index, set(small).intersection(CONJUNCTIONS))))

    def fewer(self, draft: str, number: int) -> str:
        """All occurrences of one have to go."""
        while (found := self.tally(read_text(draft).masked))[number:]:
            last = _seen(draft[slice(*found[-1])])
            for (start, end), _ in reversed(letter_words(read_text(draft).masked)):
                if _seen(draft[start:end]) == last:
                    draft = draft[:start].rstrip(" ") + draft[end:]
        return draft


@register
@dataclass(frozen=True, kw_only=True)
class GivenNames(WordClass):
    """How many different names out of a list the text has."""

    name = "given_names"
    skill = "planning"
    unit = ("different person name", "different person names")
    bank: ClassVar = ()
    meaning = (
        "Names of the list that occur as whole words in prose, with their capital (`grace` is no "
        "name) or all in capitals; each counts once, and not where it is a part of a longer one."
    )
    examples: ClassVar = (
        Example({"at_least": 2}, "Emma asks Liam.", True),
        Example({"at_least": 2, "names": ["Ann", "Bo"]}, "Ann's sum and BO's.", True),
        Example({"exactly": 1, "names": ["Ann", "Mary Ann"]}, "Mary Ann adds.", True),
        Example({"at_least": 2}, "Emma asks Emma.", False, "one, twice"),
        Example({"at_least": 1}, "With grace and scarlett.", False, "no capital"),
        Example({"at_least": 1}, "Emmanuel asks.", False, "another name"),
    )

    names: tuple[str, ...] = NAMES

    def most(self) -> int:
        return len(self.names)

    def validate(self) -> None:
        self.want_texts("names")
        names = (unicodedata.normalize("NFC", name) for name in self.names)
        object.__setattr__(self, "names", tuple(dict.fromkeys(names)))
        super().validate()
        if self.bounds()[0] > len(self.names):
            given = next(b for b in ("exactly", "at_least", "more_than") if getattr(self, b))
            raise self.bad(given, getattr(self, given), f"at most {len(self.names)}, the list's")

    def phrasings(self) -> tuple[str, ...]:
        amount, listed = self.amount(), ", ".join(self.names)
        return (
            f"Mention {amount} in the response, from this list of person names: {listed}.",
            f"Use {amount} of this list: {listed}.",
            f"From the names {listed}, your answer must have {amount}.",
        )

    def tally(self, view: View) -> list[Span]:
        known = self._known
        if not known:
            return self._phrases(view)
        words = LetterWords(view)
        first: dict[str, int] = {}  # where each name is met first
        for written in set(words.written):
            word = written
            if not word.isascii():
                word = unicodedata.normalize("NFC", word).translate(_UNSEEN)
            if word[-2:] in ("'s", "'S"):
                word = word[:-2]
            if name := known.get(word):
                at = words.written.index(written)
                first[name] = min(at, first.get(name, at))
        return words.spans(sorted(first.values()))

    @once
    def _known(self) -> dict[str, str]:
        """The names by their forms, where all of them are single words."""
        if not all(map(_is_word, self.names)):
            return {}
        return {form: name for name in self.names for form in _forms(name)}

    def _phrases(self, view: View) -> list[Span]:
        """The first of each name, where a name may be several words, or joined by marks."""
        first: list[Span] = []
        taken: list[Span] = []  # in order, none in another
        for name in sorted(self.names, key=len, reverse=True):
            forms = {_straight(form) for form in _forms(name)}
            found = [s for s in find_phrase(view, name) if _straight(view.slice(s)) in forms]
            starts = [a for a, _ in taken]
            free = [
                (a, b)
                for a, b in found
                if (i := bisect_right(starts, a)) == 0 or taken[i - 1][1] <= a
            ]
            first += free[:1]
            taken = sorted([*taken, *free])
        return sorted(first)

    def clashes(self, other: Constraint) -> str | None:
        small = sum(name == name.lower() for name in self.names)
        if other.name == "lowercase" and self.maths == other.maths:
            if self.bounds()[0] > small:
                return "Small letters only leave no name with its capital."
            return None
        return super().clashes(other)

    def same_count(self, other: Constraint) -> bool:
        return (
            isinstance(other, GivenNames)
            and super().same_count(other)
            and other.names == self.names
        )

    def with_count(self, draft: str, number: int) -> str:
        draft = self.fewer(draft, number)
        view = read_text(draft).masked
        had = {view.slice(span) for span in self.tally(view)}
        shift = plan().seed % len(self.names)
        free = [n for n in self.names[shift:] + self.names[:shift] if n not in had]
        new = free[: max(0, number - len(had))]
        frames = ("{} can check it.", "{} finds the same.", "So does {}.")
        made = [frames[i % 3].format(" and ".join(new[i : i + 3])) for i in range(0, len(new), 3)]
        return add(draft, [fitted(s, needed=True) or s for s in made])


def _is_word(name: str) -> bool:
    """Whether a name is one run of letters that other letters part from what is beside it."""
    run = pattern(name).fullmatch(name) is not None
    return run and "'" not in name and "’" not in name and not any(map(is_unspaced, name))


def _forms(name: str) -> tuple[str, ...]:
    """How a name may be written: as it is, with a capital at the beginning, all in capitals."""
    return name, name[:1].upper() + name[1:], name.upper()


def _straight(text: str) -> str:
    """A text with single blanks, no emphasis, its apostrophes and hyphens as they are typed."""
    text = unicodedata.normalize("NFC", text).translate(_UNSEEN).translate(_HYPHENS)
    return " ".join(text.split())


_HYPHENS = str.maketrans("‐‑", "--", "*_")
