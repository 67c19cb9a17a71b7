"""Prints random batches in which no two jobs end at the same moment."""
import argparse
import heapq
import json
import random


def batch(rng, count, limit, failing, fail_at, longest):
    jobs, running, now = [], [], 0
    for i in range(count):
        if len(running) == limit:
            now = heapq.heappop(running)
        ms = rng.randint(1, longest)
        while now + ms in running:
            ms += 1
        heapq.heappush(running, now + ms)
        if i == fail_at or rng.random() < failing:
            jobs.append({"ms": ms, "error": f"job {i} failed"})
        else:
            jobs.append({"ms": ms, "value": rng.randint(-(10**9), 10**9)})
    return jobs


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--seed", type=int, required=True)
    p.add_argument("--cases", type=int, required=True)
    p.add_argument("--jobs", type=int, required=True, help="at most, or exactly")
    p.add_argument("--exactly", action="store_true")
    p.add_argument("--failing", type=float, required=True, help="share of jobs that fail")
    p.add_argument("--fail-at", type=int, default=-1)
    p.add_argument("--limit", type=int, default=0, help="0 for a random one")
    args = p.parse_args()
    rng = random.Random(args.seed)
    for _ in range(args.cases):
        count = args.jobs if args.exactly else rng.randint(1, args.jobs)
        limit = args.limit or rng.randint(1, min(64, count + 1))
        failing = args.failing if rng.random() < 0.7 else 0
        jobs = batch(rng, count, limit, failing, args.fail_at, rng.choice([5, 50, 500]) if not args.exactly else 2000)
        print(json.dumps([jobs, limit], separators=(",", ":")))


main()
