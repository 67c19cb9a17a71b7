"""Prints the messages of a small cluster to one of its servers, some of them
late, repeated or lost. The logs of leaders follow Raft's rules, so that the
messages keep its promises. Uses nothing of random but random(), whose sequence
is the same in every version of Python."""
import argparse
import json
import random


class Follower:
    """Knows what the server under test has stored, which leaders build on."""

    def __init__(self):
        self.term = 0
        self.log = []
        self.stable = 0

    def append(self, term, prev, prev_term, entries, commit):
        self.term = max(self.term, term)
        if term < self.term or prev > len(self.log) or prev and self.log[prev - 1][0] != prev_term:
            return
        for index, entry in enumerate(entries, prev):
            if index < len(self.log) and self.log[index][0] != entry[0]:
                del self.log[index:]
            if index >= len(self.log):
                self.log.append(entry)
        self.stable = max(self.stable, min(commit, prev + len(entries)))


def main():
    parser = argparse.ArgumentParser()
    for name in ("seed", "cases", "calls"):
        parser.add_argument("--" + name, type=int, required=True)
    options = parser.parse_args()
    rnd = random.Random(options.seed).random

    def below(n):
        return int(rnd() * n)

    for _ in range(options.cases):
        follower = Follower()
        term = 1
        log = []  # of the current leader
        logs = []  # of leaders past and present
        committed = 0
        sent = []
        case = [["RaftFollower"]]
        while len(case) < options.calls:
            what = rnd()
            if what < 0.08:
                # A new leader: its log agrees with all that is committed.
                term += 1 + below(2)
                logs.append(log)
                base = logs[below(len(logs))]
                log = log[:committed] + base[committed:] if base[:committed] == log[:committed] else log[:]
                log = log[: max(committed, len(log) - below(3))]
            elif what < 0.2:
                log = log + [(term, "abc"[below(3)]) for _ in range(1 + below(3))]
                if rnd() < 0.5:
                    committed += below(len(log) - committed + 1)
            elif what < 0.5:
                prev = below(len(log) + 1) if rnd() < 0.5 else min(len(follower.log), len(log))
                entries = log[prev : prev + below(4)]
                sent.append((term, prev, log[prev - 1][0] if prev else 0, entries, committed))
                if rnd() < 0.8:
                    message = sent[-1]
                    follower.append(*message)
                    case.append(call(message))
            elif what < 0.6 and sent:
                message = sent[below(len(sent))]
                follower.append(*message)
                case.append(call(message))
            elif what < 0.75:
                asked = max(1, follower.term + below(4) - 1)
                own = follower.log[-1][0] if follower.log else 0
                last_term = min(max(0, own + below(3) - 1), asked - 1)
                last = max(1, len(follower.log) + below(3) - 1) if last_term else 0
                follower.term = max(follower.term, asked)
                case.append(["requestVote", asked, "n" + "123"[below(3)], last, last_term])
            elif what < 0.78:
                case.append(["restart"])
            else:
                case.append([("currentTerm", "commitIndex", "logTerms", "logCommands")[below(4)]])
        case += [["currentTerm"], ["commitIndex"], ["logTerms"], ["logCommands"]]
        print(json.dumps(case, separators=(",", ":")))


def call(message):
    term, prev, prev_term, entries, commit = message
    return ["appendEntries", term, prev, prev_term, [t for t, _ in entries], [c for _, c in entries], commit]


main()
