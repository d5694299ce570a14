"""Drafts: the sentences that may be added to one, and where they go.

Builders change a draft without knowing of each other. What they must have in common (language,
seed, the sentence that states the answer, rules that an added sentence must not break) is the
`Plan`, set by the witness for the time of its work; without one a plain English plan holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from bridle.constraints.base import Constraint
from bridle.constraints.counting import Counted
from bridle.constraints.drafts.phrases import ANSWER_IS, SENTENCES, SPARE
from bridle.text import Span, read_text


@dataclass(frozen=True, slots=True)
class Plan:
    """What the builders of one draft have in common."""

    language: str = "en"
    seed: int = 0
    statement: str = ""  # the stretch of the draft that must survive, e.g. "\\boxed{42}"
    rules: tuple[Constraint, ...] = ()
    terse: bool = False  # add as few words as possible
    flowing: bool = False  # add as few sentences as possible: long ones, linked by semicolons
    memory: dict[tuple[str, bool], str | None] = field(
        default_factory=dict[tuple[str, bool], str | None], compare=False
    )  # what `fitted` has said of a sentence


_PLAIN = Plan()

_PLAN: ContextVar[Plan | None] = ContextVar("plan", default=None)


def plan() -> Plan:
    return _PLAN.get() or _PLAIN


@contextmanager
def planned(new: Plan) -> Generator[None]:
    token = _PLAN.set(new)
    try:
        yield
    finally:
        _PLAN.reset(token)


# -- sentences to add --------------------------------------------------------------------------------


def fitted(sentence: str, *, needed: bool = False) -> str | None:
    """The sentence as the plan's rules want it, or None where one forbids it.

    `needed`: another rule demands it, so rules that only bound a number are asked at the end.
    """
    memory = plan().memory
    key = (sentence, needed)
    if key not in memory:
        rules = [r for r in plan().rules if not (needed and isinstance(r, Counted))]
        memory[key] = _fitted(sentence, rules)
    return memory[key]


def _fitted(sentence: str, rules: list[Constraint]) -> str | None:
    now = sentence
    for rule in rules:
        fit = rule.fit(now)
        if not fit:
            return None
        now = fit
    return now if all(rule.fit(now) == now for rule in rules) else None


def fillers(
    draft: str = "", *, language: str | None = None, start: int = 0, needed: bool = False
) -> Iterator[str]:
    """Neutral sentences that break no rule of the plan, each once, in an order given by its seed;
    those that the draft has already come last, before them those that the rules' own banks offer.
    `start` begins further on in that order."""
    bank = SENTENCES[language or plan().language]
    size = len(bank)
    offset = plan().seed * 2654435761 % size  # Knuth's multiplicative hash: seeds far apart
    step = _steps(size)[plan().seed % len(_steps(size))]
    had = draft.lower()
    used: list[str] = []
    for i in range(size):
        sentence = fitted(bank[(offset + (start + i) * step) % size], needed=needed)
        if sentence and sentence.lower() in had:
            used.append(sentence)
        elif sentence:
            yield sentence
    if (language or plan().language) == "en":
        banks = (*(rule.bank for rule in plan().rules), SPARE if plan().rules else ())
        for offered in dict.fromkeys(s for bank in banks for s in bank):
            sentence = fitted(offered, needed=needed)
            if sentence:
                yield sentence
    yield from used


def _steps(size: int) -> list[int]:
    """Strides that visit every index of that size."""
    return [s for s in (1, 3, 5, 7, 11, 13) if size % s] or [1]


def answer_sentence(statement: str, language: str | None = None) -> str:
    """ "The answer is …." in the language."""
    templates = ANSWER_IS[language or plan().language]
    return templates[plan().seed % len(templates)].format(statement)


# -- where they go -----------------------------------------------------------------------------------

_LAST_STOP = re.compile(r"[.!?。！？।۔][\"'”’)*_]*\s*")
_RULE = re.compile(r"\*{3,}[ \t]*\n")
_LINE_MARK = re.compile(r"[ \t]*(?:[-*+•][ \t]+|\d+[.)][ \t]+|#+[ \t]+|[\"“])?")


def anchor(draft: str) -> int:
    """Where sentences can be added: before the sentence of the draft that states the answer, or
    before its last sentence."""
    statement = plan().statement
    at = draft.rfind(statement) if statement else draft.rfind("\\boxed{")
    if at < 0:
        spans = read_text(draft).masked.sentences
        at = spans[-1][0] if spans else len(draft)
        rule = _RULE.match(draft, at)  # a line between paragraphs, which the sentence begins with
        at = rule.end() if rule else at
    line = max(draft.rfind("\n", 0, at), draft.rfind("\r", 0, at)) + 1
    start = line
    mark = _LINE_MARK.match(draft, line, at)
    if mark:
        start = mark.end()
    for stop in _LAST_STOP.finditer(draft, line, at):
        start = stop.end()
    return start


def add(draft: str, sentences: list[str]) -> str:
    """The draft with sentences added where the answer is about to be stated."""
    if not sentences:
        return draft
    if plan().flowing:
        sentences = [_linked(sentences)]
    at = anchor(draft)
    before, after = draft[:at], draft[at:]
    gap = "" if not before or before[-1] in '\n \t"“' else " "
    tail = "" if not after or after[0].isspace() else " "
    if after.startswith(("#", "-", "* ", "+ ", "•")) or _opens_heading(after):
        tail = "\n"
    return before + gap + " ".join(sentences) + tail + after


def _linked(sentences: list[str]) -> str:
    """One sentence out of several, linked by semicolons."""
    clauses = [s[:-1] if s[-1] in ".!?" else s for s in sentences]
    rest = [c[0].lower() + c[1:] if c[1:2].islower() else c for c in clauses[1:]]
    return "; ".join([clauses[0], *rest]) + (
        sentences[-1][-1] if clauses[-1] != sentences[-1] else ""
    )


def add_block(draft: str, block: str) -> str:
    """The draft with lines of their own added before the paragraph that states the answer."""
    at = anchor(draft)
    line = draft.rfind("\n", 0, at) + 1
    if line == 0 and at > 0:
        line = at
    before, after = draft[:line].rstrip(), draft[line:].lstrip("\n")
    return "\n\n".join(part for part in (before, block, after) if part)


def _opens_heading(after: str) -> bool:
    first = after.split("\n", 1)[0]
    return (
        "\n" in after and len(first.split()) <= 3 and first[:1].isalpha() and first[-1:].isdigit()
    )


def is_statement(draft: str, span: Span) -> bool:
    """Whether this stretch states the answer (or holds a formula, so is not ours to drop)."""
    piece = draft[span[0] : span[1]]
    statement = plan().statement
    return statement in piece if statement else "\\boxed" in piece


def drop_sentences(draft: str, unwanted: Callable[[str], bool]) -> str:
    """The draft without the sentences of which `unwanted` is true, the statement excepted."""
    view = read_text(draft).masked
    kept: list[str] = []
    at = 0
    for span in view.sentences:
        if unwanted(draft[span[0] : span[1]]) and not is_statement(draft, span):
            kept.append(draft[at : span[0]])
            at = span[1]
            while at < len(draft) and draft[at] == " ":
                at += 1
    kept.append(draft[at:])
    return tidy("".join(kept)) if at else draft


def tidy(draft: str) -> str:
    """No blank line twice, no white space at the ends."""
    return re.sub(r"\n[ \t]*\n(?:[ \t]*\n)+", "\n\n", draft).strip()


def each_prose(draft: str, change: Callable[[str], str]) -> str:
    """The draft with `change` applied to all that is not maths or code."""
    parts: list[str] = []
    at = 0
    for start, end in read_text(draft).masked.hidden:
        parts += [change(draft[at:start]), draft[start:end]]
        at = end
    return "".join([*parts, change(draft[at:])])


def shorten(sentence: str, words: int) -> str:
    """The first words of a sentence, as a sentence."""
    spans = read_text(sentence).masked.words
    if words <= 0 or not spans:
        return ""
    if words >= len(spans):
        return sentence
    body = sentence[: spans[words - 1][1]].rstrip(" ,;:.!?。،、，")
    return body + (sentence[-1] if not sentence[-1].isalnum() else ".")


def words_of(text: str) -> int:
    return len(read_text(text).masked.words)


def some_fillers(number: int) -> list[str]:
    """That many filler sentences, from the start again when they run out."""
    found: list[str] = []
    while len(found) < number:
        more = list(fillers())
        if not more:
            break
        found += more[: number - len(found)]
    return found
