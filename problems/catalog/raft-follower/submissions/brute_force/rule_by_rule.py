"""The rules of the statement one after the other, each over all that was ever heard."""


class RaftFollower:
    def __init__(self):
        self.terms = [0]  # of all messages
        self.votes = []  # terms and candidates
        self.log = {}  # the term and command of each index
        self.commits = [0]  # all that leaders told since the last crash

    def request_vote(self, term, candidate, last_log_index, last_log_term):
        self.terms.append(term)
        if term < max(self.terms):
            return False
        if any(t == term and c != candidate for t, c in self.votes):
            return False
        last = max(self.log, default=0)
        last_term, _ = self.log.get(last, (0, ""))
        newer = last_log_term > last_term
        as_long = last_log_term == last_term and last_log_index >= last
        if newer or as_long:
            self.votes.append((term, candidate))
        return newer or as_long

    def append_entries(self, term, prev_log_index, prev_log_term, terms, commands, leader_commit):
        self.terms.append(term)
        if term < max(self.terms):
            return False
        if prev_log_index != 0:
            if prev_log_index not in self.log:
                return False
            if self.log[prev_log_index][0] != prev_log_term:
                return False
        new = {prev_log_index + 1 + i: entry for i, entry in enumerate(zip(terms, commands))}
        conflicts = {i for i in new if i in self.log and self.log[i][0] != new[i][0]}
        self.log = {i: entry for i, entry in self.log.items() if not conflicts or i < min(conflicts)}
        self.log = new | self.log
        self.commits.append(min(leader_commit, max(new, default=prev_log_index)))
        return True

    def restart(self):
        self.commits = [0]

    def current_term(self):
        return max(self.terms)

    def commit_index(self):
        return max(self.commits)

    def log_terms(self):
        return [self.log[i][0] for i in sorted(self.log)]

    def log_commands(self):
        return [self.log[i][1] for i in sorted(self.log)]
