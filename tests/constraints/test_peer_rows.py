"""Every row of IFEval and IFBench becomes a constraint of ours."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from bridle.constraints import from_peer
from bridle.constraints.peers import peers
from bridle.errors import ConstraintError

# (benchmark, prompts, instructions, kinds of instructions)
SETS = (("ifeval", 541, 834, 25), ("ifbench", 300, 344, 58))


def instructions(path: Path) -> list[tuple[str, dict[str, object]]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        (peer, kwargs)
        for row in rows
        for peer, kwargs in zip(row["instruction_id_list"], row["kwargs"], strict=True)
    ]


@pytest.mark.parametrize(("benchmark", "prompts", "number", "kinds"), SETS)
def test_every_row_resolves(
    shared_data: Path, benchmark: str, prompts: int, number: int, kinds: int
) -> None:
    path = shared_data / benchmark / "prompts.jsonl"
    assert sum(1 for line in path.read_text("utf-8").splitlines() if line.strip()) == prompts
    found = instructions(path)
    assert len(found) == number
    assert len({peer for peer, _ in found}) == kinds
    unknown = Counter(peer for peer, _ in found if peer not in peers())
    rejected: list[tuple[str, object, str]] = []
    for peer, kwargs in found:
        if peer in peers():
            try:
                rule = from_peer(peer, kwargs)
            except ConstraintError as error:
                rejected.append((peer, kwargs, str(error)))
            else:
                assert rule.describe()
    assert not unknown
    assert not rejected
