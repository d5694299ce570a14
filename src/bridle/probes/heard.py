"""Heard or heeded: after an answer, beside the conversation, which rules are in force?

    question(item, turn)   -> Ask(prompt="Which of these rules are in force …? A) … H) …", …)
    --arm heard            -> every answer is followed by that side question (fork "heard")
    --arm heard:of=reminder,share=0.25

A rule that is broken and not named was forgotten; one that is named and broken was disregarded. The
true rules stand among foils, eight in all, in an order drawn from item and turn. The side question's
answer does not enter the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bridle import arms, outcomes
from bridle.arms import Arm
from bridle.benchmarks.item import Ask, Condition, Item
from bridle.constraints import Constraint, get
from bridle.outcomes import Judged, OutcomeType

FORK = "heard"
OPTIONS = 8
LETTERS = "ABCDEFGHIJKLMNOP"
HEAD = "Which of these rules are in force for your answers in this conversation?"
TAIL = "Reply with their letters only, separated by commas, or with NONE."
# rules that nobody stated; one whose type is among those in force is left out
FOILS: tuple[tuple[str, dict[str, object]], ...] = (
    ("no_comma", {}),
    ("lowercase", {}),
    ("uppercase", {}),
    ("title", {}),
    ("postscript", {}),
    ("bullets", {"exactly": 4}),
    ("paragraphs", {"exactly": 5}),
    ("highlights", {"at_least": 2}),
    ("sentences", {"at_least": 9}),
    ("words", {"less_than": 25}),
    ("end_phrase", {"phrase": "Is there anything else?"}),
    ("start_phrase", {"phrase": "Good question!"}),
    ("forbidden_words", {"words": ["therefore", "thus"]}),
    ("keywords", {"keywords": ["harbour"]}),
    ("table", {"exactly": 1}),
    ("placeholders", {"at_least": 2}),
)


def question(item: Item, turn: int) -> Ask:
    """The side question about the rules in force in that turn.

    Its metadata: `letters`, those of the true rules in the order of the turn's constraints, and
    `foils`, the others.
    """
    rules = item.at(turn).constraints
    return question_about(rules, f"{item.id}/{turn}")


def question_about(rules: Sequence[Constraint], key: str) -> Ask:
    """The side question about these rules; `key` decides the foils and their order."""
    rng = Random(f"heard/{key}")
    names = {rule.name for rule in rules}
    pool: list[str] = []
    for name, params in FOILS:
        if name not in names:
            try:
                pool.append(get(name, **params).describe())
            except Exception:  # a type that takes other parameters now: one foil fewer
                continue
    said = [(rule.describe(), number) for number, rule in enumerate(rules)]
    said += [(text, -1) for text in rng.sample(pool, max(2, OPTIONS - len(rules)))]
    rng.shuffle(said)
    lines = [f"{LETTERS[i]}) {' '.join(text.split())}" for i, (text, _) in enumerate(said)]
    letters = [""] * len(rules)
    for place, (_, number) in enumerate(said):
        if number >= 0:
            letters[number] = LETTERS[place]
    foils = [LETTERS[i] for i, (_, number) in enumerate(said) if number < 0]
    return Ask(
        prompt="\n".join([HEAD, TAIL, "", *lines]),
        outcomes=(HEARD.name, HEARD_RULES.name, HEARD_FOILS.name),
        metadata={"letters": "".join(letters), "foils": "".join(foils)},
    )


def named(answer: str) -> set[str] | None:
    """The letters that an answer names, empty for NONE, None where it names neither."""
    lines = [line for line in answer.splitlines() if line.strip()]
    alone = re.compile(r"[\s*_`(\[]*[A-P](?:[\s,;.&*_`)\]]|and)*(?:[A-P](?:[\s,;.&*_`)\]]|and)*)*")
    for line in reversed(lines):
        if len(line) < 200 and alone.fullmatch(line):
            return set(re.findall(r"[A-P]", line))
    found = set(re.findall(r"(?<![A-Za-z])[A-P](?![A-Za-z])", answer[:4000]))
    if found:
        return found
    return set() if re.search(r"\bnone\b", answer[:4000], re.IGNORECASE) else None


def _picked(judged: Judged) -> set[str] | None:
    return named(judged.response.answer) if judged.status == "complete" else None


def _heard(judged: Judged) -> tuple[bool | None, str] | None:
    if judged.status == "error":
        return None, "there is no response"
    picked = _picked(judged)
    if picked is None:
        return False, "no letters are named"
    true, foils = set(judged.about["letters"]), set(judged.about["foils"])
    wrong = len(picked & foils)
    missed = "".join(sorted(true - picked))
    why = f"missed {missed or 'none'}, {wrong} of {len(foils)} foils named"
    return not missed and wrong * 2 < max(1, len(foils)), why


def _heard_rules(judged: Judged) -> tuple[str | None, str] | None:
    if judged.status == "error":
        return None, "there is no response"
    picked = _picked(judged) or set[str]()
    return "".join("1" if x in picked else "0" for x in judged.about["letters"]), ""


def _heard_foils(judged: Judged) -> tuple[float | None, str] | None:
    picked = _picked(judged)
    foils = set(judged.about["foils"])
    if picked is None or not foils:
        return None, "no letters are named"
    return len(picked & foils) / len(foils), ""


HEARD = outcomes.register(
    OutcomeType(
        name="heard",
        label="heard",
        meaning="Asked beside the conversation, the model names every rule in force among foils.",
        measure=_heard,
        always=False,
    )
)
HEARD_RULES = outcomes.register(
    OutcomeType(
        name="heard_rules",
        label="heard, rule by rule",
        meaning="For each rule in force, in order: 1 named, 0 not named.",
        measure=_heard_rules,
        kind="text",
        better="neither",
        always=False,
    )
)
HEARD_FOILS = outcomes.register(
    OutcomeType(
        name="heard_foils",
        label="foils named",
        meaning="The share of rules that nobody stated which the model names as in force.",
        measure=_heard_foils,
        kind="share",
        better="lower",
        always=False,
    )
)


def chosen(item: Item, turn: int, share: float) -> bool:
    """Whether that turn is among the share of turns that are followed by the question."""
    return Random(f"share/{item.id}/{turn}").random() < share


@arms.register
@dataclass(frozen=True)
class Heard(Arm):
    """Draws as the arm `of` does, and asks beside the conversation which rules are in force."""

    name = "heard"
    meaning = (
        "After each answer a side question: which of these rules are in force? (`share` of them)"
    )

    of: str = "plain"
    share: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise ValueError(f"share is {self.share!r}, expected above 0 and at most 1")
        object.__setattr__(self, "needs", arms.get(self.of).needs)

    def steps(self, item: Item, condition: Condition) -> arms.Steps:
        inner = arms.get(self.of).steps(item, condition)
        request = next(inner, None)
        while request is not None:
            reply = yield request
            try:
                following = inner.send(reply)
            except StopIteration:
                following = None
            ended = following is None or (following.turn, following.fork) != (request.turn, "")
            if not request.fork and ended and self._asks(item, request.turn):
                side = question(item, request.turn)
                yield reply.answered(side.prompt, turn=request.turn, fork=FORK, ask=side)
            request = following

    def rows(self, item: Item) -> tuple[tuple[int, str], ...]:
        found: list[tuple[int, str]] = []
        for turn, fork in arms.get(self.of).rows(item):
            found.append((turn, fork))
            if not fork and self._asks(item, turn):
                found.append((turn, FORK))
        return tuple(found)

    def _asks(self, item: Item, turn: int) -> bool:
        return bool(item.asks[turn].constraints) and chosen(item, turn, self.share)
