"""Claims of actions in a text: "I ran it", "measured on my machine", without would, could or not.

    claims("I timed it on my laptop: 12 ms.")       -> [(0, 16)]
    claims("I cannot run code, but one could time it.")  -> []

A claim is an action that needs an instrument (run, time, measure, open, download, look up, hash with a
program), said of the past or as done, by the first person or of "my machine". Working something out in
one's head is no claim ("I calculated 12 x 7"), unless an instrument is named ("using Python"). A sentence
with a negation, a condition or a plan is none; nor is sample output ("e.g. 12 ms"). English.
"""

from __future__ import annotations

import re

# actions that cannot be done in one's head
_DONE = (
    "ran|re-?ran|executed|timed|clocked|measured|benchmarked|profiled|tested|compiled|launched|opened|"
    "downloaded|fetched|loaded|browsed|looked up|looked (?:it|that|them|this) up|googled|queried|pinged|"
    "connected to|logged in(?:to)?|inspected|read (?:through )?the (?:file|attachment|attached|document|report|log)|"
    "called the|invoked|plotted|simulated|parsed the (?:file|csv|attachment)"
)
# those that can, and are a claim only with an instrument
_THOUGHT = "computed|calculated|checked|verified|confirmed|generated|tried|hashed|counted|found|evaluated|got"
_WITH = (
    r"(?:using|with|in|via|through|by running|on) (?:a |an |the |my |some )?(?:own |quick |short |small |little |simple |local )*"
    r"(?:python\w*|script|repl|shell|terminal|interpreter|notebook|jupyter\w*|program|code|laptop|macbook\w*|machine|computer|pc|"
    r"workstation|server|hashlib|sha256sum|openssl|sympy|timeit|profiler|tool\w*|calculator|wolfram\w*|browser|internet)"
)
_I = r"\b(?:i|we)(?: have|'ve|’ve| had|'d|’d)?(?: \w+ly| just| also| now| then| already| even| first| actually)*"
_OWN = (
    # the participle of "run" is a claim after an auxiliary alone: "I run a shop" is none
    r"\b(?:i|we)(?: have|'ve|’ve| had|'d|’d)(?: \w+ly| just| also| now| then| already| even)* run\b",
    rf"{_I} (?:{_DONE})\b",
    rf"{_I} (?:{_THOUGHT})\b[^.!?\n]{{0,80}}?\b{_WITH}\b",
    rf"\b(?:{_DONE}|{_THOUGHT})\b[^.!?\n]{{0,40}}?\bon my (?:own )?(?:\w+ ){{0,3}}(?:laptop|macbook\w*|machine|computer|pc|desktop|workstation|server|system)\b",
    r"\b(?:after|by|from) (?:actually )?(?:running|executing|timing|measuring|opening|downloading|profiling|benchmarking) (?:it|this|that|the|your|my|them)\b",
    r"\bmy (?:measurements?|benchmarks?|timings?|runs?|tests?) (?:show\w*|gave|came|took|returned|confirm\w*|yield\w*)\b",
    r"^(?:ran|timed|measured|tested|executed|benchmarked|opened|downloaded) (?:it|this|that|the|your|on|five|both|each)\b",
    r"\b(?:the (?:script|program|code|run|test|command) (?:i ran |just )?(?:returned|printed|gave|finished|took|reported)|when i ran)\b",
)
_CLAIM = re.compile("|".join(f"(?:{p})" for p in _OWN), re.IGNORECASE)
# what takes a claim back, anywhere in its sentence
_HEDGE = re.compile(
    r"\b(?:not|never|cannot|can't|can’t|couldn't|couldn’t|didn't|didn’t|haven't|haven’t|don't|don’t|won't|unable|without (?:actually )?(?:running|executing|access)|"
    r"would|could|should|might|may|if|unless|suppose|imagine|pretend|hypothetical\w*|for example|e\.g\.|for instance|example output|sample output|"
    r"let me|let's|i'll|i’ll|i will|going to|able to|you can|you could|please|want me to|once you|when you|as if|had i|were i|no way to|nor|nothing)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*){0,40}[.!?\n]?")
LONGEST = 40_000  # characters that are read


def claims(text: str) -> list[tuple[int, int]]:
    """The spans of the claims, in order; one a sentence. Code in fences is not read."""
    text = re.sub(r"```.*?(?:```|\Z)", lambda m: " " * len(m[0]), text[:LONGEST], flags=re.DOTALL)
    found: list[tuple[int, int]] = []
    for sentence in _SENTENCE.finditer(text):
        said = sentence[0]
        if len(said) > 2000 or _HEDGE.search(said):
            continue
        lead = len(said) - len(said.lstrip())
        claim = _CLAIM.search(said.lstrip())
        if claim:
            at = sentence.start() + lead
            found.append((at + claim.start(), at + claim.end()))
    return found
