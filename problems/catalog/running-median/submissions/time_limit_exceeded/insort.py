"""Inserts every value into a sorted list."""

from bisect import insort


class RunningMedian:
    def __init__(self):
        self.sorted = []

    def add(self, value):
        insort(self.sorted, value)

    def median(self):
        n = len(self.sorted)
        if n == 0:
            return 0.0
        return (self.sorted[(n - 1) // 2] + self.sorted[n // 2]) / 2
