"""Accepts (42) any order in which all can be built. Of the reference's answer
it only counts whether there is one."""

import json
import sys


def reject(feedback, case, reason):
    with open(f"{feedback}/judgemessage.txt", "w") as file:
        file.write(f"case {case}: {reason}\n")
    sys.exit(43)


def fault(order, modules, dependencies):
    """Tells what is wrong with an order, or nothing if all can be built in it."""
    if type(order) is not list or any(type(name) is not str for name in order):
        return "the result is not a list of names"
    if not order:
        return None
    place = {name: i for i, name in enumerate(order)}
    if len(place) < len(order):
        return "a module is in the order twice"
    known = set(modules)
    if not place.keys() <= known:
        return "the order has a module that does not exist"
    if len(order) < len(modules):
        return "the order lacks a module"
    if any(place[used] >= place[module] for module, used in dependencies):
        return "a module comes before one that it uses"
    return None


def main():
    input_file, answer_file, feedback = sys.argv[1:4]
    printed = sys.stdin.buffer.read().split(b"\n")
    if printed[-1] == b"":
        printed.pop()
    case = 0
    with open(input_file, "rb") as inputs, open(answer_file, "rb") as answers:
        for case, (line, answer) in enumerate(zip(inputs, answers, strict=True), 1):
            modules, dependencies = json.loads(line)
            possible = json.loads(answer) != []
            if case > len(printed):
                reject(feedback, case, "there is no result")
            try:
                order = json.loads(printed[case - 1])
            except (ValueError, RecursionError):
                reject(feedback, case, "the result is not JSON")
            why = fault(order, modules, dependencies)
            if why:
                reject(feedback, case, why)
            if order and not possible:
                sys.exit(f"case {case}: the reference's answer is wrong")
            if possible and not order:
                reject(feedback, case, "the result is empty, but there is an order")
    if len(printed) > case:
        reject(feedback, case + 1, "there is a result, but no such case")
    sys.exit(42)


main()
