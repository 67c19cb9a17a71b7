"""Accepts (42) lists of calls of the form that the statement promises."""
import json
import re
import sys

NAME = re.compile(r"[a-z0-9]{1,20}")
CALLS = 100_000
TERM = 10**9
INDEX = 10**6


class Refused(Exception):
    """Says what is wrong with a case."""


def need(condition, reason):
    if not condition:
        raise Refused(reason)


def integer(value, least, most, what):
    need(type(value) is int and least <= value <= most, f"{what} is no integer from {least} to {most}")


def name_of(value, what):
    need(isinstance(value, str) and NAME.fullmatch(value), f"{what} is not of the form")


class Follower:
    """Follows the messages, to see whether they keep Raft's promises."""

    def __init__(self):
        self.term = 0
        self.log = []
        self.highest = 0  # commit index ever
        self.known = {}  # command of an index and term

    def vote(self, args):
        need(len(args) == 4, "requestVote takes four arguments")
        term, candidate, last_index, last_term = args
        integer(term, 1, TERM, "a term")
        name_of(candidate, "a candidate")
        integer(last_term, 0, term - 1, "lastLogTerm")
        integer(last_index, 0, INDEX, "lastLogIndex")
        need((last_index == 0) == (last_term == 0), "only an empty log ends with term 0")
        self.term = max(self.term, term)

    def append(self, args):
        need(len(args) == 6, "appendEntries takes six arguments")
        term, prev, prev_term, terms, commands, commit = args
        integer(term, 1, TERM, "a term")
        integer(prev, 0, INDEX, "prevLogIndex")
        integer(prev_term, min(prev, 1), term if prev else 0, "prevLogTerm")
        integer(commit, 0, INDEX, "leaderCommit")
        need(isinstance(terms, list) and isinstance(commands, list) and len(terms) == len(commands) <= 1000,
             "terms and commands are not two lists of the same length")
        least = max(prev_term, 1)
        for index, (new, command) in enumerate(zip(terms, commands), prev + 1):
            integer(new, least, term, "the term of an entry")
            least = new
            name_of(command, "a command")
            need(self.known.setdefault((index, new), command) == command, "two commands have the same index and term")
        self.term = max(self.term, term)
        if term < self.term or prev > len(self.log) or prev and self.log[prev - 1] != prev_term:
            return
        for index, new in enumerate(terms, prev):
            if index < len(self.log) and self.log[index] != new:
                need(index >= self.highest, "a committed entry is removed")
                del self.log[index:]
            if index >= len(self.log):
                self.log.append(new)
        self.highest = max(self.highest, min(commit, prev + len(terms)))


def check_case(case):
    need(isinstance(case, list) and 1 <= len(case) <= CALLS, f"a case is no list of 1 to {CALLS} calls")
    need(case[0] == ["RaftFollower"], "a case does not begin with the constructor")
    follower = Follower()
    for call in case[1:]:
        need(isinstance(call, list) and call and isinstance(call[0], str), "a call is not a list that begins with a name")
        name, *args = call
        if name == "requestVote":
            follower.vote(args)
        elif name == "appendEntries":
            follower.append(args)
        else:
            need(name in ("restart", "currentTerm", "commitIndex", "logTerms", "logCommands"), f"there is no call {name:.20}")
            need(not args, f"{name} takes no arguments")


def main():
    data = sys.stdin.buffer.read()
    number = 0
    try:
        need(data.endswith(b"\n"), "the last line does not end")
        for number, line in enumerate(data.decode().split("\n")[:-1], 1):
            case = json.loads(line)
            need(json.dumps(case, separators=(",", ":"), ensure_ascii=False) == line, "not written compactly")
            check_case(case)
    except (Refused, ValueError, RecursionError) as reason:
        print(f"line {number}: {reason}", file=sys.stderr)
        sys.exit(43)
    sys.exit(42)


main()
