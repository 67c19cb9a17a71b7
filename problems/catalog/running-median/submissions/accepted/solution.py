"""Knows the median of a stream of numbers at any time."""

from heapq import heappush, heappushpop


class RunningMedian:
    """Keeps the smaller half of the values and the larger half in a heap each.

    The lower half has as many values as the upper one, or one more.
    """

    def __init__(self) -> None:
        self._lower: list[int] = []  # negated, so that the largest is on top
        self._upper: list[int] = []

    def add(self, value: int) -> None:
        """Takes a value, which passes through the half that does not grow."""
        if len(self._lower) == len(self._upper):
            heappush(self._lower, -heappushpop(self._upper, value))
        else:
            heappush(self._upper, -heappushpop(self._lower, -value))

    def median(self) -> float:
        """Returns the median of all values, or 0 if there are none."""
        if not self._lower:
            return 0.0
        if len(self._lower) > len(self._upper):
            return float(-self._lower[0])
        return (self._upper[0] - self._lower[0]) / 2
