"""Accepts (42) any shortest path. Of the reference's answer only the length counts."""

import json
import sys


def reject(feedback, case, reason):
    with open(f"{feedback}/judgemessage.txt", "w") as file:
        file.write(f"case {case}: {reason}\n")
    sys.exit(43)


def fault(case, path, nodes, links, source, target):
    """Tells what is wrong with a path, or nothing if it leads from source to target."""
    if type(path) is not list or any(type(node) is not int for node in path):
        return "the result is not a list of node numbers"
    if not path:
        return None
    if len(path) > nodes:
        return "the path has more nodes than the network"
    if not all(0 <= node < nodes for node in path):
        return "the path visits a node that does not exist"
    if path[0] != source:
        return "the path does not begin at the source"
    if path[-1] != target:
        return "the path does not end at the target"
    missing = {(a, b) if a < b else (b, a) for a, b in zip(path, path[1:])}
    missing.difference_update((a, b) if a < b else (b, a) for a, b in links)
    if missing:
        return "the path takes a link that does not exist"
    return None


def main():
    input_file, answer_file, feedback = sys.argv[1:4]
    printed = sys.stdin.buffer.read().split(b"\n")
    if printed[-1] == b"":
        printed.pop()
    case = 0
    with open(input_file, "rb") as inputs, open(answer_file, "rb") as answers:
        for case, (line, answer) in enumerate(zip(inputs, answers, strict=True), 1):
            nodes, links, source, target = json.loads(line)
            best = json.loads(answer)
            if case > len(printed):
                reject(feedback, case, "there is no result")
            try:
                path = json.loads(printed[case - 1])
            except (ValueError, RecursionError):
                reject(feedback, case, "the result is not JSON")
            why = fault(case, path, nodes, links, source, target)
            if why:
                reject(feedback, case, why)
            if not path and best:
                reject(feedback, case, "the result is empty, but there is a path")
            if len(path) > len(best) > 0:
                reject(feedback, case, "there is a shorter path")
            if len(path) != len(best):
                sys.exit(f"case {case}: the reference's answer is wrong")
    if len(printed) > case:
        reject(feedback, case + 1, "there is a result, but no such case")
    sys.exit(42)


main()
