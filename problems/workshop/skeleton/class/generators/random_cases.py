"""Prints random cases."""
import argparse
import json
import random

p = argparse.ArgumentParser()
p.add_argument("--seed", type=int, required=True)
p.add_argument("--cases", type=int, required=True)
args = p.parse_args()
rng = random.Random(args.seed)
for _ in range(args.cases):
    calls = [["Counter", rng.randint(-20, 20)]]
    for _ in range(rng.randint(1, 12)):
        calls.append(rng.choice([["add", rng.randint(-20, 20)], ["value"]]))
    print(json.dumps(calls, separators=(",", ":")))
