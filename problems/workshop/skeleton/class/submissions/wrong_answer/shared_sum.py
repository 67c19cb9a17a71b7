class Counter:
    sum = 0

    def __init__(self, start):
        Counter.sum += start

    def add(self, amount):
        Counter.sum += amount

    def value(self):
        return Counter.sum
