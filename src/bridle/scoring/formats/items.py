"""A file of items, and how a row finds its own in it; which condition a row was asked under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from bridle.benchmarks.fields import Unusable, shown
from bridle.benchmarks.item import CONDITIONS, Condition, Item
from bridle.benchmarks.item_rows import item_of
from bridle.errors import DataError, nearest
from bridle.scoring.formats.by_prompt import ByPrompt, asked_by
from bridle.scoring.formats.columns import item_fields, row_key
from bridle.scoring.formats.given import Bad, Given


class Items:
    """The items of `--items FILE`, found by key, else by prompt, by line where a row has neither."""

    def __init__(self, rows: Iterable[tuple[str, int, Mapping[str, Any]] | Bad], file: str) -> None:
        self.file = file
        self._in_order: list[Item | Bad] = []
        self._keys: list[str | None] = []
        self._places: dict[str, list[int]] = {}
        self._prompts = ByPrompt()
        for place, row in enumerate(rows):
            if isinstance(row, Bad):
                self._in_order.append(row)
                self._keys.append(None)
                continue
            name, number, fields = row
            key = row_key(fields)
            self._keys.append(key)
            if key is not None:
                self._places.setdefault(key, []).append(place)
            try:
                item = item_of(item_fields(fields), name=key or str(number))
                self._in_order.append(item)
                self._prompts.add(place, item)
            except Unusable as reason:
                self._in_order.append(Bad(name, number, str(reason)))
        if not self._in_order:
            raise DataError(f"{file} holds no items.", expected="one item a line")

    def __len__(self) -> int:
        return len(self._in_order)

    def by_line(self, given: Given) -> bool:
        """Whether only its line can say which item the row answers."""
        if given.key is not None and self._places:
            return False
        return asked_by(given) is None

    def answered(self, given: Given, place: int) -> Item:
        """The item that a row answers: by its key, else by its prompt, else by its line.

        Raises:
            Unusable: there is none, it might be several, or key and prompt name two.
        """
        prompt = asked_by(given)
        if prompt is None:
            return self.find(given.key, place)
        found = self._prompts.find(prompt)
        if given.key in self._places:
            item = self.find(given.key, place)
            own = [p for p in found if self._in_order[p] is item]
            if found and not own:
                raise Unusable(
                    f"its key {str(given.key)[:60]!r} is one item's, its prompt another's: {shown(prompt, 40)}"
                )
            return item
        if not found:
            raise Unusable(f"its prompt is that of no item of {self.file}: {shown(prompt, 40)}")
        if len(found) > 1 and place not in found:
            raise Unusable(
                f"{len(found)} items of {self.file} have its prompt, and no key says which"
            )
        return self.find(None, place if len(found) > 1 else found[0])

    def find(self, key: str | None, place: int) -> Item:
        """The item of that key, or the one on the row's own line (`place`, from 0).

        Raises:
            Unusable: there is none, several have the key, or its line in the file is bad.
        """
        if key is not None and self._places:
            places = self._places.get(key)
            if places is None:
                near = nearest(key, self._places)
                raise Unusable(
                    f"no item has the key {key[:60]!r}"
                    + (f"; the nearest is {near!r}" if near else "")
                )
            if len(places) > 1 and place not in places:
                raise Unusable(f"{len(places)} items have the key {key[:60]!r}")
            place = place if len(places) > 1 else places[0]
        if place >= len(self._in_order):
            raise Unusable(f"there is no item on its line: {self.file} has {len(self)}")
        found = self._in_order[place]
        if isinstance(found, Bad):
            raise Unusable(f"its item is unusable ({found})")
        return found


def condition_of(fields: Mapping[str, Any]) -> Condition:
    """Which prompt was asked: the row's `condition`, "with" the constraints unless it says "without"."""
    value = fields.get("condition")
    if value is None:
        return "with"
    if value not in CONDITIONS:
        raise Unusable(f"condition must be with or without, this is {shown(value)}")
    return cast(Condition, value)


def asked_under(item: Item, fields: Mapping[str, Any]) -> Condition:
    """The row's condition, if the item can be asked so.

    Raises:
        Unusable: "without" of an item that has no prompt without its constraints (IFEval, IFBench).
    """
    condition = condition_of(fields)
    if condition == "without" and item.bare_prompt is None:
        raise Unusable(
            f'{item.benchmark} has no condition "without": its prompts are one with their '
            "instructions (bare_prompt in the row, if yours are not)"
        )
    return condition
