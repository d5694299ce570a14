"""A benchmark's own items, found for rows that answer them: by the prompt, else by the key.

What others generated is often no more than `{"prompt": …, "response": …}`, and keys are often the
row's number in another order; a prompt is what was asked.
"""

from __future__ import annotations

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.item import Item
from bridle.errors import nearest
from bridle.runs.formats.given import Given, Unusable, key_of, shown
from bridle.runs.formats.items import holds_item, item_of


class AskedItems:
    """The items of a benchmark as `Scoring` wants them: each row names its own."""

    def __init__(self, benchmark: Benchmark) -> None:
        self.file = benchmark.name
        self._items = {item.id: item for item in benchmark.items}
        self._prompts = {item.prompt: item for item in benchmark.items}
        self._bare = {item.bare_prompt: item for item in benchmark.items if item.bare_prompt}

    def __len__(self) -> int:
        return len(self._items)

    def by_key(self, key: str | None) -> bool:
        return True  # never by line: the items stand in an order of ours

    def answered(self, given: Given, place: int) -> Item:
        """The item that the row answers.

        Raises:
            Unusable: it is none of the benchmark's, or its key and its prompt name different ones.
        """
        prompt = _prompt(given)
        found = self._prompts.get(prompt or "")
        if found is None and given.fields.get("condition") == "without":
            found = self._bare.get(prompt or "")
        if found is not None:
            return found
        named = key_of(given.fields.get("item")) or given.key
        item = self._items.get(named or "")
        if item is None:
            raise Unusable(self._unknown(named, prompt))
        if prompt is not None and item.prompt not in prompt:
            raise Unusable(
                f"its key is that of {item.id}, its prompt is another: {shown(prompt, 40)}"
            )
        return item

    def _unknown(self, key: str | None, prompt: str | None) -> str:
        if key is None and prompt is None:
            return f"neither a prompt nor a key says which item of {self.file} it answers"
        named = [] if key is None else [f"the key {key[:60]!r}"]
        what = " or ".join(named if prompt is None else [*named, "its prompt"])
        near = nearest(key, self._items) if key is not None else None
        return f"no item of {self.file} has {what}" + (f"; the nearest is {near!r}" if near else "")


def _prompt(given: Given) -> str | None:
    """The prompt as the row has it, or as its fields make it (MathIF's rows hold only the parts)."""
    prompt = given.fields.get("prompt")
    if isinstance(prompt, str):
        return prompt
    if not holds_item(given.fields):
        return None
    try:
        return item_of(given.fields, name="row").prompt
    except Unusable:
        return None
