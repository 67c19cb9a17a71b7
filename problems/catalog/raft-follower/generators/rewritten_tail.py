"""Prints one case in which a long log arrives in large messages; after that,
leader after leader replaces its last few entries by its own. Uses nothing of
random but random(), whose sequence is the same in every version of Python."""
import argparse
import json
import random

MOST = 1000  # entries of a message


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--entries", type=int, required=True)
    parser.add_argument("--calls", type=int, required=True)
    options = parser.parse_args()
    rnd = random.Random(options.seed).random

    def below(n):
        return int(rnd() * n)

    def command():
        return f"k{below(100)}"

    calls = [["RaftFollower"]]
    terms = []
    while len(terms) < options.entries:
        count = min(MOST, options.entries - len(terms))
        calls.append(["appendEntries", 1, len(terms), min(1, len(terms)), [1] * count, [command() for _ in range(count)], len(terms) // 2])
        terms += [1] * count
    term = 1
    last = [["currentTerm"], ["commitIndex"], ["logTerms"], ["logCommands"]]
    while len(calls) + len(last) < options.calls:
        what = rnd()
        if what < 0.6:
            term += 1 + below(2)
            prev = len(terms) - below(5)
            del terms[prev:]
            new = [term] * (1 + below(3))
            calls.append(["appendEntries", term, prev, terms[-1], new, [command() for _ in new], options.entries // 2])
            terms += new
        elif what < 0.7:
            # A candidate whose log is about as good as the follower's.
            term += 1
            about = max(1, min(term - 1, terms[-1] + below(3) - 1))
            calls.append(["requestVote", term, "n1", len(terms) + below(3) - 1, about])
        elif what < 0.8:
            prev = 1 + below(len(terms))
            calls.append(["appendEntries", term, prev, terms[prev - 1], [], [], 1_000_000 if prev <= options.entries // 2 else 0])
        else:
            calls.append([("currentTerm", "commitIndex")[below(2)]])
    print(json.dumps(calls + last, separators=(",", ":")))


main()
