"""Hashes by which items are known again: of all prompts of a study, and of each item with what judges it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from bridle.benchmarks.item import Item


def item_hash(item: Item) -> str:
    """A short hash of an item: its prompts, reference answers and constraints with their parameters."""
    asks = [
        [ask.prompt, ask.bare_prompt, ask.answer, [rule.spec() for rule in ask.constraints]]
        for ask in item.asks
    ]
    text = json.dumps([item.id, item.system, asks], sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def digest(items: Sequence[Item]) -> str:
    """Over everything that is asked; of an item of one turn: its id and both its prompts."""
    digest = hashlib.sha256()
    for item in items:
        texts = [item.id, item.prompt, item.bare_prompt or ""]
        for ask in item.later:
            texts += [ask.prompt, ask.bare_prompt or ""]
        if item.system is not None:
            texts.append(item.system)
        for text in texts:
            digest.update(text.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()
