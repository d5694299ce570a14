"""The examples of docs/arms.md run as they stand, one after the other."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import ModuleType

from bridle import arms, outcomes, plugins
from bridle.benchmarks.item import Item
from bridle.calls import Reply
from bridle.constraints import get
from bridle.problems.base import Problem
from bridle.studies.drawing import Drawing
from bridle.studies.grades import graded
from bridle.studies.plan import Call

PAGE = Path(__file__).parents[2] / "docs" / "arms.md"


def test_the_examples_run() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert len(code) == 5
    page = ModuleType("docs_arms")
    sys.modules["docs_arms"] = page  # dataclasses look their module up
    plugins.load("bridle.outcomes")  # what it registers must outlast this test
    before, known = dict(arms.ARMS), dict(outcomes.OUTCOMES)
    try:
        for block in code:
            exec(compile(block, str(PAGE), "exec"), page.__dict__)
        _ask_which(page)
    finally:
        for registry, kept in ((arms.ARMS, before), (outcomes.OUTCOMES, known)):
            registry.clear()
            registry.update(kept)
        del sys.modules["docs_arms"]


def _ask_which(page: ModuleType) -> None:
    rule = get("no_comma")
    item = Item("i", Problem("p", "2+2?", "4"), (rule,), "2+2? No comma.", "2+2?", "own")
    arm = page.AskWhich()
    drawing = Drawing(arm, item, Call("m", "i", "with", "ask_which", 0), {})
    drawing.send(Reply(raw="Well, \\boxed{4}", finish_reason="stop"))
    drawing.send(Reply(raw="A", finish_reason="stop"))
    rows = [record for _, record in graded(drawing)]
    assert [(r.turn, r.fork) for r in rows] == list(arm.rows(item))
    assert [(r.hard, r.knows, r.correct) for r in rows] == [(False, None, True), (None, True, None)]
