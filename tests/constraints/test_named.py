"""Lists of given names, and the facts that two peers' rules rest on."""

from __future__ import annotations

from typing import Any

import pytest

from bridle.benchmarks.ifbench.places import AFRICAN_COUNTRIES, AFRICAN_DISPUTED, EUROPEAN_CAPITALS
from bridle.constraints import from_peer, get
from bridle.constraints.families.data.ordered_list import key
from bridle.errors import ConstraintError

CAPITALS = [name.split("/")[0] for name in EUROPEAN_CAPITALS]
COUNTRIES = sorted((name.split("/")[0] for name in AFRICAN_COUNTRIES), key=key, reverse=True)


def test_capitals() -> None:
    rule = from_peer("custom:european_capitals_sort", {})
    assert len(CAPITALS) == 28
    assert rule.check(", ".join(CAPITALS)).obeyed is True
    assert rule.check(", ".join(CAPITALS).replace("Kyiv", "Kiev")).obeyed is True
    without = ", ".join(c for c in CAPITALS if c != "Kyiv")
    verdict = rule.check(without)  # IFBench's own list lacks it
    assert verdict.obeyed is False and "'Kyiv'" in verdict.reason
    wrong = ", ".join([*CAPITALS[:3], "Stockholm", "Tallinn", *CAPITALS[5:]])
    verdict = rule.check(wrong)
    assert [wrong[a:b] for a, b in verdict.evidence] == ["Tallinn"]


def test_countries() -> None:
    rule = from_peer("custom:reverse_newline", {})
    assert len(COUNTRIES) == 54
    assert rule.check("\n".join(COUNTRIES)).obeyed is True
    numbered = "\n".join(f"{i}. **{c}**" for i, c in enumerate(COUNTRIES, start=1))
    assert rule.check(f"Here they are:\n\n{numbered}").obeyed is True
    assert rule.check("\n".join(reversed(COUNTRIES))).obeyed is False
    assert rule.check(", ".join(COUNTRIES)).obeyed is False
    more = [*COUNTRIES, AFRICAN_DISPUTED[0].split("/")[0]]
    assert rule.check("\n".join(sorted(more, key=key, reverse=True))).obeyed is True


def test_other_names_stand_where_the_alphabet_puts_them() -> None:
    rule = from_peer("custom:reverse_newline", {})
    drop = ("Democratic Republic of the Congo", "Eswatini", "Côte d'Ivoire")
    names = [c for c in COUNTRIES if c not in drop]
    names += ["DR Congo", "Swaziland", "Ivory Coast (Côte d’Ivoire)"]
    assert rule.check("\n".join(sorted(names, key=key, reverse=True))).obeyed is True
    renamed = [c.replace("Eswatini", "Swaziland") for c in COUNTRIES]  # S where E was
    assert rule.check("\n".join(renamed)).obeyed is False


def test_names_of_the_two_congos() -> None:
    rule = from_peer("custom:reverse_newline", {})
    names = [c for c in COUNTRIES if "Congo" not in c]
    for both in (("Congo (DRC)", "Congo"), ("Congo (Kinshasa)", "Congo (Brazzaville)")):
        assert rule.check("\n".join(sorted([*names, *both], key=key, reverse=True))).obeyed is True
    assert (
        rule.check("\n".join(sorted([*names, "Congo (DRC)"], key=key, reverse=True))).obeyed
        is False
    )


@pytest.mark.parametrize(
    "text",
    [
        "Oslo\n\n---\n\nRiga",
        "```\nOslo\nRiga\n```",
        "Here:\n\n- Oslo\n- Riga 🇱🇻",
        "\nHere:\nOslo\nRiga",
    ],
)
def test_lines_of_marks_are_no_names(text: str) -> None:
    assert get("ordered_list", names=["Oslo", "Riga"], separator="newline").check(text).obeyed


def test_commas_of_other_scripts() -> None:
    assert get("ordered_list", names=["Oslo", "Riga"]).check("Oslo, and\xa0Riga").obeyed is True
    assert get("ordered_list", names=["東京", "大阪"]).check("東京、大阪").obeyed is True
    assert get("ordered_list", names=["أوسلو", "ريغا"]).check("أوسلو، ريغا").obeyed is True


@pytest.mark.parametrize("text", ["", "Oslo, Oslo, Riga", "The capitals: Oslo, Riga", "Oslo\nRiga"])
def test_what_is_not_the_list(text: str) -> None:
    assert get("ordered_list", names=["Oslo", "Riga"]).check(text).obeyed is False


@pytest.mark.parametrize(
    "params",
    [
        {"names": []},
        {"names": ["Oslo", "oslo"]},
        {"names": ["Oslo", "a/óslo"]},
        {"names": ["Gambia, The"]},
        {"names": ["東京、大阪"]},
        {"names": ["Oslo"], "order": "up"},
        {"names": ["Oslo"], "separator": ";"},
        {"names": ["Oslo"], "optional": ["Oslo"]},
    ],
)
def test_wrong_parameters(params: dict[str, Any]) -> None:
    with pytest.raises(ConstraintError):
        get("ordered_list", **params)
