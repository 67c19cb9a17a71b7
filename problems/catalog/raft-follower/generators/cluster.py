"""Prints calls from a small simulated cluster whose messages are delayed, lost,
repeated and reordered."""
import argparse
import json
import random


class Cluster:
    """Leaders, one after the other. Each begins with a log that holds all that
    was committed, and commits only what it then makes durable."""

    def __init__(self, rng):
        self.rng = rng
        self.term = 0
        self.committed = []  # entries
        self.logs = [[]]  # of leaders past and present
        self.commit = 0
        self.sent = []  # messages that may be delivered again
        self.count = 0

    def lead(self):
        self.term += self.rng.randint(1, 3)
        # A new leader has the committed entries, and perhaps more of an old log.
        old = self.rng.choice(self.logs)
        log = list(self.committed)
        if old[: len(log)] == log:
            log = old[: self.rng.randint(len(log), len(old))]
        self.logs = (self.logs + [log])[-4:]

    def message(self):
        log = self.logs[-1]
        for _ in range(self.rng.randint(0, 3)):
            self.count += 1
            log.append((self.term, f"c{self.count}"))
        prev = self.rng.randint(0, len(log))
        last = self.rng.randint(prev, len(log))
        if self.rng.random() < 0.4 and log and log[-1][0] == self.term:
            # A majority has everything up to there.
            own = [i for i, e in enumerate(log, 1) if e[0] == self.term]
            upto = self.rng.choice(own)
            if upto > len(self.committed):
                self.committed = log[:upto]
        entries = log[prev:last]
        m = ["appendEntries", self.term, prev, log[prev - 1][0] if prev else 0,
             [t for t, _ in entries], [c for _, c in entries], len(self.committed)]
        self.sent.append(m)
        return m

    def vote(self):
        term = self.term + self.rng.choice([-1, 0, 0, 1, 2])
        if term < 1:
            term = 1
        log = self.rng.choice(self.logs)
        log = [e for e in log[: self.rng.randint(0, len(log))] if e[0] <= term]
        return ["requestVote", term, self.rng.randint(1, 5), len(log), log[-1][0] if log else 0]


def case(rng, calls):
    out = [["RaftFollower"]]
    cluster = Cluster(rng)
    cluster.lead()
    for _ in range(rng.randint(1, calls)):
        kind = rng.random()
        if kind < 0.08:
            cluster.lead()
        elif kind < 0.40:
            out.append(cluster.message())
        elif kind < 0.55 and cluster.sent:
            out.append(rng.choice(cluster.sent[-12:]))
        elif kind < 0.70:
            out.append(cluster.vote())
        elif kind < 0.80:
            out.append(["logTerms"])
        elif kind < 0.88:
            out.append(["commitIndex"])
        elif kind < 0.94:
            out.append(["command", rng.randint(0, 12)])
        else:
            out.append(["currentTerm"])
    out += [["logTerms"], ["commitIndex"], ["currentTerm"]]
    return out


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--seed", type=int, required=True)
    p.add_argument("--cases", type=int, required=True)
    p.add_argument("--calls", type=int, required=True)
    args = p.parse_args()
    rng = random.Random(args.seed)
    for _ in range(args.cases):
        print(json.dumps(case(rng, args.calls), separators=(",", ":")))


main()
