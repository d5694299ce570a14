"""MathIF's 420 reference answers: against themselves, reformatted, and against wrong ones."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bridle.maths import equal, find_answer, read


@pytest.fixture(scope="module")
def references(shared_data: Path) -> list[str]:
    found: list[str] = []
    for path in sorted((shared_data / "mathif").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                found.append(str(json.loads(line)["answer"]))
    assert len(found) == 420
    return found


def spellings(reference: str) -> list[str]:
    """The same answer as models write it; nothing here changes its meaning."""
    bare = reference.replace("$", "")
    found = [
        reference,
        bare,
        f" {reference} ",
        f"{reference}.",
        f"${bare}$",
        f"\\({bare}\\)",
        f"\\[{bare}\\]",
        f"\\boxed{{{bare}}}",
        f"\\boxed{{{bare}}}.",
        reference.replace("\\frac", "\\dfrac"),
        reference.replace("\\frac", "\\tfrac"),
        reference.replace("\\dfrac", "\\frac"),
        reference.replace("\\left", "").replace("\\right", ""),
        reference.replace(" ", "  "),
        re.sub(r"(?<=[=+,]) ?", " ", reference)
        if not re.search(r"\\!|\d,\d{3}", reference)
        else reference,
        re.sub(r"\^\{(\w)\}", r"^\1", reference),
        re.sub(r"\^(\w)(?!\w)", r"^{\1}", reference),
        re.sub(r"\\frac\{(\d)\}\{(\d)\}", r"\\frac\1\2", reference),
    ]
    if re.fullmatch(r"-?\d+", bare):
        value = int(bare)
        found += [
            f"{value:,}", f"{value}.0", f"{value}.", f"{value}\\text{{ units}}", f"x = {value}", f"{value} apples",
            f"\\text{{{value}}}", f"\\frac{{{2 * value}}}{{2}}", f"{value}^\\circ", f"**{value}**",
        ]  # fmt: skip
        found.append(f"00{value}" if value >= 0 else f"-00{-value}")
    if match := re.fullmatch(r"([\d.]+)e([-+]?\d+)", bare):
        found += [
            f"{match[1]} \\times 10^{{{match[2]}}}",
            f"{match[1]}\\cdot10^{{{int(match[2])}}}",
        ]
    return found


def near_misses(reference: str) -> list[str]:
    """Answers that are wrong for certain."""
    bare = reference.replace("$", "")
    if re.fullmatch(r"-?\d+", bare):
        value = int(bare)
        found = [
            str(value + 1),
            str(value - 1),
            f"{value}.5",
            f"{value}1",
            f"\\frac{{1}}{{{abs(value) + 2}}}",
            "x",
        ]
        return found + ([str(-value), f"{10 * value}", f"{value / 100:.10f}"] if value else [])
    if re.fullmatch(r"[-+]?[\d.]+(?:e[-+]?\d+)?", bare):
        mantissa, _, exponent = bare.partition("e")
        last = str((int(mantissa[-1]) + 3) % 10)
        tail = f"e{exponent}" if exponent else ""
        found = [
            f"{mantissa[:-1]}{last}{tail}",
            f"-{bare}".replace("--", "").replace("-+", "-"),
            f"{mantissa}e{int(exponent or 0) + 1}",
        ]
        return [text for text in found if text.lstrip("-")]
    if "text" in bare:
        return ["\\text{nothing of the kind}"] * ("(C)" in bare) or ["5", "Zoe"]
    wrong = ["123456789"]
    if digits := re.search(r"(?<![\d.])\d(?![\d.])", bare):
        changed = str(int(digits[0]) + 1)
        wrong.append(bare[: digits.start()] + changed + bare[digits.end() :])
    return wrong


def test_every_reference_is_read_and_equals_its_spellings(references: list[str]) -> None:
    wrong: list[str] = []
    for reference in references:
        if read(reference).kind == "unreadable":
            wrong.append(f"{reference!r} is not read")
        for spelling in dict.fromkeys(spellings(reference)):
            there, back = equal(reference, spelling), equal(spelling, reference)
            if there.equal is not True or back.equal is not True:
                wrong.append(
                    f"{reference!r} and {spelling!r}: {there.equal}, back {back.equal} ({there.reason})"
                )
    assert not wrong, "\n".join(wrong)


def test_no_wrong_answer_passes(references: list[str]) -> None:
    wrong: list[str] = []
    for k, reference in enumerate(references):
        for other in [*near_misses(reference), references[(k + 7) % 420]]:
            if other == references[(k + 7) % 420] and equal(reference, other).how == "identical":
                continue  # two rows with the same reference
            there, back = equal(reference, other), equal(other, reference)
            if there.equal is True and not _truly_equal(reference, other):
                wrong.append(f"{reference!r} and {other!r} are said to be equal ({there.reason})")
            if there.equal is not back.equal:
                wrong.append(f"{reference!r} and {other!r}: {there.equal}, back {back.equal}")
    assert not wrong, "\n".join(wrong)


def _truly_equal(a: str, b: str) -> bool:
    """Two rows may have the same reference in other words (033 and 33)."""
    plain = [re.sub(r"[$\s]|\^\\circ", "", text).lstrip("0") for text in (a, b)]
    return plain[0] == plain[1]


def test_near_misses_of_numbers_are_decided(references: list[str]) -> None:
    numbers = [r for r in references if re.fullmatch(r"-?\d+", r)]
    assert len(numbers) > 280
    for reference in numbers:
        for other in near_misses(reference):
            assert equal(reference, other).equal is False, (reference, other)


def test_found_in_a_response_and_equal(references: list[str]) -> None:
    for reference in references:
        bare = reference.replace("$", "")
        for response in (
            f"We compute.\n\nTherefore \\boxed{{{bare}}}.",
            f"So we get it.\n#### {bare}",
            f"The answer is ${bare}$",
        ):
            found = find_answer(response)
            if found is None and response.startswith("So we get"):
                continue  # a formula behind #### may be a heading
            assert found is not None, response
            assert equal(reference, found.text).equal is True, (reference, found)
