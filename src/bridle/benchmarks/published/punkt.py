"""Sentences as nltk's Punkt finds them, with parameters of our own.

    sentences("Dr. Li counts to 3.5. Is it so? Yes.")
    -> ["Dr. Li counts to 3.5.", "Is it so?", "Yes."]

The decisions are those of Kiss and Strunk (2006), "Unsupervised Multilingual Sentence Boundary
Detection", as nltk takes them: a full stop ends a sentence unless the word is an abbreviation, an
initial or a number and the next word speaks against it; `1.` before a capital is a sentence. nltk
learned abbreviations and words from newspapers and keeps them in a data file, which is fetched at
run time; here they are short lists written for this project, so a rare abbreviation can differ.
"""

# ruff: noqa: SIM905 (word lists are easier to read as text)
from __future__ import annotations

import functools
import itertools
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

# A sign that may end a sentence, and what must follow: closing punctuation, or space and a word.
_CANDIDATE = re.compile(r"""[.?!](?=[)";}\]*:@'({\[?!]|\s+(?P<next>\S))""")
_CLOSING = frozenset(")\";}]*:@'({[?!")
_NOT_WORD_START = frozenset('("`{[:;&#*@)}]-,')
_DOTS_OR_DASHES = re.compile(r"-{2,}|\.{2,}|(?:\.\s){2,}\.")
_SPACE = frozenset(string.whitespace)
_REALIGNED = re.compile(r"""["')\]}]+?(?:\s+|(?=--)|$)""", re.MULTILINE)
_NUMBER = re.compile(r"-?[.,]?\d[\d,.\-]*\.?")
_INITIAL = re.compile(r"[^\W\d]\.")

# What nltk's English file has for abbreviations, too. It has not "e.g.", "i.e.", "etc." or "no.": a
# sentence ends there. Sixteen single letters are in it: "the value of c. So" is one sentence, and
# "the value of b. So" is two.
ABBREVIATIONS = frozenset(
    """c d e f g h k l m n p r s t v w
    a.m p.m a.d u.s u.k u.n n.y n.j d.c l.a r.i u.s.a u.s.s.r ph.d mr mrs ms dr prof st jr sr
    gen col lt maj sen rep messrs inc corp co ltd bros vs jan feb aug sept sep oct nov dec tues
    wed fri ave ft ariz calif colo conn fla ga ill kan ky mich minn okla ore pa tenn va vt wash
    wis""".split()
)
# Words that often begin a sentence: after an abbreviation, a capital makes them a new one.
STARTERS = frozenset(
    """the a an this that these those it he she we they i you there here in on at by for from
    with as if when while although though since because after before but and so yet or however
    moreover furthermore therefore thus meanwhile nevertheless finally first second third next
    then also another some many most all each both such under during let our my his her their its
    what who why how where not no yes please now once despite instead additionally""".split()
)
# Further words that are common in lower case: an initial before them does not name a person.
LOWER = STARTERS | frozenset(
    """is are was were be been has have had do does did will would can could may might should must
    one two three four five answer question step note given find solve consider suppose use using
    to of into about over than more less other which any every only just very because which
    remember make take see look write think try add start end keep help choose check
    people time way day year thing man woman life world work part place case point number group
    problem fact hand eye week company system program question government night home water room
    mother area money story month lot right study book word business issue side kind head house
    service friend father power hour game line member law car city community name president team
    minute idea body information back parent face others level office door health person art war
    history party result change morning reason research girl guy moment air teacher force
    education happy good new long great little own old big high different small large next early
    young important few public bad same able dear well still even never always often sometimes
    perhaps maybe overall generally specifically similarly likewise hence accordingly ultimately
    good thanks thank sorry sure okay""".split()
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in order, without the space between them. Linear in its length."""
    return [text[start:end] for start, end in spans(text)]


def count_sentences(text: str) -> int:
    """How many sentences Punkt finds; an item number such as `1.` before a capital is one."""
    return sum(1 for _ in spans(text))


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Half-open character offsets of the sentences; closing quotes and brackets stay with theirs."""
    moved = 0
    held: tuple[int, int] | None = None
    for piece in _pieces(text):
        if held is not None:
            start, end = held[0] + moved, held[1]
            close = _REALIGNED.match(text, *piece) if piece[0] < piece[1] else None
            if close:
                yield start, piece[0] + len(close.group().rstrip())
                moved = close.end() - piece[0]
            else:
                moved = 0
                if start < end:
                    yield start, end
        held = piece
    if held is not None and held[0] + moved < held[1]:
        yield held[0] + moved, held[1]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    last = 0
    for at, word_start, next_start in _contexts(text):
        word = text[word_start : at + 1]
        if next_start is None:
            followed = word + text[at + 1]
        else:
            end = next_start
            while end < len(text) and not text[end].isspace():
                end += 1
            followed = word + text[at + 1 : end]
        if _breaks_often(followed) if len(followed) < 64 else _breaks(followed):
            yield last, at + 1
            last = at + 1 if next_start is None else next_start
    yield last, len(text.rstrip())


def _contexts(text: str) -> Iterator[tuple[int, int, int | None]]:
    """(position of the sign, start of its word, start of the next word): one for each word.

    Of several signs in one word the last counts.
    """
    held: tuple[int, int, int | None] | None = None
    start, stop = 0, 0
    for match in _CANDIDATE.finditer(text):
        at = match.start()
        space = at - 1
        while space > stop and text[space] not in _SPACE:
            space -= 1
        word = space + 1 if space > stop else start
        if held is not None and stop <= word:
            yield held
        named = match.start("next")
        held = (at, word, named if named >= 0 else None)
        start, stop = word, at
    if held is not None:
        yield held


@dataclass(slots=True)
class _Token:
    text: str
    kind: str  # lower case, numbers as one kind
    breaks: bool = False
    abbreviation: bool = False
    dots: bool = False

    @property
    def kind_bare(self) -> str:
        return self.kind[:-1] if len(self.kind) > 1 and self.kind.endswith(".") else self.kind


def _breaks(context: str) -> bool:
    """Whether a sentence ends inside the context: a word, its sign and what follows."""
    tokens = [_first_look(token) for line in context.split("\n") for token in _words(line)]
    for token, following in itertools.pairwise(tokens):
        if token.text.endswith("."):
            _second_look(token, following)
        if token.breaks:
            return True
    return False


_breaks_often = functools.lru_cache(maxsize=4096)(_breaks)  # the same few words end sentences


def _words(line: str) -> Iterator[str]:
    at, end = 0, len(line)
    while at < end:
        run = _DOTS_OR_DASHES.match(line, at)
        if run:
            yield run.group()
            at = run.end()
        elif line[at].isspace():
            at += 1
        elif line[at] in _NOT_WORD_START:
            yield line[at]
            at += 1
        else:
            stop = at + 1
            while stop < end and not _ends_word(line, stop):
                stop += 1
            yield line[at:stop]
            at = stop


def _ends_word(line: str, at: int) -> bool:
    here = line[at]
    if here.isspace() or here in _CLOSING:
        return True
    if here in "-." and _DOTS_OR_DASHES.match(line, at):
        return True
    if here != ",":
        return False
    after = at + 1
    return (
        after == len(line)
        or line[after].isspace()
        or line[after] in _CLOSING
        or _DOTS_OR_DASHES.match(line, after) is not None
    )


def _first_look(word: str) -> _Token:
    lowered = word.lower()
    number = _NUMBER.fullmatch(lowered)
    token = _Token(word, "##number##" if number else lowered)
    if word in (".", "?", "!"):
        token.breaks = True
    elif len(word) > 1 and not word.strip("."):
        token.dots = True
    elif word.endswith(".") and not word.endswith(".."):
        bare = lowered[:-1] if len(lowered) == len(word) else word[:-1].lower()
        known = bare in ABBREVIATIONS or bare.rsplit("-", 1)[-1] in ABBREVIATIONS
        token.abbreviation = known
        token.breaks = not known
    return token


def _second_look(token: _Token, following: _Token) -> None:
    kind = following.kind_bare if following.breaks else following.kind
    initial = _INITIAL.match(token.text) is not None and len(token.text) == 2
    if (token.abbreviation or token.dots) and not initial:
        capital = following.text[0].isupper()
        if capital and kind in LOWER:
            token.breaks = True
            return
    if initial or token.kind_bare == "##number##":
        verdict = _starts_sentence(following, kind)
        unknown_name = verdict is None and initial and following.text[0].isupper()
        if verdict is False or (unknown_name and kind not in LOWER):
            token.breaks = False
            token.abbreviation = True


def _starts_sentence(token: _Token, kind: str) -> bool | None:
    """True, False, or None where the word's case tells nothing."""
    if token.text in (";", ":", ",", ".", "!", "?"):
        return False
    if token.text[0].isupper() and kind in LOWER and kind not in STARTERS:
        return True
    if token.text[0].islower():
        return False
    return None
