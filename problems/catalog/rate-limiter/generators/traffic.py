"""Prints cases for a rate limiter. Uses nothing of random but random(), whose sequence is the same in every version of Python."""

import argparse
import json
import random

LAST = 4 * 10**12
MILLION = 10**6


class Bucket:
    """What is needed to know when a client is at a brink, in 1/60000 of a token."""

    def __init__(self, full, now):
        self.level, self.at = full, now


class Case:
    """A limiter whose buckets are followed, so that calls can be aimed at the millisecond before and after a token is there."""

    def __init__(self, capacity, rate, now):
        self.full, self.rate, self.now = capacity * 60_000, rate, now
        self.buckets = {}
        self.calls = [["RateLimiter", capacity, rate]]

    def wait(self, client):
        b = self.buckets.setdefault(client, Bucket(self.full, self.now))
        b.level = min(self.full, b.level + (self.now - b.at) * self.rate)
        b.at = self.now
        return -(-max(0, 60_000 - b.level) // self.rate)

    def allow(self, client):
        if self.wait(client) == 0:
            self.buckets[client].level -= 60_000
        self.calls.append(["allow", client, self.now])

    def ask(self, client):
        self.wait(client)
        self.calls.append(["retryAfterMs", client, self.now])

    def show(self):
        print(json.dumps(self.calls, separators=(",", ":")))


def small(options, rnd):
    """Few clients, small and crooked rates, and moments just before and just at the next token."""
    for _ in range(options.cases):
        rate = [1, 7, 60, 59_999, 60_000, 60_001, 90_000, MILLION, 1 + int(rnd() * 100), 1 + int(rnd() * 3000)][int(rnd() * 10)]
        capacity = 1 + int(rnd() * rnd() * 8)
        case = Case(capacity, rate, int(rnd() * 3) * int(rnd() * 10**5))
        clients = ["a", "b", "aa", "a:1", "10.0.0.1"][: 1 + int(rnd() * 5)]
        for _ in range(1 + int(rnd() * options.calls)):
            client = clients[int(rnd() * len(clients))]
            wait, draw = case.wait(client), rnd()
            if draw < 0.35:
                case.now += max(0, wait - 1 + int(rnd() * 2))
            elif draw < 0.5:
                case.now += int(rnd() * wait)
            elif draw < 0.6:
                # About as long as the bucket takes to fill up.
                case.now += max(0, (case.full - case.buckets[client].level) // rate - 1 + int(rnd() * 3))
            elif draw < 0.65:
                case.now += int(rnd() * 5)
            if rnd() < 0.65:
                case.allow(client)
            else:
                case.ask(client)
        case.show()


def crowd(options, rnd):
    """Many clients who all come back within a short time."""
    case = Case(1, 1, 1_700_000_000_000)
    for i in range(options.calls):
        client = f"client-{int(rnd() * options.clients)}" if i >= options.clients else f"client-{i}"
        case.now += int(rnd() * 2)
        if rnd() < 0.8:
            case.allow(client)
        else:
            case.ask(client)
    case.show()


def gaps(options, rnd):
    """Bursts that empty a bucket; between them years of silence, or about as long as the bucket takes to fill."""
    case = Case(50, 1, 0)
    client = "10.0.0.0"
    left = options.calls
    while left > 0:
        if rnd() < 0.5:
            client = f"10.{int(rnd() * 250)}.0.{int(rnd() * options.clients / 250)}"
            case.now += int(rnd() * (LAST // (options.calls // 60) * 2))
        else:
            case.now += int(rnd() * rnd() * 2 * case.full)
        case.now = min(LAST, case.now)
        for _ in range(min(left, 20 + int(rnd() * 80))):
            if rnd() < 0.9:
                case.allow(client)
            else:
                case.ask(client)
            left -= 1
    case.show()


def busy(options, rnd):
    """One client who asks all the time, a little faster than tokens flow in."""
    case = Case(50, 7919, 3)
    for _ in range(options.calls):
        case.now += int(rnd() * 13)
        if rnd() < 0.9:
            case.allow("busy")
        else:
            case.ask("busy")
    case.show()


def drain(options, rnd):
    """A large bucket that is drained little by little, with a fraction gained at each call; then moments at the brink. What was
    rounded on the way down adds up to more than a tolerance."""
    case = Case(100_000, 11, 0)
    for _ in range(options.calls):
        wait = case.wait("slow")
        case.now += int(rnd() * 4) if wait == 0 else max(0, wait - 1 + int(rnd() * 2))
        if wait == 0 or rnd() < 0.5:
            case.allow("slow")
        else:
            case.ask("slow")
    case.show()


def largest(options, rnd):
    """The largest bucket, the largest rate and the last moment. The bucket is never empty, except in 32 bits."""
    case = Case(MILLION, MILLION, 0)
    clients = [f"{'0123456789abcdefghijklmnopqrstuv'}:{i}" for i in range(20)]
    for i in range(options.calls):
        client = clients[int(rnd() * len(clients))]
        if i % (options.calls // 10) == 0:
            case.now += LAST // 10
        case.allow(client) if rnd() < 0.95 else case.ask(client)
    case.show()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    shapes = parser.add_subparsers(dest="shape", required=True)
    for shape in (small, crowd, gaps, busy, drain, largest):
        sub = shapes.add_parser(shape.__name__, help=shape.__doc__)
        sub.set_defaults(shape=shape)
        sub.add_argument("--calls", type=int, required=True)
        if shape is small:
            sub.add_argument("--cases", type=int, required=True)
        if shape in (crowd, gaps):
            sub.add_argument("--clients", type=int, required=True)
    options = parser.parse_args()
    options.shape(options, random.Random(options.seed).random)


main()
