"""How one of the paragraphs begins."""

from __future__ import annotations

import pytest

from bridle.constraints import get


@pytest.mark.parametrize(
    ("word", "text", "obeyed"),
    [
        ("¿Qué", "Hola.\n\n**¿Qué** tal?", True),
        ("#1", "We add.\n\n#1 is 4.", True),
        ("#1", "We add.\n\n1 is 4.", False),
        (".5", "We add.\n\n.5 is it.", True),
        ("$x$", "We add.\n\n$x$ is 4.", True),
        ("$x$", "We add.\n\nSo $x$ is 4.", False),
        ("can", "We add.\n\nCan't do.", False),
        ("in fact", "We add.\n\n*In* fact, no.", True),
        ("so", "So we add so.\n\nIt is so.", False),
    ],
)
def test_what_the_paragraph_begins_with(word: str, text: str, obeyed: bool) -> None:
    rule = get("paragraph_start", paragraphs=2, nth=2, word=word)
    assert rule.check(text).obeyed is obeyed
    assert rule.check(rule.build("We add.\n\nIt is 4.")).obeyed is True
