"""Scripted subjects: models whose behaviour is known, asked as any model is (`--model subject/KIND`).

    perfect         answers rightly and obeys
    forgetting      from some turn on it neither obeys a rule nor can name it (single questions: half of them)
    disregarding    names every rule and breaks most of them
    cheating        reaches the wanted result by a way that was forbidden (its probe says which)
    random          writes words and letters by chance

They show that a probe tells these apart with the interval that it claims. A subject knows the item
behind a prompt because the probe that made it in this process told (`learn`); nothing else is asked
of it. Its answers follow from the conversation and the seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bridle.benchmarks.item import Ask, Item
from bridle.calls import Message
from bridle.constraints import Conflict, Constraint, witness
from bridle.errors import BridleError, nearest
from bridle.probes import heard
from bridle.probes.base import KNOWN, Asked, Probe

KINDS = {
    "perfect": "answers rightly and obeys",
    "forgetting": "from some turn on neither obeys a rule nor can name it",
    "disregarding": "names every rule and breaks most of them",
    "cheating": "reaches the wanted result by a forbidden way",
    "random": "writes words and letters by chance",
}
FORGETS_AFTER = 8.0  # turns, the mean of a geometric distribution
BREAKS = 0.7  # of the answers of the disregarding subject
WORDS = [
    "red",
    "lamp",
    "seven",
    "river",
    "maybe",
    "12",
    "open",
    "5",
    "fish",
    "under",
    "table",
    "so",
    "40",
    "left",
]


def respond(kind: str, messages: Sequence[Message], seed: int = 0) -> str:
    """What the subject says to a conversation.

    Raises:
        BridleError: no such subject, or a prompt of none of the probes made in this process.
    """
    if kind not in KINDS:
        near = nearest(kind, KINDS)
        raise BridleError(
            f"There is no subject {kind!r}.",
            expected=(f"did you mean {near!r}? " if near else "") + f"One of: {', '.join(KINDS)}",
        )
    messages = tuple(messages)
    last = messages[-1]["content"]
    rng = Random(f"{kind}/{seed}/{len(messages)}/{last}")
    if last.startswith(heard.HEAD):
        return _names(kind, messages, rng)
    probe, asked = _find(messages)
    said = probe.act(kind, asked, rng) if probe.act is not None else None
    return usual(kind, asked, rng) if said is None else said


def usual(kind: str, asked: Asked, rng: Random) -> str:
    """The usual answer of a subject: what is wanted, or something that breaks the rules."""
    if kind == "random":
        return " ".join(rng.choices(WORDS, k=rng.randint(1, 30))) + "."
    if kind in ("forgetting", "disregarding", "cheating") and not heeds(kind, asked, rng):
        return broken(asked.ask)
    return obedient(asked.ask.constraints, asked.ask.answer)


def heeds(kind: str, asked: Asked, rng: Random) -> bool:
    """Whether the subject obeys this time."""
    if kind == "forgetting":
        return remembers(asked.item, asked.turn)
    return kind == "perfect" or rng.random() >= BREAKS


def remembers(item: Item, turn: int) -> bool:
    """Whether the forgetting subject still knows the rules in that turn."""
    rng = Random(f"forgets/{item.id}")
    if not item.later:
        return rng.random() < 0.5
    at = 1
    while rng.random() >= 1 / FORGETS_AFTER:
        at += 1
    return turn < at


def obedient(rules: Sequence[Constraint], answer: str | None) -> str:
    """A text that obeys the rules and states the answer."""
    made = witness(list(rules), answer or "")
    return f"The answer is {answer}." if isinstance(made, Conflict) else made


def broken(ask: Ask) -> str:
    """A right answer that breaks every rule which can be broken."""
    text = f"Well, the Answer is, of course, {ask.answer or 'known'}"
    for rule in ask.constraints:
        if rule.check(text).obeyed is True:
            text = rule.violate(text)
    return text


def _names(kind: str, messages: tuple[Message, ...], rng: Random) -> str:
    probe_item = _find(messages, before=1)[1]
    side = heard.question(probe_item.item, probe_item.turn)
    true = set(side.metadata["letters"])
    if kind == "random":
        true = {x for x in heard.LETTERS[: heard.OPTIONS] if rng.random() < 0.5}
    elif kind == "forgetting" and not remembers(probe_item.item, probe_item.turn):
        true = set[str]()
    return ", ".join(sorted(true)) or "NONE"


def _find(messages: tuple[Message, ...], before: int = 0) -> tuple[Probe, Asked]:
    """The item behind the last user message, or the one `before` it."""
    users = [m["content"] for m in messages if m["role"] == "user"]
    users = users[: len(users) - before]
    system = next((m["content"] for m in messages if m["role"] == "system"), "")
    for text in reversed(users):
        parts = text.split("\n\n")
        for start in range(len(parts)):
            found = KNOWN.get("\n\n".join(parts[start:]), [])
            found = [f for f in found if (f[1].system or "") in system] or found
            if found:
                probe, item, turn = found[-1]
                return probe, Asked(item, item.asks[turn], turn, messages)
    raise BridleError(
        "A scripted subject was asked something that no probe of this process has made.",
        expected="bridle probe NAME --model subject/perfect",
    )
