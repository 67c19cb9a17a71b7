"""Goes through all lines for each customer, and through all customers for each place of the list."""


def top_customers(orders, customers, placed_at, cents, since, until, min_cents, limit):
    left = []
    for customer in sorted(set(customers)):
        inside = [
            i for i in range(len(orders))
            if customers[i] == customer != "" and placed_at[i] >= since and placed_at[i] < until
        ]
        numbers = []
        for i in inside:
            if orders[i] not in numbers:
                numbers.append(orders[i])
        total = sum(cents[i] for i in inside)
        if inside and total >= min_cents:
            left.append((customer, len(numbers), total))

    def beats(one, other):
        if one[1] != other[1]:
            return one[1] > other[1]
        if one[2] != other[2]:
            return one[2] > other[2]
        return one[0] < other[0]

    top = []
    while left and len(top) < limit:
        best = left[0]
        for one in left:
            if beats(one, best):
                best = one
        left.remove(best)
        top.append(best[0])
    return top
