"""Every family of generated problems: deterministic, unique, right by another way, harder by steps."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from bridle.errors import DataError
from bridle.maths import equal
from bridle.problems.family import HARDEST, LANGUAGES, families, make, phrases

EVERY = list(families())
Facts = dict[str, Any]


# Each family solved from its facts by another way than the one that wrote it.
def _rates(f: Facts) -> str:
    hourly = [speed for hours, speed in f["legs"] for _ in range(hours)]  # hour by hour
    return str(sum(hourly) - f["less"])


def _work(f: Facts) -> str:
    done = Fraction(0)
    for minutes, each in f["workers"]:
        done += Fraction(each, minutes)  # a minute
    return str(done * 60 * f["hours"])


def _percentages(f: Facts) -> str:
    return str(math.prod([Fraction(100 + c, 100) for c in f["changes"]]) * f["start"])


def _sequences(f: Facts) -> str:
    x, b, c, n = f["first"], f["factor"], f["add"], f["n"] - 1
    return str(x * b**n + c * (b**n - 1) // (b - 1))  # the closed form


def _remainders(f: Facts) -> str:
    value = f["start"]
    for kind, by in f["operations"]:  # the remainder taken once, at the end
        value = {"times": value * by, "plus": value + by, "square": value**2}[kind]
    return str(value % f["modulus"])


def _areas(f: Facts) -> str:
    total = Fraction(0)
    for kind, a, b in f["pieces"]:  # by the shoelace formula
        points = (
            [(0, 0), (a, 0), (a, b), (0, b)] if kind == "rectangle" else [(0, 0), (a, 0), (0, b)]
        )
        turned = points[1:] + points[:1]
        total += Fraction(
            abs(sum(x * v - u * y for (x, y), (u, v) in zip(points, turned, strict=True))), 2
        )
    return str(total - f["hole"])


def _ages(f: Facts) -> str:
    relation = {b: (a, kind, k) for a, b, kind, k in f["relations"]}

    def age(who: str) -> int:  # from the one asked for back to the known one
        if who == f["known"][0]:
            return f["known"][1]
        a, kind, k = relation[who]
        return age(a) * k if kind == "times" else age(a) + (k if kind == "older" else -k)

    return str(age(f["asked"]))


def _prices(f: Facts) -> str:
    unknown = sorted({name for left, _ in f["equations"] for name in left})
    rows = [
        [Fraction(left.get(n, 0)) for n in unknown] + [Fraction(c)] for left, c in f["equations"]
    ]
    for i in range(len(unknown)):  # Gauss and Jordan
        pivot = next(r for r in range(i, len(rows)) if rows[r][i])
        rows[i], rows[pivot] = rows[pivot], [*rows[i]]
        rows[i] = [v / rows[i][i] for v in rows[i]]
        for r in range(len(rows)):
            if r != i:
                rows[r] = [v - rows[r][i] * w for v, w in zip(rows[r], rows[i], strict=True)]
    return str(rows[unknown.index(f["asked"])][-1])


def _choices(f: Facts) -> str:
    ways = 1
    for n, k in f["groups"]:  # the subsets counted one by one
        ways *= sum(1 for _ in itertools.combinations(range(n), k))
    return str(ways)


def _draws(f: Facts) -> str:
    balls, order = f["balls"], f["order"]
    wanted = math.prod(math.perm(n, order.count(c)) for c, n in balls.items())
    return str(Fraction(wanted, math.perm(sum(balls.values()), len(order))))


def _units(f: Facts) -> str:
    into = {  # larger unit -> (smaller unit, how many), as the school book has them
        "kilometres": ("metres", 1000), "metres": ("decimetres", 10), "decimetres": ("centimetres", 10),
        "tonnes": ("kilograms", 1000), "kilograms": ("grams", 1000),
        "days": ("hours", 24), "hours": ("minutes", 60), "minutes": ("seconds", 60),
        "litres": ("centilitres", 100), "centilitres": ("millilitres", 10),
    }  # fmt: skip
    total = 0
    for n, unit in f["amounts"]:
        while unit != f["into"]:
            unit, times = into[unit]
            n *= times
        total += n
    return str(total - f["less"])


def _weekdays(f: Facts) -> str:
    now = datetime.fromisoformat(f["start"])
    for n, unit in f["moves"]:
        now += timedelta(**{unit: n})
    return now.strftime("%A")


def _clock(f: Facts) -> str:
    now = datetime.strptime(f["start"], "%H:%M")
    return (
        now + sum((timedelta(hours=h, minutes=m) for h, m in f["spans"]), timedelta())
    ).strftime("%H:%M")


def _rankings(f: Facts) -> str:
    def fits(order: tuple[str, ...]) -> bool:
        line = "".join(f"<{name}>" for name in order)
        for kind, a, b, place in f["clues"]:
            pattern = {
                "place": rf"^(<\w+>){{{place}}}<{a}>", "next": f"<{a}><{b}>", "before": f"<{a}>.*<{b}>",
                "apart": rf"<{a}><\w+><{b}>|<{b}><\w+><{a}>",
            }[kind]  # fmt: skip
            if not re.search(pattern, line):
                return False
        return True

    (only,) = filter(fits, itertools.permutations(f["names"]))
    return only[f["asked"]]


def _stories(f: Facts) -> str:
    for equation in f["equations"]:
        left, right = equation.split("=")
        a, sign, b = re.fullmatch(r"(\d+)([-+*/])(\d+)", left).groups()
        assert {
            "+": int(a) + int(b),
            "-": int(a) - int(b),
            "*": int(a) * int(b),
            "/": Fraction(int(a), int(b)),
        }[sign] == int(right)
    return f["equations"][-1].split("=")[1]


SOLVERS: dict[str, Callable[[Facts], str]] = {
    "rates": _rates, "work": _work, "percentages": _percentages, "sequences": _sequences,
    "remainders": _remainders, "areas": _areas, "ages": _ages, "prices": _prices, "choices": _choices,
    "draws": _draws, "units": _units, "weekdays": _weekdays, "clock": _clock, "rankings": _rankings,
    "stories": _stories,
}  # fmt: skip


@pytest.mark.parametrize("family", EVERY)
def test_every_family(family: str) -> None:
    assert family in SOLVERS, "add a solver that works in another way"
    questions: set[str] = set()
    for difficulty in range(1, HARDEST + 1):
        for index in range(12):
            made = make(family, index, seed=3, difficulty=difficulty)
            assert made == make(family, index, seed=3, difficulty=difficulty)
            problem = made.problem
            assert SOLVERS[family](dict(made.facts)) == problem.answer, problem.question
            assert equal(problem.answer, problem.answer).equal
            assert not re.search(r"[{}]|  ", problem.question) and problem.question[-1] in ".?"
            assert problem.family == family and problem.difficulty == difficulty
            questions.add(problem.question)
    assert len(questions) >= 0.97 * 12 * HARDEST
    assert make(family, 0, seed=4) != make(family, 0, seed=3)


@pytest.mark.parametrize("family", EVERY)
def test_more_steps_are_more_to_do(family: str) -> None:
    def facts(difficulty: int) -> float:  # numbers and names that the question states
        made = [make(family, i, seed=1, difficulty=difficulty) for i in range(40)]
        return sum(len(str(m.facts)) for m in made) / len(made)

    sizes = [facts(d) for d in range(1, HARDEST + 1)]
    if family not in (
        "sequences",
        "rankings",
    ):  # the same rule, applied oftener; fewer outright clues
        assert sizes == sorted(sizes) and len(set(sizes)) == HARDEST
    else:
        assert sizes[-1] > sizes[0] or family == "sequences"


@pytest.mark.parametrize("family", [f for f in EVERY if len(families()[f].languages) > 1])
def test_other_languages_ask_the_same(family: str) -> None:
    assert set(families()[family].languages) >= set(LANGUAGES) and len(LANGUAGES) >= 7
    for language in LANGUAGES[1:]:
        for difficulty in (1, 4, 8):
            here = make(family, 5, seed=2, difficulty=difficulty, language=language)
            english = make(family, 5, seed=2, difficulty=difficulty)
            assert here.facts == english.facts and here.problem.answer == english.problem.answer
            assert here.problem.question != english.problem.question
            assert Counter(re.findall(r"\d+", here.problem.question)) == Counter(
                re.findall(r"\d+", english.problem.question)
            )


def test_all_languages_have_the_same_kinds_of_sentences() -> None:
    english = phrases("en")
    for language in LANGUAGES:
        here = phrases(language)
        assert {f: set(kinds) for f, kinds in here.items()} == {
            f: set(k) for f, k in english.items()
        }
        for family, kinds in here.items():
            for kind, ways in kinds.items():
                assert len(ways) == len(english[family][kind])  # one draw picks the same way
                for way, other in zip(ways, english[family][kind], strict=True):
                    assert set(re.findall(r"{\w+}", way)) == set(re.findall(r"{\w+}", other))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rate", 0), "did you mean 'rates'"),
        (("rates", -1), "no generated problem -1"),
        (("rates", 0, 0, 9), "difficulty=9"),
        (("work", 0, 0, 1, "de"), "not written in 'de'"),
    ],
)
def test_what_cannot_be_made(arguments: tuple[Any, ...], said: str) -> None:
    family, index, *rest = arguments
    named = dict(zip(("seed", "difficulty", "language"), rest, strict=False))
    with pytest.raises(DataError, match=re.escape(said)):
        make(family, index, **named)
