"""Answers made to earn without obeying: none of them does, and the honest ones beside them do.

`redteam.jsonl`: one answer a line, with the item it is for, the part it is after, and how it cheats.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from gaming import HIDING, WRAPPING

from bridle.benchmarks.item import Item
from bridle.benchmarks.item_rows import item_of
from bridle.reward import Reward

HERE = Path(__file__).parent
QUESTION = "Tom has 10 apples and buys 8 more apples at the market near the old river. How many apples does he have now?"
ITEMS: dict[str, list[dict[str, Any]]] = {
    "none": [],
    "keywords": [{"type": "keywords", "keywords": ["river", "market", "apple"]}],
    "five": [{"type": "keyword_count", "keyword": "river", "at_least": 5}],
    "long": [{"type": "words", "at_least": 30}],
    "short": [{"type": "words", "at_most": 12}],
    "paragraphs": [{"type": "paragraphs", "exactly": 2}],
    "sentences": [{"type": "sentences", "at_least": 6}],
    "no_comma": [{"type": "no_comma"}],
    "forbidden": [{"type": "forbidden_words", "words": ["apples"]}],
    "lower": [{"type": "lowercase"}],
    "bullets": [{"type": "bullets", "exactly": 3}],
    "end": [{"type": "end_phrase", "phrase": "Is there anything else I can help you with?"}],
    "json": [{"type": "json"}],
    "chinese": [{"type": "language", "language": "zh"}],
}


def item(name: str) -> Item:
    rules = ITEMS[name]
    return item_of({"question": QUESTION, "answer": "18", "constraints": rules}, name=name)


def lines() -> Iterator[dict[str, Any]]:
    for line in (HERE / "redteam.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


ANSWERS = [row for row in lines() if row["earns"] == 0]
HONEST = [row for row in lines() if row["earns"] == 1]


def test_there_are_enough_of_them() -> None:
    assert len(ANSWERS) >= 60
    assert len({(row["item"], row["answer"]) for row in ANSWERS}) == len(ANSWERS)


@pytest.mark.parametrize("row", ANSWERS, ids=lambda row: f"{row['item']}: {row['way']}")
def test_it_earns_nothing(row: dict[str, Any]) -> None:
    for part in row["part"].split():
        scored = Reward.of(part).score(item(row["item"]), row["answer"])
        assert not scored.reward, scored


@pytest.mark.parametrize("row", HONEST, ids=lambda row: f"{row['item']}: {row['way']}")
def test_an_honest_answer_earns_all(row: dict[str, Any]) -> None:
    for part in row["part"].split():
        scored = Reward.of(part).score(item(row["item"]), row["answer"])
        assert scored.reward == 1, scored


@pytest.mark.parametrize("way", HIDING, ids=repr)
def test_hidden_text_earns_nothing(way: Any) -> None:
    wanted = "river market apple river river river river river"
    for name in ("keywords", "five"):
        answer = f"The answer is 18. {way.apply(wanted)}"
        assert Reward.of("joint").score(item(name), answer).reward == 0
    answer = f"I cannot tell. {way.apply('The answer is 18.')}"
    assert Reward.of("correct").score(item("none"), answer).reward == 0


@pytest.mark.parametrize("way", WRAPPING, ids=repr)
def test_a_dress_earns_nothing(way: Any) -> None:
    broken = "Tom has 10 apples, and he buys 8 more, so he has 18 apples in all."
    for name in ("forbidden", "no_comma", "lower"):
        assert Reward.of("hard").score(item(name), way.apply(broken)).reward == 0
