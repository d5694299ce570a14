"""An item as one text column of a trainer's dataset, and back.

One JSON text and no nested columns: Arrow gives every row the keys of all rows, so that a constraint
would come back with parameters that it never had.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from bridle.benchmarks.fields import Unusable
from bridle.benchmarks.item import Item
from bridle.benchmarks.item_rows import fields_of, holds_item, item_of
from bridle.errors import BridleError, DataError

KEPT = 20_000  # items remembered by their text; each is asked once a completion, some KB each
_items: OrderedDict[str, Item] = OrderedDict()


def row_of(item: Item) -> str:
    """The item as one JSON text; `item_of_row` reads it.

    Raises:
        BridleError: the item has several turns, or a constraint that no type here judges.
    """
    if item.later:
        raise BridleError(
            f"{item.id} has {len(item.asks)} turns; a reward is for one.", hint="item.at(0)"
        )
    return json.dumps(fields_of(item, "with"), ensure_ascii=False, sort_keys=True)


def item_of_row(value: Item | str | Mapping[str, Any]) -> Item:
    """The item that a column's value holds: an Item, `row_of`'s text, or a mapping of its fields.

    Keys without a value are passed over, since Arrow adds them.

    Raises:
        DataError: the value holds nothing to judge by.
    """
    if isinstance(value, Item):
        return value
    key = value if isinstance(value, str) else _text(value)
    found = _items.get(key)
    if found is not None:
        return found
    found = _read(key)
    _items[key] = found
    if len(_items) > KEPT:
        _items.popitem(last=False)
    return found


def _text(value: object) -> str:
    if not isinstance(value, Mapping):
        raise DataError(
            f"A {type(value).__name__} is no item.", expected="the text of bridle.reward.row_of"
        )
    try:
        return json.dumps(_without_none(value), ensure_ascii=False, sort_keys=True)
    except (TypeError, ValueError, RecursionError) as error:
        raise DataError(f"The item's fields are not plain values: {error}.") from None


def _without_none(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {k: _without_none(v) for k, v in value.items() if v is not None}
    if isinstance(value, list | tuple):
        return [_without_none(v) for v in value]
    if type(value).__module__ == "numpy":  # Parquet's lists, as pandas and verl read them
        return _without_none(value.tolist())
    return value


def _read(text: str) -> Item:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict) or not holds_item(fields):
        raise DataError(
            f"The column holds no item: {text[:60]!r}.",
            expected="the text of bridle.reward.row_of, or a JSON object with constraints or an answer",
        )
    try:
        return item_of(fields, name=str(fields.get("item", "")))
    except Unusable as reason:
        raise DataError(f"The column's item cannot be read: {reason}.") from reason
