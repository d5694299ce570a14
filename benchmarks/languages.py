"""How often is the language right, by style and by language, and what does it cost?

    python benchmarks/languages.py             tables of the labelled texts, then microseconds
    python benchmarks/languages.py --failures  also every text that is not right

The texts stand in tests/languages/texts, one file a language, written for this project; those
in held_out/ were written after the rules, in six rounds, and judged before anything was changed
(docs/languages.md has those figures; what is printed here is how they are judged now). In
`mixed` ones `[[en]]` says that English begins; the true shares are counted in letters. Three
outcomes: right, undetermined, wrong. A text in one language is right where at least 90 % of its
letters are given to it and wrong where more than 10 % are given to others; a mixed one is right
where each language's share is within 0.1 of the truth and wrong beyond; a text without a language
(`none`) is right where nothing is said of it. CLD2 and py3langid get the raw text, as evaluations
often hand it over, and the same texts with maths masked, which shows what is the classifier's.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bridle.languages.detect import known_language, languages, name_of
from bridle.text import MASK, View, read_text

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "languages" / "texts"
STYLES = ("plain", "latex", "capitals", "short", "mixed", "none")
HELD_OUT = ("plain", "short", "capitals", "small", "latex", "list", "names", "bare", "typos", "mixed",
            "end", "close", "roman", "none")  # fmt: skip
ROUNDS = ("first", "second", "third", "fourth", "fifth", "sixth")
TOLERANCE = 0.1
_BEGINS = re.compile(r" ?\[\[([a-z]{2})\]\] ?")

Shares = dict[str, float]
Detector = Callable[[str], Shares | None]


@dataclass(frozen=True)
class Labelled:
    """A text with the true share of each language, by letters of prose; empty: no language."""

    language: str
    style: str
    text: str
    shares: Shares


def labelled(folder: Path = FOLDER) -> list[Labelled]:
    """Every labelled text, by language, in the order of the files."""
    found: list[Labelled] = []
    for path in sorted(folder.glob("*.tsv")):
        for row in path.read_text(encoding="utf-8").splitlines()[1:]:
            style, text = row.split("\t")
            found.append(_read(path.stem, style, text))
    return found


def held_out(number: str, folder: Path = FOLDER) -> list[Labelled]:
    """The texts of one round, in the order of the file; ⏎ is a line end."""
    rows = (folder / "held_out" / f"{number}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = (row.replace("⏎", "\n").split("\t") for row in rows)
    return [_read(language, style, text) for language, style, text in cells]


def _read(language: str, style: str, text: str) -> Labelled:
    if language == "und":
        return Labelled(language, style, text, {})
    first, *rest = _BEGINS.split(text)
    parts = [(language, first), *zip(rest[::2], rest[1::2], strict=True)]
    parts = [(code, part) for code, part in parts if part.strip()]
    letters: Counter[str] = Counter()
    for code, part in parts:
        letters[code] += sum(c.isalpha() for c in read_text(part).masked.text)
    total = letters.total()
    shares = {code: n / total for code, n in letters.items()}
    return Labelled(language, style, " ".join(part for _, part in parts), shares)


def outcome(case: Labelled, got: Shares | None) -> str:
    """`right`, `undetermined` or `wrong`."""
    got = got or {}
    unknown = got.get("?", 0.0) if got else 1.0
    if not case.shares:
        return "right" if unknown >= 0.9 else "wrong"
    if len(case.shares) > 1:
        off = max(
            abs(got.get(code, 0.0) - case.shares.get(code, 0.0)) for code in {*got, *case.shares}
        )
        if off <= TOLERANCE:
            return "right"
        return "undetermined" if unknown > TOLERANCE else "wrong"
    if got.get(case.language, 0.0) >= 0.9:
        return "right"
    other = sum(share for code, share in got.items() if code not in (case.language, "?"))
    return "wrong" if other > TOLERANCE else "undetermined"


def ours(text: str) -> Shares | None:
    return languages(read_text(text).masked)


def masked(text: str) -> str:
    return read_text(text).masked.text.replace(MASK, " ")


def cld2(text: str) -> Shares | None:
    """CLD2's own shares; None where it says that it is not reliable."""
    import pycld2

    try:
        reliable, _, found = pycld2.detect(text.encode("utf-8", "ignore"))
    except pycld2.error:
        return None
    if not reliable:
        return None
    return {known_language(code) or "?": percent / 100 for _, code, percent, _ in found if percent}


def langid(text: str) -> Shares | None:
    import py3langid

    code = py3langid.classify(text)[0]
    return {known_language(code) or "?": 1.0}


DETECTORS: dict[str, Detector] = {
    "bridle": ours,
    "CLD2, raw": cld2,
    "CLD2, masked": lambda text: cld2(masked(text)),
    "py3langid, raw": langid,
    "py3langid, masked": lambda text: langid(masked(text)),
}


def by_style(
    cases: list[Labelled], detector: Detector, styles: tuple[str, ...] = STYLES
) -> dict[str, Counter[str]]:
    found = {style: Counter[str]() for style in styles}
    for case in cases:
        found[case.style][outcome(case, detector(case.text))] += 1
    return found


def by_language(cases: list[Labelled], detector: Detector) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for case in cases:
        found.setdefault(case.language, Counter())[outcome(case, detector(case.text))] += 1
    return found


def _percent(counts: Counter[str], kind: str) -> str:
    return f"{100 * counts[kind] / counts.total():.1f}"


def print_styles(cases: list[Labelled]) -> None:
    print("right / undetermined / wrong, in percent\n")
    print("| | " + " | ".join(STYLES) + " |")
    print("|---|" + "---|" * len(STYLES))
    sizes = Counter(case.style for case in cases)
    print("| texts | " + " | ".join(str(sizes[s]) for s in STYLES) + " |")
    for name, detector in DETECTORS.items():
        table = by_style(cases, detector)
        cells = [
            " / ".join(_percent(table[s], k) for k in ("right", "undetermined", "wrong"))
            for s in STYLES
        ]
        print(f"| {name} | " + " | ".join(cells) + " |")


def print_held_out() -> None:
    print("\nheld out, as judged now: right / undetermined / wrong, in texts\n")
    print("| round | all | " + " | ".join(HELD_OUT) + " |\n|---|---|" + "---|" * len(HELD_OUT))
    for number in ROUNDS:
        table = by_style(held_out(number), ours, HELD_OUT)
        cells = [sum(table.values(), Counter[str]()), *table.values()]
        print(f"| {number} | " + " | ".join(map(_texts, cells)) + " |")


def _texts(counts: Counter[str]) -> str:
    if not counts:
        return ""
    return " / ".join(str(counts[kind]) for kind in ("right", "undetermined", "wrong"))


def print_languages(cases: list[Labelled]) -> None:
    print("\n| language | texts | right | undetermined | wrong |\n|---|---|---|---|---|")
    for code, counts in by_language(cases, ours).items():
        name = "none" if code == "und" else name_of(code)
        print(
            f"| {name} | {counts.total()} | {counts['right']} | {counts['undetermined']} "
            f"| {counts['wrong']} |"
        )


def print_failures(cases: list[Labelled]) -> None:
    for case in cases:
        got = ours(case.text)
        if (what := outcome(case, got)) != "right":
            print(f"{what:12} {case.language} {case.style:8} {got} {case.shares} {case.text[:90]}")


def print_cost(cases: list[Labelled], words: int = 500) -> None:
    """Microseconds for about 500 words, a new text each time: no cache helps."""
    print(
        f"\nMicroseconds of processor time for {words} words, median of 30 texts never seen before\n"
    )
    print(
        "| detector | " + " | ".join(("English", "Spanish", "Hindi", "Russian", "Chinese")) + " |"
    )
    print("|---|---|---|---|---|---|")
    for name in ("bridle", "CLD2, raw", "py3langid, raw"):
        cells: list[str] = []
        for code in ("en", "es", "hi", "ru", "zh"):
            pool = [c.text for c in cases if c.language == code and c.style == "plain"]
            times: list[float] = []
            for i in range(31):
                text = _long(pool, words, i)
                start = time.process_time()
                if name == "bridle":
                    languages(View(text, ()))
                else:
                    DETECTORS[name](text)
                times.append(time.process_time() - start)
            cells.append(f"{1e6 * sorted(times[1:])[15]:,.0f}")
        print(f"| {name} | " + " | ".join(cells) + " |")


def _long(pool: list[str], words: int, seed: int) -> str:
    parts: list[str] = []
    count = 0
    while count < words:
        part = f"{pool[(seed + len(parts)) % len(pool)]} ({seed}, {len(parts)})"
        parts.append(part)
        count += len(read_text(part).kept.words)
    return " ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--failures", action="store_true", help="list what is not right")
    args = parser.parse_args()
    cases = labelled()
    print(f"{len(cases)} texts, {len({c.language for c in cases} - {'und'})} languages\n")
    print_styles(cases)
    print_held_out()
    print_languages(cases)
    print_cost(cases)
    if args.failures:
        print()
        print_failures([*cases, *(case for number in ROUNDS for case in held_out(number))])


if __name__ == "__main__":
    main()
