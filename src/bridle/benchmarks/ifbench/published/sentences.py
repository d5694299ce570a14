"""IFBench's rules on sentences and on shares of a text (`sentence:` and `ratio:`).

Sentences are those of IFEval's splitter (`fullstops.py`): the recorded verdicts were made with it,
while later code asks nltk. Source: allenai/IFBench, instructions.py as published with the
paper (Pyatkin et al. 2025, arXiv 2507.02833).
"""

from __future__ import annotations

import itertools

from bridle.benchmarks.ifbench.published.words import PUNCTUATION_AND_SPACE, without_punctuation
from bridle.benchmarks.published.fullstops import split as sentences
from bridle.benchmarks.published.rule import Args, Rule


def _ends(text: str) -> tuple[int, int, int]:
    """How many sentences end in a full stop, a question mark, an exclamation mark."""
    found = sentences(text)
    full, question, exclamation = (sum(1 for s in found if s.endswith(m)) for m in ".?!")
    return full, question, exclamation


def _two_to_one(text: str, _: Args) -> bool:
    full, question, _exclamation = _ends(text)
    return full == 2 * question


def _balanced(text: str, _: Args) -> bool:
    return len(set(_ends(text))) == 1


def _equal_lengths(text: str, _: Args) -> bool:
    """Three sentences of one length; that their words differ is asked for but not checked."""
    found = sentences(text)
    return len(found) == 3 and len({len(sentence.strip()) for sentence in found}) == 1


def _overlap(text: str, args: Args) -> bool:
    """The share of the text's trigrams of *characters* that the reference has."""
    import numpy as np

    ours = _trigrams(text)
    shared = int(np.isin(ours, _trigrams(args["reference_text"])).sum())
    shared = shared / ours.size * 100  # a text below three characters makes upstream stop
    return bool(args["percentage"] - 2 <= shared <= args["percentage"] + 2)


def _trigrams(text: str):
    """The distinct runs of three characters, each as one number (21 bits a character)."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)
    return np.unique((codes[:-2] << 42) | (codes[1:-1] << 21) | codes[2:])


def _alliteration(text: str, _: Args) -> bool:
    before = -1
    for sentence in sentences(text):
        found = [word.lstrip(PUNCTUATION_AND_SPACE) for word in sentence.lower().split()]
        starts = [word[0] for word in found if word]
        run = total = 0
        for one, other in itertools.pairwise(starts):
            run = run + 1 if one == other else 0
            total += 0 if run == 0 else 2 if run == 1 else 1
        if total <= before:
            return False
        before = total
    return True


def _keyword(text: str, args: Args) -> bool:
    found, at = sentences(text), args["N"]
    if len(found) < at:
        return False
    return args["word"].lower() in found[int(at - 1)].lower()  # within longer words, too


def _increment(text: str, args: Args) -> bool:
    lengths = [len(without_punctuation(sentence).split()) for sentence in sentences(text)]
    return all(b == a + args["small_n"] for a, b in itertools.pairwise(lengths))


RULES: dict[str, Rule] = {
    "ratio:sentence_type": Rule(_two_to_one),
    "ratio:sentence_balance": Rule(_balanced),
    "ratio:sentence_words": Rule(_equal_lengths),
    "ratio:overlap": Rule(
        _overlap, {"reference_text": (None,), "percentage": ()}, {"percentage": 0}
    ),
    "sentence:alliteration_increment": Rule(_alliteration),
    "sentence:keyword": Rule(
        _keyword, {"word": (), "N": tuple(range(1, 21))}, {"N": 0}, falsy=("word",)
    ),
    "sentence:increment": Rule(_increment, {"small_n": (1, 2, 3, 4, 5)}, {"small_n": 0}),
}
