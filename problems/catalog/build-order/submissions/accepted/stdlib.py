"""Leaves the work to the standard library."""

from graphlib import CycleError, TopologicalSorter


def build_order(modules: list[str], dependencies: list[list[str]]) -> list[str]:
    sorter = TopologicalSorter(dict.fromkeys(modules, ()))
    for module, used in dependencies:
        sorter.add(module, used)
    try:
        return list(sorter.static_order())
    except CycleError:
        return []
