"""English word lists. Data, no code.

The names are those of IFBench's instruction (Pyatkin et al. 2025, arXiv 2507.02833), which lists
them; the stop words are the commonly used list of nltk, as the parts between apostrophes.
"""

# ruff: noqa: SIM905 (word lists are easier to read as text)
from __future__ import annotations

CONJUNCTIONS = ("for", "and", "nor", "but", "or", "yet", "so")

NAMES = tuple(
    """Emma Liam Sophia Jackson Olivia Noah Ava Lucas Isabella Mason Mia Ethan Charlotte Alexander
    Amelia Benjamin Harper Leo Zoe Daniel Chloe Samuel Lily Matthew Grace Owen Abigail Gabriel Ella
    Jacob Scarlett Nathan Victoria Elijah Layla Nicholas Audrey David Hannah Christopher Penelope
    Thomas Nora Andrew Aria Joseph Claire Ryan Stella Jonathan""".split()
)

PRONOUNS = frozenset(
    """i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his
    himself she her hers herself it its itself they them their theirs themself themselves thou thee
    thy thine oneself who whom whose whoever whomever someone somebody something anyone anybody
    anything everyone everybody everything nobody nothing""".split()
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
