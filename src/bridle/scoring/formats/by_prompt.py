"""Items found by what was asked: the prompt with the constraints, the bare one, or the question."""

from __future__ import annotations

from bridle.benchmarks.item import Item
from bridle.scoring.formats.given import Given

SHORTEST = 12  # characters of a text that is looked for within a longer prompt


def asked_by(given: Given) -> str | None:
    """The words that the row says were asked, None if it has none."""
    for name in ("prompt", "question"):
        text = given.fields.get(name)
        if isinstance(text, str) and text.strip():
            return text.strip()
    return None


class ByPrompt:
    """Places of items by their texts."""

    def __init__(self) -> None:
        self._exact: dict[str, list[int]] = {}
        self._found: dict[str, list[int]] = {}  # prompts that were looked for: samples repeat them

    def add(self, place: int, item: Item) -> None:
        for text in dict.fromkeys((item.prompt, item.bare_prompt or "", item.problem.question)):
            if text.strip():
                self._exact.setdefault(text.strip(), []).append(place)

    def exactly(self, prompt: str) -> list[int]:
        """Places of the items of which this is a whole text."""
        return self._exact.get(prompt.strip(), [])

    def find(self, prompt: str) -> list[int]:
        """Places of the items that were asked so: the same text, else the longest text of an item
        within the prompt (which a chat template or examples surround)."""
        if same := self.exactly(prompt):
            return same
        if prompt not in self._found:
            within = [t for t in self._exact if len(t) >= SHORTEST and t in prompt]
            longest = max(map(len, within), default=0)
            places = [p for t in within if len(t) == longest for p in self._exact[t]]
            self._found[prompt] = list(dict.fromkeys(places))
        return self._found[prompt]
