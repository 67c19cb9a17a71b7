def sum_above(numbers, limit):
    return sum(n for n in numbers if n >= limit)
