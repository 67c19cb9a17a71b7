def sum_above(numbers: list[int], limit: int) -> int:
    return sum(n for n in numbers if n > limit)
