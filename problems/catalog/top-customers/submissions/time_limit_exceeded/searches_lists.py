# Looks for customers and orders in lists.
def top_customers(orders, customers, placed_at, cents, since, until, min_cents, limit):
    names, numbers, totals = [], [], []
    for order, customer, time, amount in zip(orders, customers, placed_at, cents):
        if not customer or not since <= time < until:
            continue
        if customer not in names:
            names.append(customer)
            numbers.append([])
            totals.append(0)
        at = names.index(customer)
        totals[at] += amount
        if order not in numbers[at]:
            numbers[at].append(order)
    having = [(-len(n), -total, c) for c, n, total in zip(names, numbers, totals) if total >= min_cents]
    return [customer for _, _, customer in sorted(having)[:limit]]
