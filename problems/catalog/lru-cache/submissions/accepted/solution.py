"""A cache that finds entries through a dict and orders them by last use in a ring."""

from __future__ import annotations


class Entry:
    __slots__ = ("key", "value", "prev", "next")

    def __init__(self, key: int, value: int) -> None:
        self.key = key
        self.value = value
        self.prev = self
        self.next = self

    def unlink(self) -> None:
        self.prev.next = self.next
        self.next.prev = self.prev

    def link_after(self, other: Entry) -> None:
        self.prev = other
        self.next = other.next
        self.prev.next = self
        self.next.prev = self


class LRUCache:
    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: dict[int, Entry] = {}
        # Closes the ring: after it comes the entry used last, before it the
        # one used longest ago.
        self._root = Entry(0, 0)

    def get(self, key: int) -> int:
        entry = self._entries.get(key)
        if entry is None:
            return -1
        entry.unlink()
        entry.link_after(self._root)
        return entry.value

    def put(self, key: int, value: int) -> None:
        entry = self._entries.get(key)
        if entry is not None:
            entry.value = value
            entry.unlink()
        else:
            entry = self._entries[key] = Entry(key, value)
        entry.link_after(self._root)
        if len(self._entries) > self._capacity:
            oldest = self._root.prev
            oldest.unlink()
            del self._entries[oldest.key]
