class Counter:
    def __init__(self, start: int) -> None:
        self._sum = start

    def add(self, amount: int) -> None:
        self._sum += amount

    def value(self) -> int:
        return self._sum
