"""What a description says is what is checked."""

from __future__ import annotations

import pytest

from bridle.constraints import get


@pytest.mark.parametrize("phrasing", range(3))
def test_a_share_of_a_language_is_said(phrasing: int) -> None:
    assert "30%" in get("language", language="de", share=0.3).describe(phrasing)
    assert "%" not in get("language", language="de").describe(phrasing)


def test_the_part_that_is_judged_is_said() -> None:
    plain = get("no_comma").describe()
    assert "thinking" not in plain
    assert get("no_comma", scope="thinking").describe() == (
        f"{plain} This is about your thinking, not about your final answer."
    )
    assert get("no_comma", scope="both").describe(1).endswith("as well as for your final answer.")
