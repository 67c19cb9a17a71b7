"""Visits depth first by recursion, which Python allows to a depth of 1000."""

from collections import defaultdict


def build_order(modules, dependencies):
    uses = defaultdict(list)
    for module, used in dependencies:
        uses[module].append(used)
    state = {}
    order = []

    def build(module):
        if module in state:
            return state[module] == "built"
        state[module] = "visiting"
        if not all(build(used) for used in uses[module]):
            return False
        state[module] = "built"
        order.append(module)
        return True

    return order if all(build(module) for module in modules) else []
