"""Which item a row answers: its own fields say, a file of items, or a benchmark.

A benchmark's items are found by the prompt, else by the key: what others generated is often no more
than `{"prompt": …, "response": …}`, and keys are often the row's number in another order.
"""

from __future__ import annotations

from typing import Protocol

from bridle.benchmarks.base import Benchmark
from bridle.benchmarks.fields import Unusable, key_of, shown
from bridle.benchmarks.item import Item
from bridle.benchmarks.item_rows import holds_item, item_of
from bridle.errors import nearest
from bridle.scoring.formats.by_prompt import ByPrompt
from bridle.scoring.formats.given import Given


class Book(Protocol):
    """Items that rows answer, however they are found."""

    file: str

    def __len__(self) -> int: ...

    def by_line(self, given: Given) -> bool: ...

    def answered(self, given: Given, place: int) -> Item: ...


def item_for(given: Given, items: Book | None, place: int) -> Item:
    """The item that the row answers."""
    if items is not None:
        return items.answered(given, place)
    return item_of(given.fields, name=given.key or str(given.number))


class AskedItems:
    """The items of a benchmark as `Scoring` wants them: each row names its own."""

    def __init__(self, benchmark: Benchmark) -> None:
        self.file = benchmark.name
        self._items = {item.id: item for item in benchmark.items}
        self._in_order = benchmark.items
        self._prompts = ByPrompt()
        for place, item in enumerate(benchmark.items):
            self._prompts.add(place, item)

    def __len__(self) -> int:
        return len(self._items)

    def by_line(self, given: Given) -> bool:
        return False  # the items stand in an order of ours

    def answered(self, given: Given, place: int) -> Item:
        """The item that the row answers.

        Raises:
            Unusable: it is none of the benchmark's, might be several, or key and prompt name two.
        """
        prompt = _prompt(given)
        named = key_of(given.fields.get("item")) or given.key
        item = self._items.get(named or "")
        # Not what stands within it: the key is surer than a prompt among the row's examples.
        found = [self._in_order[place] for place in self._prompts.exactly(prompt or "")]
        if len(found) == 1:
            return found[0]
        if found and item not in found:
            raise Unusable(
                f"{len(found)} items of {self.file} have its prompt, and no key says which"
            )
        if item is None:
            raise Unusable(self._unknown(named, prompt))
        own = (item.prompt.strip(), (item.bare_prompt or item.prompt).strip())
        if prompt is not None and not any(text in prompt for text in own):
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
