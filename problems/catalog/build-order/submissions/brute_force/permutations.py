"""Tries all orders of the modules."""

from itertools import permutations


def build_order(modules, dependencies):
    for order in permutations(modules):
        place = {module: i for i, module in enumerate(order)}
        if all(place[used] < place[module] for module, used in dependencies):
            return list(order)
    return []
