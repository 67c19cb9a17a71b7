"""Prints a random input."""
import argparse
import random

p = argparse.ArgumentParser()
p.add_argument("--seed", type=int, required=True)
p.add_argument("--cases", type=int, required=True, help="how many numbers")
args = p.parse_args()
rng = random.Random(args.seed)
print(args.cases)
print(*(rng.randint(-(10**9), 10**9) for _ in range(args.cases)))
