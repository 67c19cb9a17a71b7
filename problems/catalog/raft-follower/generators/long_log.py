"""Prints one case in which a log grows entry by entry, with heartbeats and
old messages in between. Uses nothing of random but random(), whose sequence
is the same in every version of Python."""
import argparse
import json
import random


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--entries", type=int, required=True)
    options = parser.parse_args()
    rnd = random.Random(options.seed).random
    calls = [["RaftFollower"]]
    for index in range(1, options.entries + 1):
        calls.append(["appendEntries", 2, index - 1, 2 * (index > 1), [2], [f"k{index % 1000}"], index // 2])
        if rnd() < 0.3:
            old = int(rnd() * index)
            calls.append(["appendEntries", 2, old, 2 * (old > 0), [], [], index])
        if rnd() < 0.1:
            calls.append(["requestVote", 2, "n1", 1 + int(rnd() * index), 1])
        if rnd() < 0.3:
            calls.append(["commitIndex"])
    calls += [["currentTerm"], ["logTerms"], ["logCommands"]]
    print(json.dumps(calls, separators=(",", ":")))


main()
