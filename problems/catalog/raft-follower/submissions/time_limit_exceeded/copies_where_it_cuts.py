# Makes a new list where it cuts the log, which copies all that stays.

from typing import Optional


class RaftFollower:
    def __init__(self) -> None:
        self._term = 0
        self._voted_for: Optional[str] = None
        # A sentinel in front gives the first entry index 1.
        self._terms = [0]
        self._commands = [""]
        self._commit = 0

    def request_vote(self, term: int, candidate: str, last_log_index: int, last_log_term: int) -> bool:
        if not self._accepts(term) or self._voted_for not in (None, candidate):
            return False
        if (last_log_term, last_log_index) < (self._terms[-1], len(self._terms) - 1):
            return False
        self._voted_for = candidate
        return True

    def append_entries(
        self,
        term: int,
        prev_log_index: int,
        prev_log_term: int,
        terms: list[int],
        commands: list[str],
        leader_commit: int,
    ) -> bool:
        if not self._accepts(term):
            return False
        if prev_log_index >= len(self._terms) or self._terms[prev_log_index] != prev_log_term:
            return False
        for index, (new, command) in enumerate(zip(terms, commands), prev_log_index + 1):
            if index < len(self._terms):
                if self._terms[index] == new:
                    continue
                self._terms = self._terms[:index]
                self._commands = self._commands[:index]
            self._terms.append(new)
            self._commands.append(command)
        self._commit = max(self._commit, min(leader_commit, prev_log_index + len(terms)))
        return True

    def _accepts(self, term: int) -> bool:
        """Follows to a newer term; tells whether the message is of the current one."""
        if term > self._term:
            self._term = term
            self._voted_for = None
        return term == self._term

    def restart(self) -> None:
        self._commit = 0

    def current_term(self) -> int:
        return self._term

    def commit_index(self) -> int:
        return self._commit

    def log_terms(self) -> list[int]:
        return self._terms[1:]

    def log_commands(self) -> list[str]:
        return self._commands[1:]
