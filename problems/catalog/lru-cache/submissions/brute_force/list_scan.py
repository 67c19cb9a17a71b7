"""The statement word for word: a list of entries, the one used last at its end."""


class LRUCache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.entries = []

    def get(self, key):
        for i, (k, value) in enumerate(self.entries):
            if k == key:
                self.entries.append(self.entries.pop(i))
                return value
        return -1

    def put(self, key, value):
        if self.get(key) >= 0:
            self.entries.pop()
        elif len(self.entries) == self.capacity:
            self.entries.pop(0)
        self.entries.append((key, value))
