"""Takes the modules from the dependencies and forgets those that are in none."""

from collections import defaultdict


def build_order(modules, dependencies):
    missing = defaultdict(int)
    users = defaultdict(list)
    for module, used in dependencies:
        missing[module] += 1
        missing[used] += 0
        users[used].append(module)
    ready = [module for module, count in missing.items() if count == 0]
    order = []
    while ready:
        built = ready.pop()
        order.append(built)
        for user in users[built]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return order if len(order) == len(missing) else []
