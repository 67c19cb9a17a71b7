"""Looks through all open modules for one that waits for nothing, and takes it out of everything that waits."""


def build_order(modules, dependencies):
    waits = {module: set() for module in modules}
    for module, used in dependencies:
        waits[module].add(used)
    order = []
    while waits:
        ready = next((module for module, used in waits.items() if not used), None)
        if ready is None:
            return []
        order.append(ready)
        del waits[ready]
        for used in waits.values():
            used.discard(ready)
    return order
