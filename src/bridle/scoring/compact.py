"""Maps that hold tens of millions of entries in the memory of a laptop.

    seen = Digests(); seen.setdefault(hash("a"), 3)    -> 3
    names = Texts();  names.get(names.add("mathif:7"))    -> "mathif:7"

A dict from number to number takes about 130 bytes an entry, `Digests` 12 to 35. They forget nothing and
delete nothing. Two keys with equal 64-bit digests are one: of ten million that happens once in 300,000
files.
"""

from __future__ import annotations

from array import array

FULL = 0.7  # of the slots; then there are twice as many
WORD = 0xFFFF_FFFF_FFFF_FFFF


class Digests:
    """64-bit keys → numbers from 0 to 2^32 - 1: open addressing with linear probing."""

    __slots__ = ("_count", "_keys", "_mask", "_most", "_values")

    def __init__(self, slots: int = 1024) -> None:
        self._count = 0
        self._room(slots)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, key: int) -> bool:
        return self._keys[self._slot(key)] != 0

    def get(self, key: int) -> int | None:
        """The value of the key, or None."""
        slot = self._slot(key)
        return self._values[slot] if self._keys[slot] else None

    def setdefault(self, key: int, value: int) -> int:
        """The value of the key, which is `value` if there was none."""
        slot = self._slot(key)
        if self._keys[slot]:
            return self._values[slot]
        self._put(slot, key, value)
        return value

    def set(self, key: int, value: int) -> None:
        slot = self._slot(key)
        if self._keys[slot]:
            self._values[slot] = value
        else:
            self._put(slot, key, value)

    def _slot(self, key: int) -> int:
        """Where the key stands, or the empty slot where it belongs; an empty slot holds the key 0."""
        key = key & WORD or 1
        keys, mask = self._keys, self._mask
        slot = (key ^ key >> 32) & mask
        while keys[slot] != key and keys[slot]:
            slot = (slot + 1) & mask
        return slot

    def _put(self, slot: int, key: int, value: int) -> None:
        self._keys[slot] = key & WORD or 1
        self._values[slot] = value
        self._count += 1
        if self._count > self._most:
            old = self._keys, self._values
            self._room(2 * len(self._keys))
            for held, number in zip(*old, strict=True):
                if held:
                    at = self._slot(held)
                    self._keys[at], self._values[at] = held, number

    def _room(self, slots: int) -> None:
        self._keys = array("Q", bytes(8)) * slots
        self._values = array("I", bytes(4)) * slots
        self._mask = slots - 1
        self._most = int(FULL * slots)


class Texts:
    """Texts by their number, one after the other in one buffer."""

    __slots__ = ("_buffer", "_ends", "_last")

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._ends = array("Q")
        self._last = ""

    def add(self, text: str) -> int:
        """The number of the text; one that is added twice in a row is kept once."""
        if not self._ends or text != self._last:
            self._buffer += text.encode("utf-8", "surrogatepass")
            self._ends.append(len(self._buffer))
            self._last = text
        return len(self._ends) - 1

    def get(self, number: int) -> str:
        start = self._ends[number - 1] if number else 0
        part = self._buffer[start : self._ends[number]]
        return part.decode("utf-8", "surrogatepass")
