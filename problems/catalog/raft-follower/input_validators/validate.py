"""Accepts calls of the statement's form, such as a correct cluster makes."""
import json
import sys

ACCEPT, REJECT = 42, 43
MOST = 10**9


def check(condition, reason):
    if not condition:
        print(reason, file=sys.stderr)
        sys.exit(REJECT)


def whole(value, low, high):
    return type(value) is int and low <= value <= high


class Log:
    """The log as it should be, to see that nothing committed is replaced."""

    def __init__(self):
        self.term, self.entries, self.commit = 0, [], 0

    def append(self, term, prev, prev_term, terms, commands, commit):
        if term < self.term:
            return
        self.term = term
        if prev > len(self.entries) or prev and self.entries[prev - 1][0] != prev_term:
            return
        for at, entry in enumerate(zip(terms, commands), prev):
            if at < len(self.entries):
                old = self.entries[at]
                if old[0] == entry[0]:
                    check(old == entry, "two entries of one index and term differ")
                    continue
                check(at >= self.commit, "a committed entry is replaced")
                del self.entries[at:]
            self.entries.append(entry)
        check(len(self.entries) <= 60000, "at most 60000 entries")
        self.commit = max(self.commit, min(commit, prev + len(terms)))


def check_vote(log, arguments):
    check(len(arguments) == 4, "requestVote takes 4 arguments")
    term, candidate, last, last_term = arguments
    check(whole(term, 1, MOST) and whole(candidate, 1, 5), "term or candidate out of range")
    check(whole(last, 0, 60000) and whole(last_term, 0, term), "the candidate's log cannot end so")
    check((last == 0) == (last_term == 0), "index 0 has term 0")
    log.term = max(log.term, term)


def check_append(log, arguments):
    check(len(arguments) == 6, "appendEntries takes 6 arguments")
    term, prev, prev_term, terms, commands, commit = arguments
    check(whole(term, 1, MOST) and whole(prev, 0, 60000) and whole(prev_term, 0, term), "out of range")
    check((prev == 0) == (prev_term == 0), "index 0 has term 0")
    check(type(terms) is list and type(commands) is list, "entries are two lists")
    check(len(terms) == len(commands) <= 2000, "terms and commands are of one length, at most 2000")
    check(all(whole(t, 1, term) for t in terms), "an entry's term is at most the leader's")
    check(all(a <= b for a, b in zip([prev_term, *terms], terms)), "terms never fall")
    check(all(type(c) is str and 1 <= len(c) <= 20 for c in commands), "a command is 1 to 20 characters")
    check(whole(commit, 0, 60000), "leaderCommit is out of range")
    log.append(*arguments)


def check_case(line):
    try:
        case = json.loads(line)
    except ValueError as error:
        check(False, f"not JSON: {error}")
    check(type(case) is list and case and case[0] == ["RaftFollower"], "the first call constructs")
    log = Log()
    for call in case:
        check(type(call) is list and call and type(call[0]) is str, "a call begins with its name")
        name, *arguments = call
        if name == "RaftFollower":
            check(not arguments, "the constructor takes nothing")
            log = Log()
        elif name == "requestVote":
            check_vote(log, arguments)
        elif name == "appendEntries":
            check_append(log, arguments)
        elif name == "command":
            check(len(arguments) == 1 and whole(arguments[0], 0, 100000), "command takes an index")
        else:
            check(name in ("currentTerm", "commitIndex", "logTerms") and not arguments, "there is no such call")
    return len(case)


text = sys.stdin.read()
check(text.endswith("\n") and not text.startswith("\n") and "\n\n" not in text, "one case a line")
check(sum(map(check_case, text[:-1].split("\n"))) <= 100_000, "at most 100000 calls")
sys.exit(ACCEPT)
