"""Other names of a type, and names that say a parameter."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from bridle.cli import bridle
from bridle.constraints import REGISTRY, check, from_spec, get
from bridle.constraints.aliases import ALIASES, SAID
from bridle.errors import ConstraintError


def test_each_stands_for_a_type_and_hides_none() -> None:
    assert not set(ALIASES) & set(REGISTRY) and not set(SAID) & {*ALIASES, *REGISTRY}
    assert set(ALIASES.values()) <= set(REGISTRY)
    assert {said.split()[0] for said in SAID.values()} <= set(REGISTRY)


def test_the_record_has_the_types_own_name() -> None:
    assert get("regex", regex="a+").spec() == {"type": "pattern", "regex": "a+"}
    assert from_spec({"type": "word_count", "at_most": 3}) == get("words", at_most=3)
    assert check("See www.x.org", no_links=True)[0].constraint == "no_url"


def test_a_name_that_says_a_parameter_is_told_how() -> None:
    with pytest.raises(ConstraintError) as caught:
        get("max_words", value=3)
    assert caught.value.expected == "did you mean words with at_most?"
    with pytest.raises(ConstraintError) as caught:
        get("no_hyperlink")
    assert caught.value.expected == "did you mean 'no_hyperlinks'?"


def test_the_commands_know_them(tmp_path) -> None:
    text = tmp_path / "a.txt"
    text.write_text("See AB-12.")
    done = CliRunner().invoke(bridle, ["explain", str(text), "-c", "regex:regex=[A-Z]+-[0-9]+"])
    assert done.exit_code == 0 and "pattern" in done.output
    assert "no_url" in CliRunner().invoke(bridle, ["list", "constraints", "no_links"]).output
    error = CliRunner().invoke(bridle, ["list", "constraints", "max_words"]).exception
    assert isinstance(error, ConstraintError) and "words with at_most" in str(error.expected)
