"""Lines and their beginnings."""

from __future__ import annotations

import pytest

from bridle.constraints import get


@pytest.mark.parametrize(
    ("name", "text", "obeyed"),
    [
        ("word_per_line", "a\n\nb\r\nc", True),
        ("word_per_line", "$$x +\ny$$\nholds", True),  # a formula over two lines is one word
        ("word_per_line", "答\n案", True),
        ("word_per_line", "答案", False),  # two words without a space between them
        ("word_per_line", "...", None),
        ("word_per_line", "```\nThe sum\nis 4\n```", False),
        ("word_per_line", "```text\nThe\nsum\n\nis\n4\n```\n", True),
        ("word_per_line", "So\n```\nx = 1\n```", True),  # code beside other words is one
        ("thesis_italics", "<<A title>>", False),
        ("thesis_italics", "<h3>A</h3><i>We add.</i> So.<h3>B</h3><p><i>Yes.</i> So.</p>", True),
        ("thesis_italics", "<h3>A</h3><i>We add.</i> So.<h3>B</h3><p>It fits.</p>", False),
        ("thesis_italics", "<h3>A</h3><p>We add.</p><h3>B</h3><i>It fits.</i> So.", False),
        ("indentation_stairs", "a\n b\n$$x\ny$$", False),
        ("indentation_stairs", "a\n b\n  $$x\ny$$", True),  # the inside of a formula is free
        ("indentation_stairs", "a\n    b\n\tc", False),  # a tab goes to column 4
        ("thesis_italics", "## Sum\n- <em>We add.</em> So it is.", True),
        ("thesis_italics", "**Sum**\n<i>We add.</i> So.\n\n**Check**\nIt fits.", False),
        ("thesis_italics", "Sum\n===\n<i>We add.</i> So.", True),
        ("thesis_italics", "<i> </i> We add.", False),
        ("thesis_italics", "<i>We add.</i> <b></b>", False),  # tags are no text
        ("thesis_italics", "", False),
        ("thesis_italics", '<em class="t">We add.</em> So.', True),
        ("thesis_italics", '<div id="a"><p><b><i>We add.</i></b> So.</p></div>', True),
        ("thesis_italics", "<html>\n<h1 id='a'>Sum</h1>\n<p><i>We add.</i></p>\n<p>So.</p>", True),
        ("thesis_italics", "<h2>Sum</h2> <i>We add.</i> So.", True),
        ("thesis_italics", "<h2>Sum</h2> We add. <i>So.</i> Yes.", False),
        (
            "thesis_italics",
            "Section 1\n<i>We add.</i> So.\n\nSection 2: End\n<i>Yes.</i> So.",
            True,
        ),
        ("thesis_italics", "Section 1: <i>We add.</i> So.\n\nSection 2\nIt fits.", False),
        ("thesis_italics", "Part A of it is four\n<i>We add.</i> So.", False),  # no heading
        ("thesis_italics", "Sum\n---\n<i>We add.</i> So.", True),
        ("thesis_italics", "<i>We add.</i> So.\n---\nIt is 4.", True),  # a line across the page
    ],
)
def test_verdicts(name: str, text: str, obeyed: bool | None) -> None:
    assert get(name).check(text).obeyed is obeyed


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("Japanese", "We 人々 and 〆切 or ﾃﾞｰﾀ"),
        ("Chinese", "We 𠮷 and 豈"),
        ("Arabic", "We نعم، and ﻻ"),
    ],
)
def test_all_letters_of_a_script(script: str, text: str) -> None:
    assert get("every_nth_script", every=2, script=script).check(text).obeyed is True


def test_stairs_point_at_the_line_that_is_no_step() -> None:
    text = "We add.\n  We stop.\n  It is 4."
    verdict = get("indentation_stairs").check(text)
    assert [text[a:b] for a, b in verdict.evidence] == ["  It is 4."]
    assert verdict.observed == [0, 2, 2]


def test_words_in_a_fence_around_all() -> None:
    text = "```\nThe sum\nis 4\n```"
    rule = get("word_per_line")
    assert [text[a:b] for a, b in rule.check(text).evidence] == ["sum", "4"]
    assert rule.build(text) == "```\nThe\nsum\nis\n4\n```"


def test_a_formula_stays_whole_when_words_get_lines_of_their_own() -> None:
    built = get("word_per_line").build("So $x + y$ is \\boxed{4 + 5}.")
    assert built == "So\n$x + y$\nis\n\\boxed{4 + 5}."
