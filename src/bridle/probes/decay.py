"""decay: do standing rules and a persona last over 24 turns, and what makes them go?

Definition: rules are stated once, before the first turn; obedience is a function of the turn, with small
problems of one kind whose difficulty does not depend on the turn.
Arms: `decay:history=own` (the model's own answers stay in the conversation), `obedient` and `poisoned`
(answers that obey, that break the rules, in their place: distance apart from imitation of oneself),
`remind=6` (the rules again before every sixth turn), `place=memory` (in the first user turn instead of
the system message), `rules=unstated` (the floor).
Side questions: heard, in the turns 1, 2, 4, 8, 12, 16 and 24.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bridle import arms
from bridle.arms import Arm
from bridle.benchmarks.item import Ask, Condition, Item, conversation
from bridle.calls import Message, Request, assistant, system, user
from bridle.constraints import Conflict, Constraint, get, witness
from bridle.probes import heard, subjects
from bridle.probes.base import Probe, register
from bridle.problems.base import Problem
from bridle.problems.generated import generate

TURNS = 24
FORKS = (1, 2, 4, 8, 12, 16, 24)  # turns counted from 1
HISTORIES = ("own", "obedient", "poisoned")
NAMES = ("Wren", "Alder", "Juno", "Pike", "Sable", "Tarn", "Marlow", "Quill")
REMINDER = "Remember the rules for your answers:"
# the marks of a persona: (type, parameters), NAME filled in; all can be obeyed in an answer of one line
MARKS: tuple[tuple[str, dict[str, object]], ...] = (
    ("end_phrase", {"phrase": "NAME out."}),
    ("start_phrase", {"phrase": "NAME here:"}),
    ("no_comma", {}),
    ("lowercase", {}),
    ("uppercase", {}),
    ("words", {"less_than": 40}),
    ("forbidden_words", {"words": ["answer", "total"]}),
    ("keywords", {"keywords": ["harbour"]}),
    ("sentences", {"less_than": 4}),
    ("title", {}),
    ("highlights", {"at_least": 1}),
    ("paragraphs", {"exactly": 2}),
    ("capital_words", {"at_least": 2}),
    ("postscript", {}),
)


def rules_of(rng: Random, name: str) -> tuple[Constraint, ...]:
    """Three rules of different types that one short answer can obey together."""
    while True:
        drawn: list[Constraint] = []
        for kind, params in rng.sample(MARKS, 3):
            filled = {
                k: v.replace("NAME", name) if isinstance(v, str) else v for k, v in params.items()
            }
            drawn.append(get(kind, **filled))
        made = witness(drawn, "12")
        if not isinstance(made, Conflict) and all(r.check(made).obeyed is True for r in drawn):
            return tuple(drawn)


def stated(name: str, rules: Sequence[Constraint]) -> str:
    """The persona and its rules as the system message says them."""
    lines = [f"You are {name}, who answers small questions. In every answer, to the last turn:"]
    lines += [f"- {' '.join(rule.describe().split())}" for rule in rules]
    return "\n".join(lines)


def make(count: int, seed: int) -> tuple[Item, ...]:
    """So many conversations of 24 turns."""
    return tuple(one(index, seed) for index in range(count))


def one(index: int, seed: int, turns: int = TURNS) -> Item:
    """The conversation of that number."""
    rng = Random(f"decay/{seed}/{index}")
    name = rng.choice(NAMES)
    rules = rules_of(rng, name)
    asks: list[Ask] = []
    for turn in range(turns):
        # one or two steps, drawn anew for every turn: difficulty must not go with the turn
        problem = generate(
            index * turns + turn, seed=seed + 7_000, steps=rng.choice((1, 2))
        ).problem
        asks.append(Ask(prompt=problem.question, answer=problem.answer, metadata={"name": name}))
    return conversation(
        f"decay-{seed}-{index}",
        Problem(f"decay-{seed}-{index}", asks[0].prompt, asks[0].answer, "decay"),
        asks,
        benchmark="decay",
        standing=rules,
        system=stated(name, rules),
        group=rules[0].name,
    )


@functools.lru_cache(maxsize=4096)
def _prefilled(rules: tuple[Constraint, ...], answer: str, kind: str) -> str:
    if kind == "obedient":
        return subjects.obedient(rules, answer)
    return subjects.broken(Ask(prompt="", constraints=rules, answer=answer))


@arms.register
@dataclass(frozen=True)
class Decay(Arm):
    """A conversation under standing rules, with a side question in some turns."""

    name = "decay"
    meaning = "A conversation under standing rules; `history`, `remind`, `place` and `rules` vary."

    history: str = "own"
    remind: int = 0
    place: str = "system"
    rules: str = "stated"
    heard: bool = True

    def __post_init__(self) -> None:
        for field, levels in (
            ("history", HISTORIES),
            ("place", ("system", "memory")),
            ("rules", ("stated", "unstated")),
        ):
            if getattr(self, field) not in levels:
                raise ValueError(f"{field} is {getattr(self, field)!r}, expected {levels}")

    def steps(self, item: Item, condition: Condition) -> arms.Steps:
        told = item.system or ""
        messages: tuple[Message, ...] = ()
        if self.rules == "stated" and self.place == "system":
            messages = (system(told),)
        for number, ask in enumerate(item.asks):
            text = ask.prompt_for(condition)
            if self.rules == "stated" and number == 0 and self.place == "memory":
                text = f"Memory of earlier conversations:\n{told}\n\n{text}"
            if self.remind and self.rules == "stated" and number and number % self.remind == 0:
                text = f"{REMINDER}\n{told}\n\n{text}"
            messages = (*messages, user(text))
            reply = yield Request(messages=messages, turn=number)
            if self._asks(item, number):
                side = heard.question(item, number)
                yield reply.answered(side.prompt, turn=number, fork=heard.FORK, ask=side)
            if self.history == "own":
                messages = reply.history()
            else:
                given = _prefilled(ask.constraints, ask.answer or "", self.history)
                messages = (*messages, assistant(given, author="arm"))

    def rows(self, item: Item) -> tuple[tuple[int, str], ...]:
        return tuple(
            (number, fork)
            for number in range(len(item.asks))
            for fork in ("", *((heard.FORK,) if self._asks(item, number) else ()))
        )

    def _asks(self, item: Item, number: int) -> bool:
        return self.heard and self.rules == "stated" and number + 1 in FORKS


PROBE = register(
    Probe(
        name="decay",
        about="Standing rules and a persona over 24 turns: how long they last, and what makes them go.",
        make=make,
        arms=("decay:history=own", "decay:history=obedient", "decay:history=poisoned"),
        outcomes=("heard",),
        sizes={"smoke": 3, "standard": 40, "full": 160},
    )
)
