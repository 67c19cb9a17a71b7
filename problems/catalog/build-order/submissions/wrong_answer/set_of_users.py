"""Counts every pair, but keeps the users in sets: a pair that is listed twice is never taken back twice."""

from collections import defaultdict


def build_order(modules, dependencies):
    missing = dict.fromkeys(modules, 0)
    users = defaultdict(set)
    for module, used in dependencies:
        missing[module] += 1
        users[used].add(module)
    ready = [module for module in modules if missing[module] == 0]
    order = []
    while ready:
        built = ready.pop()
        order.append(built)
        for user in users[built]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return order if len(order) == len(modules) else []
