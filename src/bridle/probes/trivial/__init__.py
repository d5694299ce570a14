"""trivial: how much is thought about "hi", and is small talk answered as a maths exercise?

Definition: cost and register on inputs that need no reasoning: greetings, thanks, acknowledgements, a rule
of one word, a fact that stands in the prompt, a sum of two digits; in English, every other one in German,
French or Spanish. The same inputs in a fresh chat and after five maths exercises (`trivial:context=maths`:
contagion). Every seventh item is a hard problem, the guard: who never thinks does not win.

Tokens thought are those that the server counts, else a quarter of the characters of the thinking. Source of
the area under the curve: OptimalThinkingBench (arXiv 2508.13141), the mean over thresholds up to 1,000
tokens of the share that is right with fewer tokens thought.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from random import Random
from typing import Any

from bridle import arms, outcomes
from bridle.arms import Arm
from bridle.benchmarks.item import Condition, Item
from bridle.calls import Message, Request, assistant, system, user
from bridle.constraints import get
from bridle.outcomes import Judged, OutcomeType
from bridle.probes import subjects
from bridle.probes.base import Asked, Probe, register
from bridle.probes.trivial.form import maths_marks, structure
from bridle.problems.base import Problem
from bridle.problems.generated import generate

TALK = ("greeting", "thanks", "ack", "word")  # no number is asked
EASY = ("fact", "sum")
GUARD = "guard"
KINDS = (*TALK, *EASY, GUARD)
LANGUAGES = ("en", "de", "en", "fr", "en", "es")
NAMES = ("Mia", "Noah", "Lena", "Omar", "Ines", "Tom", "Aiko", "Ravi", "Elif", "Jan")
MUCH = 100  # tokens thought; more is overthinking here
MOST = 1_000  # tokens at which the area under the curve ends
EXERCISES = 5
SYSTEM = "You are a helpful assistant."


@functools.cache
def phrases() -> dict[str, dict[str, list[str]]]:
    """The inputs by language and kind."""
    return tomllib.loads((files(__name__) / "phrases.toml").read_text(encoding="utf-8"))


def make(count: int, seed: int) -> Sequence[Item]:
    """In turn the seven kinds; the language changes with each round of them."""
    return [_one(index, seed) for index in range(count)]


def _one(index: int, seed: int) -> Item:
    place, kind = index // len(KINDS), KINDS[index % len(KINDS)]
    rng = Random(f"trivial/{seed}/{index}")
    name, language = f"trivial-{seed}-{index}", LANGUAGES[place % len(LANGUAGES)]
    rules: tuple[Any, ...] = ()
    if kind == GUARD:
        made = generate(place, seed=seed + 13_000, steps=5 + place % 2).problem
        prompt, answer = made.question, made.answer
    else:
        said = phrases()[language]
        a, b = rng.randint(2, 9), rng.randint(1, 9)
        answer = {"fact": str(a), "sum": str(a + b)}.get(kind)
        prompt = rng.choice(said[kind]).format(
            name=rng.choice(NAMES), n=a, a=a, b=b, thing=rng.choice(said["things"])
        )
        if kind == "word":
            rules = (get("words", exactly=1),)
    return Item(
        id=name,
        problem=Problem(name, prompt, answer, "trivial", language=language),
        constraints=rules,
        prompt=prompt,
        bare_prompt=None,
        benchmark="trivial",
        group=f"{kind}:{language}",
        metadata={"kind": kind},
        outcomes=tuple(k.name for k in OWN),
    )


def thought(judged: Judged) -> tuple[int, str]:
    """How many tokens were thought, and how that is known."""
    counted = judged.response.tokens_thinking
    if counted is not None:
        return counted, "counted by the server"
    return round(len(judged.response.thinking) / 4), "a quarter of the characters"


def _thought(judged: Judged) -> tuple[float | None, str] | None:
    if judged.status == "error":
        return None, "there is no response"
    tokens, how = thought(judged)
    return float(tokens), how


def _much(judged: Judged) -> tuple[bool | None, str] | None:
    if judged.about["kind"] == GUARD:
        return None
    tokens, why = _thought(judged) or (None, "")
    return (None if tokens is None else tokens > MUCH), why


def _economy(judged: Judged) -> tuple[float | None, str] | None:
    if judged.about["kind"] == GUARD:
        return None
    if judged.status == "error":
        return None, "there is no response"
    good = judged.status == "complete" and judged.correct is not False
    tokens, _ = thought(judged)
    return (max(0.0, 1 - tokens / MOST) if good else 0.0), f"{tokens} tokens"


def _leak(judged: Judged) -> tuple[bool | None, str] | None:
    if judged.about["kind"] not in TALK:
        return None
    if judged.status == "error":
        return None, "there is no response"
    found = maths_marks(judged.response.answer)
    return bool(found), f"{found[0][:40]}" if found else "no mark of maths"


def _structured(judged: Judged) -> tuple[bool | None, str] | None:
    if judged.about["kind"] == GUARD:
        return None
    if judged.status == "error":
        return None, "there is no response"
    found = structure(judged.response.answer)
    return bool(found), ", ".join(found)


THOUGHT = outcomes.register(
    OutcomeType(name="trivial_thought", label="tokens thought", kind="number", better="neither", always=False,
                measure=_thought, meaning="Tokens thought: as the server counts them, else by the length of the thinking.",
                reduce="median")
)  # fmt: skip
MUCH_THOUGHT = outcomes.register(
    OutcomeType(name="trivial_much", label=f"over {MUCH} tokens thought", better="lower", always=False,
                measure=_much, meaning=f"More than {MUCH} tokens are thought about an input that needs no reasoning.")
)  # fmt: skip
ECONOMY = outcomes.register(
    OutcomeType(name="trivial_economy", label="area under the curve", kind="share", always=False, measure=_economy,
                meaning=f"Right, weighted by how far the tokens thought stay under {MOST:,} (AUC of OAA).")
)  # fmt: skip
LEAK = outcomes.register(
    OutcomeType(name="trivial_leak", label="maths where none belongs", better="lower", always=False, measure=_leak,
                meaning="Small talk is answered with the marks of a worked exercise (a box, LaTeX, numbered steps).")
)  # fmt: skip
STRUCTURED = outcomes.register(
    OutcomeType(name="trivial_structure", label="unasked structure", better="lower", always=False,
                measure=_structured, meaning="The answer has headings, a list, a table or a fence that nobody asked for.")
)  # fmt: skip
OWN = (THOUGHT, MUCH_THOUGHT, ECONOMY, LEAK, STRUCTURED)


def exercises(key: str) -> tuple[Message, ...]:
    """Maths exercises with worked answers, as they would stand before."""
    told: list[Message] = []
    for number in range(EXERCISES):
        made = generate(number, seed=Random(f"trivial/maths/{key}").randrange(1_000_000), steps=2)
        lines = "\n".join(f"Step {i}: ${s.equation}$" for i, s in enumerate(made.steps, 1))
        told += [
            user(made.problem.question, author="arm"),
            assistant(f"{lines}\n\nFinal answer: \\boxed{{{made.problem.answer}}}", author="arm"),
        ]
    return tuple(told)


@arms.register
@dataclass(frozen=True)
class Trivial(Arm):
    """An input that needs no reasoning, in a fresh chat or after maths exercises."""

    name = "trivial"
    meaning = "An input that needs no reasoning; `context`: fresh, maths (after five exercises)."

    context: str = "fresh"
    system: bool = False

    def __post_init__(self) -> None:
        if self.context not in ("fresh", "maths"):
            raise ValueError(f"context is {self.context!r}, expected fresh or maths")

    def steps(self, item: Item, condition: Condition) -> arms.Steps:
        before = (system(SYSTEM, author="arm"),) if self.system else ()
        if self.context == "maths":
            before = (*before, *exercises(item.id))
        yield Request(messages=(*before, user(item.prompt_for(condition))))


def act(kind: str, asked: Asked, rng: Random) -> str | None:
    """Disregarding: thinks for long about everything; forgetting: half of them, and never of the guard;
    cheating: answers in a box, after maths alone; random: nothing that fits."""
    if kind == "random":
        return None
    about, answer = asked.ask.metadata["kind"], asked.ask.answer
    said = answer or ("Blue" if about == "word" else "Hello! How can I help?")
    if about == GUARD:
        said = f"The answer is {answer}."
    if kind == "disregarding" or (kind == "forgetting" and not subjects.remembers(asked.item, 0)):
        if about == GUARD and kind == "forgetting":
            return "The answer is 1."
        return f"<think>{'Let me think about what is meant. ' * 80}</think>\n\n{said}"
    if kind == "cheating" and about in TALK and len(asked.messages) > 2:
        return f"Step 1: say hello.\n\nFinal answer: \\boxed{{{said}}}"
    return said


PROBE = register(
    Probe(
        name="trivial",
        about="Small talk and one-step questions: tokens thought, maths and structure where none belong.",
        make=make,
        arms=("trivial:context=fresh", "trivial:context=maths"),
        outcomes=tuple(k.name for k in OWN),
        sizes={"smoke": 42, "standard": 126, "full": 504},
        act=act,
    )
)
