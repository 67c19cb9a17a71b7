"""Decides in which order modules are built."""

from collections import Counter, defaultdict, deque


def build_order(modules: list[str], dependencies: list[list[str]]) -> list[str]:
    """Returns the modules so that each comes after all that it uses, or an empty list if there is a circle."""
    missing = Counter(module for module, _ in dependencies)
    users = defaultdict(list)
    for module, used in dependencies:
        users[used].append(module)

    order = []
    ready = deque(module for module in modules if missing[module] == 0)
    while ready:
        built = ready.popleft()
        order.append(built)
        for user in users[built]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return order if len(order) == len(modules) else []
