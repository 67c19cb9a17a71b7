"""Prints one long life: a log grows in many small requests, with late copies of
old ones between, and is looked at now and then."""
import argparse
import json
import random

p = argparse.ArgumentParser()
p.add_argument("--seed", type=int, required=True)
p.add_argument("--entries", type=int, required=True)
args = p.parse_args()
rng = random.Random(args.seed)
calls, terms, term = [["RaftFollower"]], [], 1
while len(terms) < args.entries:
    if rng.random() < 0.01:
        term += 1
    prev, n = len(terms), min(rng.randint(1, 4), args.entries - len(terms))
    prev_term = terms[-1] if terms else 0
    terms += [term] * n
    calls.append(["appendEntries", term, prev, prev_term, [term] * n, [f"c{i}" for i in range(prev, prev + n)], prev])
    kind = rng.random()
    if kind < 0.3:  # a late copy of something old, under the present leader
        at = rng.randint(max(0, len(terms) - 500), len(terms) - 1)
        calls.append(["appendEntries", term, at, terms[at - 1] if at else 0, [terms[at]], [f"c{at}"], at])
    elif kind < 0.5:
        calls.append(["commitIndex"])
    elif kind < 0.6:
        calls.append(["command", rng.randint(0, len(terms) + 1)])
    elif kind < 0.7:
        calls.append(["requestVote", term, 1, len(terms), term])
calls.append(["logTerms"])
print(json.dumps(calls, separators=(",", ":")))
