"""The corpus of our own: every pair has the verdict that was written beside it, both ways round."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from bridle.maths import equal, read

FOLDER = Path(__file__).parent / "corpus"
FILES = sorted(FOLDER.glob("*.txt"))
WANTED = {"=": True, "!": False, "?": None}


@dataclass(frozen=True)
class Case:
    gold: str
    answer: str
    want: bool | None
    back: bool | None  # the other way round; the same but where a decimal is coarser
    why: str
    line: int


def cases(path: Path) -> list[Case]:
    """The pairs of one file."""
    found: list[Case] = []
    gold, family = "", ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        mark, _, rest = line.partition(" ")
        text, _, why = rest.partition(" ;;")
        if mark == ">>":
            gold, family = text.strip(), why.strip()
        else:
            want, back = WANTED[mark[0]], WANTED[mark[-1]]
            found.append(Case(gold, text, want, back, why.strip() or family, number))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_pair_has_its_verdict(path: Path) -> None:
    wrong: list[str] = []
    for case in cases(path):
        there, back = equal(case.gold, case.answer), equal(case.answer, case.gold)
        if there.equal is not case.want or back.equal is not case.back:
            wrong.append(
                f"{path.name}:{case.line} {case.gold!r} and {case.answer!r}: wanted {case.want} and back {case.back} ({case.why}), "
                f"said {there.equal} and back {back.equal} ({there.how}: {there.reason})"
            )
    assert not wrong, f"{len(wrong)} wrong:\n" + "\n".join(wrong)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_whatever_is_read_equals_itself(path: Path) -> None:
    texts = {text for case in cases(path) for text in (case.gold, case.answer)}
    for text in sorted(texts):
        if read(text).kind != "unreadable":
            # written otherwise, so that the same text is not recognised as such
            assert equal(text, f"\\boxed{{{text}}}").equal is not False, text
            assert equal(text, text).equal is True, text


def test_there_are_enough_pairs_and_no_pair_twice() -> None:
    pairs = [(case.gold, case.answer) for path in FILES for case in cases(path)]
    assert len(set(pairs)) == len(pairs), sorted({p for p in pairs if pairs.count(p) > 1})
    assert len(pairs) >= 1500
    by_verdict = {
        want: sum(case.want is want for path in FILES for case in cases(path))
        for want in (True, False, None)
    }
    assert min(by_verdict[True], by_verdict[False]) >= 500
    assert by_verdict[None] >= 50
