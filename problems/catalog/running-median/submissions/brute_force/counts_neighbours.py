"""Looks for the values that have half of all others on either side."""


class RunningMedian:
    def __init__(self):
        self.values = []

    def add(self, value):
        self.values.append(value)

    def median(self):
        n = len(self.values)
        middle = {
            v
            for v in self.values
            if 2 * sum(w < v for w in self.values) <= n and 2 * sum(w > v for w in self.values) <= n
        }
        return (min(middle) + max(middle)) / 2 if middle else 0.0
