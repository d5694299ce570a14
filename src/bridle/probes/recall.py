"""recall: how much of a long text is recalled, and is there a cliff?

A text of made-up log lines holds 8 register entries, one in each eighth; lines of the same form name other
stations. Two questions over the same text: all 8 codes as JSON (breadth: the share cited exactly), and their
sum (depth: right, where all are cited). A rule planted near the head (`planted`) must hold in both answers.
The first line holds a mark, asked for as well: whoever lacks it got a text that was cut. Lengths are chosen one
after another, where an answer tells most (`statistics/cliffs.py`). `window` is the model's, in tokens; prompt
and answer together stay within 0.9 of it, so that an exhausted window is not taken for forgetting.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bridle import arms, outcomes
from bridle.arms import Arm
from bridle.benchmarks.item import Ask, Condition, Item
from bridle.calls import Request, user
from bridle.constraints import get
from bridle.outcomes import Judged, OutcomeType
from bridle.probes.base import Asked, Probe, learn, register
from bridle.problems.base import Problem
from bridle.responses import read_response

PIECES = 8
SHORTEST = 1000  # tokens
ANSWER = 2000  # tokens kept free for thinking and answer, or a tenth of the window
TOKEN = 4  # characters, about
PHRASE = "By the register."
PLACES = ("Arden", "Brack", "Corvin", "Dolmen", "Esker", "Fallow", "Garth", "Hollin", "Ister", "Jarrow",
          "Kelder", "Lorne", "Morven", "Noss", "Ormer", "Pellow", "Quern", "Rodel", "Sorrel", "Thane")  # fmt: skip
DID = ("checked the lamp", "painted a rail", "wrote down the tide", "mended a rope", "counted the boats",
       "cleaned the glass", "carried oil", "saw a grey sail", "swept the stairs", "wound the clock")  # fmt: skip
WEATHER = ("fog", "a light wind", "rain", "a clear sky", "drizzle", "a heavy swell")


@dataclass(frozen=True, slots=True)
class Context:
    """A text with what is planted in it."""

    text: str
    mark: str
    codes: dict[str, int]  # station → code, in the order of the text


def context(seed: str, tokens: float, *, aliased: bool = False, planted: float = 0.05) -> Context:
    """The text of about so many tokens; the same seed and length give the same text."""
    rng = Random(f"recall/{seed}/{round(tokens)}/{aliased}")
    names = rng.sample(PLACES, len(PLACES))
    wanted, others = names[:PIECES], names[PIECES:]
    codes = {name: rng.randrange(100, 1000) for name in wanted}
    mark = f"M{rng.randrange(10_000, 99_999)}"
    calls = dict(zip(wanted, rng.sample(range(10, 99), PIECES), strict=True))
    lines: list[str] = []
    size, room = 0, int(tokens * TOKEN) - 900
    while size < room:
        who = rng.choice(others)
        if rng.random() < 0.12:
            line = f"Register: the code of station {who} is {rng.randrange(100, 1000)}."
        else:
            line = f"Day {rng.randrange(1, 366)}: the keeper at {who} {rng.choice(DID)} in {rng.choice(WEATHER)}."
        lines.append(line)
        size += len(line) + 1
    for place, name in enumerate(wanted):
        at = int(len(lines) * (place + rng.uniform(0.15, 0.85)) / PIECES)
        said = f"number {calls[name]}" if aliased else name
        lines.insert(at, f"Register: the code of station {said} is {codes[name]}.")
    if aliased:
        known = "; ".join(f"{name} is station number {calls[name]}" for name in sorted(wanted))
        lines.insert(0, f"In the register some stations stand by their number: {known}.")
    rule = f'A rule for every answer about this log: end it with the exact words "{PHRASE}"'
    lines.insert(int(len(lines) * planted), rule)
    return Context("\n".join([f"The mark of this log is {mark}.", *lines]), mark, codes)


def asks_of(held: Context) -> tuple[Ask, Ask]:
    """The two questions: all codes, and their sum."""
    stations = ", ".join(sorted(held.codes))
    rule = get("end_phrase", phrase=PHRASE)
    about = {"mark": held.mark, "codes": held.codes}
    listed = (
        f"{held.text}\n\nGive the mark of this log and the codes of the stations {stations} as one JSON "
        'object: {"mark": "…", "codes": {"station": code}}. Write null for a code that you do not find.'
    )
    summed = f"{held.text}\n\nWhat is the sum of the codes of the stations {stations}?"
    return (
        Ask(listed, constraints=(rule,), outcomes=(BREADTH.name, INVENTED.name, MARK.name, LENGTH.name),
            metadata=about),
        Ask(summed, constraints=(rule,), answer=str(sum(held.codes.values())), outcomes=(LENGTH.name,),
            metadata=about),
    )  # fmt: skip


def make(count: int, seed: int) -> Sequence[Item]:
    """So many series; what each asks follows from the answers."""
    found: list[Item] = []
    for index in range(count):
        name = f"recall-{seed}-{index}"
        prompt = f"A series of logs, number {index} of seed {seed}."
        found.append(Item(name, Problem(name, prompt, None, "recall"), (), prompt, None, "recall"))
    return found


def lengths(window: int) -> list[float]:
    """The lengths that are asked: eleven, even in their logarithm, up to what leaves room to answer."""
    most = 0.9 * window - max(ANSWER, 0.1 * window)
    return [SHORTEST * (most / SHORTEST) ** (i / 10) for i in range(11)]


def cited(answer: str) -> tuple[str | None, dict[str, int]]:
    """Mark and codes of an answer: its JSON object, else "station: code" pairs as they stand."""
    text = answer[:20_000]
    mark = re.search(r"\bM\d{5}\b", text)
    pairs = re.findall(r"([A-Z][a-z]{2,9})\W{1,12}(?:is |code )?(\d{1,6})\b", text)
    return (mark[0] if mark else None), {name: int(code) for name, code in pairs if name in PLACES}


def _breadth(judged: Judged) -> tuple[float | None, str] | None:
    if judged.status != "complete":
        return None, f"the response is {judged.status}"
    given, true = cited(judged.response.answer)[1], judged.about["codes"]
    right = sum(given.get(name) == code for name, code in true.items())
    return right / len(true), f"{right} of {len(true)} cited exactly"


def _invented(judged: Judged) -> tuple[float | None, str] | None:
    given, true = cited(judged.response.answer)[1], judged.about["codes"]
    if judged.status != "complete" or not given:
        return None, "no code is cited"
    wrong = sum(true.get(name) != code for name, code in given.items())
    return wrong / len(given), f"{wrong} of {len(given)} stand nowhere"


def _mark(judged: Judged) -> tuple[bool | None, str] | None:
    if judged.status != "complete":
        return None, f"the response is {judged.status}"
    return cited(judged.response.answer)[0] == judged.about["mark"], ""


def _length(judged: Judged) -> tuple[float | None, str] | None:
    counted = judged.turn.last.tokens_in if judged.turn is not None else None
    return float(counted or len(judged.item.prompt) / TOKEN), "counted" if counted else "estimated"


BREADTH = outcomes.register(
    OutcomeType(name="recall_breadth", label="codes cited", kind="share", always=False, measure=_breadth,
                meaning="The share of the planted codes that are cited exactly.")
)  # fmt: skip
INVENTED = outcomes.register(
    OutcomeType(name="recall_invented", label="codes invented", kind="share", better="lower", always=False,
                measure=_invented, meaning="The share of the cited codes that are not those of the text.")
)  # fmt: skip
MARK = outcomes.register(
    OutcomeType(name="recall_mark", label="first line seen", always=False, measure=_mark,
                meaning="The mark in the first line is cited: the text was not cut at its head.")
)  # fmt: skip
LENGTH = outcomes.register(
    OutcomeType(name="recall_length", label="tokens of the prompt", kind="number", better="neither", always=False,
                reduce="median", measure=_length, meaning="Tokens that went in, as the server counted, else about.")
)  # fmt: skip


@arms.register
@dataclass(frozen=True)
class Recall(Arm):
    """A series of texts whose lengths follow from the answers; two questions to each."""

    name = "recall"
    meaning = (
        "Long texts at lengths that tell most; `window`, `texts`, `aliased` and `planted` vary."
    )

    window: int = 16_000
    texts: int = 6
    aliased: bool = False
    planted: float = 0.05

    def __post_init__(self) -> None:
        if 0.9 * self.window - max(ANSWER, 0.1 * self.window) < 2 * SHORTEST:
            raise ValueError(
                f"a window of {self.window} tokens is smaller than the shortest texts need; at least 5000"
            )
        if self.texts < 1 or not 0 <= self.planted <= 1:
            raise ValueError("texts must be 1 or more, planted from 0 to 1")

    @property
    def least_window(self) -> int:
        """Tokens that a model's window must hold."""
        return self.window

    def steps(self, item: Item, condition: Condition) -> arms.Steps:
        from bridle.statistics.cliffs import Shapes

        known = lengths(self.window)
        held = Shapes(known, PIECES)
        for number in range(self.texts):
            length = held.next()
            made = context(
                f"{item.id}/{number}", length, aliased=self.aliased, planted=self.planted
            )
            listed, summed = asks_of(made)
            learn(PROBE, [item.asking(listed), item.asking(summed)])
            reply = yield Request(messages=(user(listed.prompt),), turn=2 * number, ask=listed)
            answer = read_response(reply.text, finish_reason=reply.finish_reason)
            if answer.status == "complete":  # a cut-off answer says nothing about recall
                given = cited(answer.answer)[1]
                held.see(length, sum(given.get(n) == c for n, c in made.codes.items()))
            else:
                held.seen += 1
            yield Request(messages=(user(summed.prompt),), turn=2 * number + 1, ask=summed)

    def rows(self, item: Item) -> tuple[tuple[int, str], ...]:
        return tuple((turn, "") for turn in range(2 * self.texts))


CLIFF = 6_000  # tokens at which the forgetting subject falls


def act(kind: str, asked: Asked, rng: Random) -> str | None:
    """The forgetting subject has a cliff; the disregarding one a slope in nothing but the rule."""
    about = asked.ask.metadata
    if kind == "random" or "codes" not in about:
        return None
    long = len(asked.ask.prompt) / TOKEN > CLIFF
    keeps = 0.4 if kind == "forgetting" and long else 0.99
    codes = {name: code for name, code in about["codes"].items() if rng.random() < keeps}
    ends = kind == "perfect" or (kind == "forgetting" and not long)
    if asked.ask.answer is None:
        shown = {
            n: codes.get(n, rng.randrange(100, 1000) if kind == "cheating" else None)
            for n in about["codes"]
        }
        said = json.dumps({"mark": about["mark"], "codes": shown})
    else:
        said = f"The sum is {sum(codes.values())}."
    return f"{said}\n\n{PHRASE}" if ends else said


PROBE = register(
    Probe(
        name="recall",
        about="Eight codes in a long text: flat, slope or cliff, and where; a rule planted in the text.",
        make=make,
        arms=("recall",),
        outcomes=(BREADTH.name, INVENTED.name, MARK.name, LENGTH.name),
        sizes={"smoke": 1, "standard": 3, "full": 8},
        act=act,
    )
)
