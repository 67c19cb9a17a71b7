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
    numbers = [rng.randint(-20, 20) for _ in range(rng.randint(0, 10))]
    print(json.dumps([numbers, rng.randint(-20, 20)], separators=(",", ":")))
