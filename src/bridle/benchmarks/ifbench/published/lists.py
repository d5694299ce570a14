"""Word lists that IFBench's rules use, and a stand-in for the tagger that one of them needs.

Names and primes are stated by the instruction itself or by IFBench's checker; the stop words are
those of nltk's English list that a run of letters can be.
"""

# ruff: noqa: SIM905 (word lists are easier to read as text)
from __future__ import annotations

from collections.abc import Sequence

CONJUNCTIONS = frozenset({"and", "but", "for", "nor", "or", "so", "yet"})

NAMES = frozenset(
    """Emma Liam Sophia Jackson Olivia Noah Ava Lucas Isabella Mason Mia Ethan Charlotte Alexander
    Amelia Benjamin Harper Leo Zoe Daniel Chloe Samuel Lily Matthew Grace Owen Abigail Gabriel Ella
    Jacob Scarlett Nathan Victoria Elijah Layla Nicholas Audrey David Hannah Christopher Penelope
    Thomas Nora Andrew Aria Joseph Claire Ryan Stella Jonathan""".split()
)

# Below 100; a longer word never has a prime length for IFBench.
PRIMES = frozenset(n for n in range(2, 100) if all(n % k for k in range(2, n)))

PRONOUNS = frozenset(
    """i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his
    himself she her hers herself it its itself they them their theirs themselves""".split()
)

STOP_WORDS = frozenset(
    """i me my myself we our ours ourselves you your yours yourself yourselves he him his himself
    she her hers herself it its itself they them their theirs themselves what which who whom this
    that these those am is are was were be been being have has had having do does did doing a an the
    and but if or because as until while of at by for with about against between into through during
    before after above below to from up down in out on off over under again further then once here
    there when where why how all any both each few more most other some such no nor not only own
    same so than too very s t can will just don should now d ll m o re ve y ain aren couldn didn
    doesn hadn hasn haven isn ma mightn mustn needn shan shouldn wasn weren won wouldn""".split()
)

# Verbs that are seldom anything else: what can be a noun ("build", "work") the tagger takes for one
# when a capital stands first.
_VERBS = frozenset(
    """be is are was were am do does did have has had having let go goes went get gets got make makes
    made take takes took give gives gave see sees saw know knows knew think thinks say says said
    tell tells told ask asks find finds found come comes came become becomes became keep keeps kept
    begin begins began bring brings brought write wrote read hear heard hold held buy bought pay
    paid meet met send sent sit sat lose lost speak spoke choose chose eat ate teach taught catch
    caught try tries tried seem seems follow create creates add adds allow allows include includes
    continue continues learn learns understand understands consider considers remember remembers
    imagine explain explains describe describes discuss explore discover develop develops analyze
    compare identify provide provides ensure apply avoid avoids believe believes engage evaluate
    examine gather generate implement improve improves install join listen define calculate compute
    solve prove proves determine verify select enter remain remains suppose thank avoid adopt assess
    assume craft cultivate delve enjoy establish expand introduce invest investigate maintain manage
    optimize organize perform prepare prioritize protect pursue recognize reduce refer replace seek
    simplify strive summarize translate unleash utilize remove stay look want wants""".split()
)


def starts_like_a_verb(tokens: Sequence[str]) -> bool:
    """Whether the first token looks like a verb, for the tagger that upstream downloads.

    A list of verbs, the ending `-ing`, and `-ed`: an approximation, since the tagger's weights are
    not part of any package.
    """
    if not tokens:
        return False
    first = tokens[0].lower()
    if first in _VERBS:
        return True
    return len(first) > 5 and first.isalpha() and first.endswith(("ing", "ed"))
