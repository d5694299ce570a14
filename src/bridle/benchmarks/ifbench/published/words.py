"""IFBench's rules on words: how many, which ones, how each is built (`count:` and `words:`).

Words are mostly what white space separates, with ASCII punctuation taken off; where the rule says
tokens they are nltk's. Source: allenai/IFBench, instructions.py as published with the paper (Pyatkin
et al. 2025, arXiv 2507.02833).
"""

from __future__ import annotations

import itertools
import re
import string
from collections import Counter
from typing import Any

from bridle.benchmarks.ifbench.published.lists import (
    CONJUNCTIONS,
    NAMES,
    PRIMES,
    PRONOUNS,
    STOP_WORDS,
    starts_like_a_verb,
)
from bridle.benchmarks.published.checks import count_words
from bridle.benchmarks.published.fullstops import split as sentences
from bridle.benchmarks.published.patterns import Undecided
from bridle.benchmarks.published.rule import Args, Rule
from bridle.benchmarks.published.words import words

PUNCTUATION_AND_SPACE = string.punctuation + " "
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)
_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_CLUSTER = re.compile(r"[bcdfghjklmnpqrstvwxyz]{2}")


def without_punctuation(text: str) -> str:
    """The text less ASCII punctuation: `it's` becomes `its`, `3.5` becomes `35`."""
    return text.translate(_NO_PUNCTUATION)


def bare_words(text: str) -> list[str]:
    """Lower-case words less ASCII punctuation, split at white space."""
    return without_punctuation(text.lower()).split()


# -- count ----------------------------------------------------------------------------------------


def _word_range(text: str, args: Args) -> bool:
    return args["min_words"] <= count_words(text) <= args["max_words"]


def _unique_words(text: str, args: Args) -> bool:
    # A token of punctuation alone is the empty word, and counts as one.
    return len({word.strip(PUNCTUATION_AND_SPACE) for word in text.lower().split()}) >= args["N"]


def _stop_words(text: str, args: Args) -> bool:
    # Without any word upstream divides by zero and stops.
    found = [match.group().lower() for match in _WORD.finditer(text)]
    share = sum(1 for word in found if word in STOP_WORDS) / len(found) * 100
    return share <= args["percentage"]


def _conjunctions(text: str, args: Args) -> bool:
    # Compared as written: "and", "And" and "and," are three different ones.
    found = {w for w in text.split() if w.strip(PUNCTUATION_AND_SPACE).lower() in CONJUNCTIONS}
    return len(found) >= args["small_n"]


def _names(text: str, args: Args) -> bool:
    # Within longer words, too: "Leonardo" has Leo.
    return sum(1 for name in NAMES if name in text) >= args["N"]


def _numbers(text: str, args: Args) -> bool:
    return sum(1 for _ in _DIGITS.finditer(without_punctuation(text))) == args["N"]


def _pronouns(text: str, args: Args) -> bool:
    # "it's" counts, being "its" without its apostrophe; "I'm" and "he'll" do not.
    return sum(1 for word in bare_words(text.replace("/", " ")) if word in PRONOUNS) >= args["N"]


def _every_punctuation_mark(text: str, _: Args) -> bool:
    if not any(mark in text for mark in ("?!", "!?", "‽")):
        return False
    joined = "?!" if "?!" in text else "!?"
    return set(".,!?;:") <= set(text.replace(joined, "", 1))


def _japanese(text: str, args: Args) -> bool:
    every = args["N"]
    for number, word in enumerate(text.split(), start=1):
        bare = word.strip(PUNCTUATION_AND_SPACE)
        if number % every == 0 and bare and not bare.isdigit() and not _JAPANESE.search(bare):
            return False
    return True


def _keywords_multiple(text: str, args: Args) -> bool:
    low = text.lower()
    wanted = zip(range(1, 6), (1, 2, 3, 5, 7), strict=True)
    return all(low.count(args[f"keyword{i}"].strip().lower()) == times for i, times in wanted)


# -- words ----------------------------------------------------------------------------------------


def _alphabet(text: str, _: Args) -> bool:
    found = without_punctuation(text).split()
    letter = found[0][0].lower()  # upstream stops where there is no word
    if len(letter) != 1 or letter not in string.ascii_lowercase:
        return False
    start = ord(letter) - ord("a")
    return all(
        word.lower()[0] == string.ascii_lowercase[(start + step) % 26]
        for step, word in enumerate(found[1:], start=1)
    )


def _vowels(text: str, _: Args) -> bool:
    body = text.strip()
    return "\n" not in body and len(set(body.lower()) & set("aeiou")) <= 3


def _consonants(text: str, _: Args) -> bool:
    return all(_CLUSTER.search(word) for word in text.lower().split())


def _palindromes(text: str, _: Args) -> bool:
    return sum(1 for word in bare_words(text) if len(word) >= 5 and word == word[::-1]) >= 10


def _prime_lengths(text: str, _: Args) -> bool:
    return all(len(word) in PRIMES for word in without_punctuation(text).split())


def _repeats(text: str, args: Args) -> bool:
    counted = Counter(bare_words(text))
    return max(counted.values(), default=0) <= args["small_n"]


def _no_consecutive(text: str, _: Args) -> bool:
    return all(one[0] != other[0] for one, other in itertools.pairwise(bare_words(text)))


def _syllables(text: str, _: Args) -> bool:
    try:
        import syllapy
    except ImportError:
        raise Undecided("syllapy is not installed (the extra 'upstream')") from None
    parities = [syllapy.count(word) % 2 for word in bare_words(text)]
    return all(one != other for one, other in itertools.pairwise(parities))


def _start_verb(text: str, _: Args) -> bool:
    return starts_like_a_verb(words(text))


def _last_first(text: str, _: Args) -> bool:
    for one, other in itertools.pairwise(sentences(text)):
        # Upstream stops at a sentence of punctuation alone.
        last = one.rstrip(PUNCTUATION_AND_SPACE).split()[-1]
        first = other.lstrip(PUNCTUATION_AND_SPACE).split(maxsplit=1)[0]
        if last.lower() != first.lower():
            return False
    return True


def _paragraph_last_first(text: str, _: Args) -> bool:
    for line in text.split("\n"):
        found = line.strip().lower().strip(PUNCTUATION_AND_SPACE).split()
        if found and found[0] != found[-1]:
            return False
    return True


def _words_position(text: str, args: Args) -> bool:
    tokens = words(text)
    return len(tokens) >= 2 and tokens[1] == tokens[-2] == args["keyword"].strip()


def _keyword_position(text: str, args: Args) -> bool:
    n, m = args["n"], args["m"]
    found = sentences(text)
    if len(found) < n:
        return False
    tokens = words(found[n - 1])
    return len(tokens) >= m and tokens[m - 1] == args["keyword"].strip()


class _Cycle(Rule):
    """Upstream stops where `N` is missing, though it draws it where it is too low."""

    def complete(self, given: Args) -> list[dict[str, Any]]:
        if given.get("N") is None:
            raise TypeError("N is missing")
        return Rule.complete(self, given)


_N = {"N": 0}
_KEYWORDS = tuple(f"keyword{i}" for i in range(1, 6))

RULES: dict[str, Rule] = {
    "count:word_count_range": Rule(
        _word_range, {"min_words": (), "max_words": ()}, {"min_words": 0, "max_words": 0}
    ),
    "count:unique_word_count": Rule(_unique_words, {"N": (100, 500)}, _N),
    "ratio:stop_words": Rule(_stop_words, {"percentage": (1, 100)}, {"percentage": 0}),
    "count:conjunctions": Rule(_conjunctions, {"small_n": (2, 6)}, {"small_n": 0}),
    "count:person_names": Rule(_names, {"N": (1, 50)}, _N),
    "count:numbers": Rule(_numbers, {"N": (1, 2, 3, 4, 5, 6)}, _N),
    "count:pronouns": Rule(_pronouns, {"N": (1, 25)}, _N),
    "count:punctuation": Rule(_every_punctuation_mark),
    "count:words_japanese": _Cycle(_japanese, {"N": tuple(range(1, 31))}, _N),
    "count:keywords_multiple": Rule(_keywords_multiple, dict.fromkeys(_KEYWORDS, ())),
    "words:alphabet": Rule(_alphabet),
    "words:vowel": Rule(_vowels),
    "words:consonants": Rule(_consonants),
    "words:palindrome": Rule(_palindromes),
    "words:prime_lengths": Rule(_prime_lengths),
    "words:repeats": Rule(_repeats, {"small_n": (1, 5)}, {"small_n": 0}),
    "words:no_consecutive": Rule(_no_consecutive),
    "words:odd_even_syllables": Rule(_syllables),
    "words:start_verb": Rule(_start_verb),
    "words:last_first": Rule(_last_first),
    "words:paragraph_last_first": Rule(_paragraph_last_first),
    "words:words_position": Rule(_words_position, {"keyword": ()}),
    "words:keywords_specific_position": Rule(
        _keyword_position, {"keyword": (), "n": (), "m": ()}, falsy=("keyword", "n", "m")
    ),
}
