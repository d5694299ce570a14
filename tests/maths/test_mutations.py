"""References changed in one place: no mutant is equal, and every reference equals itself however wrapped.

A thousand references of many kinds are made from a seed (and MathIF's are added where they are). A
mutant that says the same by rule is left out: see `_same_by_rule`.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bridle.maths import equal

NAMES = [
    "Ada",
    "Ben",
    "Cleo",
    "Dora",
    "Emil",
    "Fay",
    "Gus",
    "Hana",
    "Ivo",
    "Jon",
    "Kim",
    "Lea",
    "Max",
    "Nora",
    "Omar",
    "Pia",
]
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
UNITS = ("cm", "km", "kg", "hours", "minutes", "dollars", "litres", "m^2")
KINDS = (
    "integer", "integer", "grouped", "decimal", "fraction", "percent", "money", "unit", "root", "pi", "tuple",
    "interval", "set", "list", "equation", "polynomial", "name", "day", "time", "power", "matrix",
    "inequality", "complex", "ratio", "degrees",
)  # fmt: skip


def reference(rng: random.Random) -> tuple[str, str]:
    """(kind, reference answer)."""
    n = lambda low=2, high=99: rng.randint(low, high)  # noqa: E731
    kind = rng.choice(KINDS)
    made = {
        "integer": lambda: str(rng.choice((n(), n(100, 9999), -n()))),
        "grouped": lambda: f"{n(1, 999)},{n(100, 999)}",
        "decimal": lambda: f"{n(0, 99)}.{n(1, 99):02}",
        "fraction": lambda: f"\\frac{{{n(2, 40)}}}{{{rng.choice((7, 11, 13, 17, 19, 23))}}}",
        "percent": lambda: f"{n()}\\%",
        "money": lambda: f"\\${n(2, 900)}",
        "unit": lambda: f"{n()} {rng.choice(UNITS)}",
        "root": lambda: f"{n(2, 9)}\\sqrt{{{rng.choice((2, 3, 5, 7, 11))}}}",
        "pi": lambda: f"{n(2, 40)}\\pi",
        "tuple": lambda: f"({n()}, {n(-9, 99)}, {n()})",
        "interval": lambda: f"{rng.choice('([')}{n(-90, -2)}, {n()}{rng.choice(')]')}",
        "set": lambda: f"\\{{{n(2, 30)}, {n(31, 60)}, {n(61, 99)}\\}}",
        "list": lambda: f"{n(2, 30)}, {n(31, 60)}, {n(61, 99)}",
        "equation": lambda: f"y = {n(2, 9)}x + {n(2, 30)}",
        "polynomial": lambda: f"{n(2, 9)}x^2 - {n(2, 9)}x + {n(2, 30)}",
        "name": lambda: rng.choice(NAMES),
        "day": lambda: rng.choice(DAYS),
        "time": lambda: f"{n(1, 12)}:{n(10, 59)} {rng.choice('ap')}.m.",
        "power": lambda: f"{n(2, 9)}^{{{n(21, 60)}}}",
        "matrix": lambda: f"\\begin{{pmatrix}} {n()} & {n()} \\\\ {n()} & {n()} \\end{{pmatrix}}",
        "inequality": lambda: f"x \\le {n()}",
        "complex": lambda: f"{n(2, 30)} + {n(2, 30)}i",
        "ratio": lambda: f"{rng.choice((3, 5, 7))}:{rng.choice((8, 11, 13))}",
        "degrees": lambda: f"{n(5, 170)}^\\circ",
    }[kind]()
    return kind, made


def _digit(rng: random.Random, text: str, change: Callable[[int], int]) -> str:
    places = [m.start() for m in re.finditer(r"\d", text)]
    at = rng.choice(places) if places else -1
    return text[:at] + str(change(int(text[at])) % 10) + text[at + 1 :] if places else text


def _other(text: str, among: list[str] | tuple[str, ...], rng: random.Random) -> str:
    here = next((one for one in among if one in text), None)
    return text if here is None else text.replace(here, rng.choice([o for o in among if o != here]))


# Each changes one thing; where a reference has no such thing it comes back as it was.
MUTATIONS: dict[str, Callable[[random.Random, str], str]] = {
    "a digit up": lambda rng, t: _digit(rng, t, lambda d: d + 1),
    "a digit down": lambda rng, t: _digit(rng, t, lambda d: d - 1),
    "a digit far off": lambda rng, t: _digit(rng, t, lambda d: d + 5),
    "a digit more": lambda rng, t: re.sub(r"(\d)(?!.*\d)", r"\g<1>7", t, flags=re.S),
    "a digit less": lambda rng, t: re.sub(r"(?<=\d)\d(?!\d)(?!.*\d)", "", t, flags=re.S),
    "a sign": lambda rng, t: re.sub(r"(?<![\d\w}])(-?)(\d+)", lambda m: ("" if m[1] else "-") + m[2], t, count=1),
    "plus and minus": lambda rng, t: t.replace(" + ", " - ", 1) if " + " in t else t.replace(" - ", " + ", 1),
    "a name": lambda rng, t: _other(t, NAMES, rng),
    "a day": lambda rng, t: _other(t, DAYS, rng),
    "a unit": lambda rng, t: _other(t, ("cm", "km", "kg", "hours", "minutes", "dollars", "litres"), rng),
    "half of the day": lambda rng, t: t.replace("a.m.", "p.m.") if "a.m." in t else t.replace("p.m.", "a.m."),
    "an end of an interval": lambda rng, t: t.replace(")", "]") if re.match(r"[(\[]-\d+, \d+\)$", t) else t,
    "a mark": lambda rng, t: t.replace("\\%", "^\\circ") if "\\%" in t else t.replace("\\$", "€").replace("^\\circ", "\\%"),
    "the other letter": lambda rng, t: t.replace("x", "z") if "x" in t and "matrix" not in t else t,
    "the other relation": lambda rng, t: t.replace("\\le", "\\ge"),
    "upside down": lambda rng, t: re.sub(r"\\frac\{(\d+)\}\{(\d+)\}", r"\\frac{\2}{\1}", t),
    "a part more": lambda rng, t: re.sub(r"(\d+)(\)|\\\})$", r"\1, 3\2", t),
    "a part less": lambda rng, t: re.sub(r", -?\d+(\)|\\\})$", r"\1", t) if t.count(",") > 1 else t,
    "ten times": lambda rng, t: f"{t}0" if re.fullmatch(r"-?\d+", t) else t,
    "pi for a root": lambda rng, t: t.replace("\\pi", "\\sqrt{2}") if "\\pi" in t else re.sub(r"\\sqrt\{\d+\}", r"\\pi", t),
    "a power": lambda rng, t: t.replace("x^2", "x^3"),
    "swapped": lambda rng, t: re.sub(r"^\((-?\d+), (-?\d+)", r"(\2, \1", t),
    "denied": lambda rng, t: f"not {t}" if re.fullmatch(r"-?\d+", t) else t,
}  # fmt: skip

WRAPS: dict[str, Callable[[str], str]] = {
    "box": lambda t: f"\\boxed{{{t}}}", "dollars": lambda t: f"${t}$", "stop": lambda t: f"{t}.",
    "spaces": lambda t: f"  {t} ", "brackets": lambda t: f"\\({t}\\)", "bold": lambda t: f"**{t}**",
    "the answer": lambda t: f"The answer is {t}", "boxed dollars": lambda t: f"$\\boxed{{{t}}}$",
}  # fmt: skip


def _same_by_rule(kind: str, mutation: str, before: str, after: str) -> bool:
    """The change says the same: nothing was changed, a zero lost its sign, a swap of equals."""
    if after == before or (mutation == "swapped" and re.match(r"\((-?\d+), \1,", before)):
        return True
    if mutation == "a part more" and kind == "set" and re.search(r"\{3,", before):
        return True  # a set names an element once
    if kind == "fraction":
        top, bottom = (list(map(int, re.findall(r"-?\d+", t))) for t in (before, after))
        return (
            len(top) == len(bottom) == 2
            and bottom[1] != 0
            and top[0] * bottom[1] == bottom[0] * top[1]
        )
    return kind == "ratio" and _ratio(before) == _ratio(after)


def _ratio(text: str) -> float | None:
    a, _, b = text.partition(":")
    return int(a) / int(b) if a.lstrip("-").isdigit() and b.isdigit() and int(b) else None


def references(shared: Path | None = None) -> list[tuple[str, str]]:
    rng = random.Random(20)
    return [reference(rng) for _ in range(1000)]


def test_no_mutant_is_equal() -> None:
    assert len(MUTATIONS) >= 15
    rng = random.Random(21)
    tried: Counter[str] = Counter()
    wrong: list[tuple[str, str, str]] = []
    for kind, text in references():
        for name, mutate in MUTATIONS.items():
            mutant = mutate(rng, text)
            if _same_by_rule(kind, name, text, mutant):
                continue
            tried[name] += 1
            if equal(text, mutant).equal:  # the reference first: a finer answer may round to it
                wrong.append((name, text, mutant))
    assert min(tried[name] for name in MUTATIONS) >= 5 and sum(tried.values()) > 5000
    assert not wrong, f"{len(wrong)}: {wrong[:12]}"


@pytest.mark.parametrize("wrap", WRAPS)
def test_every_reference_equals_itself_however_wrapped(wrap: str) -> None:
    apart = [t for _, t in references() if equal(t, WRAPS[wrap](t)).equal is not True]
    assert not apart, f"{len(apart)}: {apart[:12]}"


def test_real_references(shared_data: Path) -> None:
    rng = random.Random(22)
    found: list[str] = []
    for file in sorted((shared_data / "mathif").glob("*.jsonl")):
        lines = file.read_text(encoding="utf-8").splitlines()
        found += [str(json.loads(line)["answer"]) for line in lines if line.strip()]
    wrong = [
        (text, mutant)
        for text in found
        for name in ("a digit up", "a digit far off", "a digit more")
        if (mutant := MUTATIONS[name](rng, text)) != text and equal(text, mutant).equal
    ]
    assert len(found) == 420 and not wrong, wrong[:12]
