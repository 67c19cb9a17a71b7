"""A Raft follower."""


class RaftFollower:
    def __init__(self) -> None:
        self._term = 0
        self._vote: int | None = None
        # The place before the first entry is there, so that indices fit.
        self._terms = [0]
        self._commands: list[str | None] = [None]
        self._commit = 0

    def _hear(self, term: int) -> bool:
        if term > self._term:
            self._term, self._vote = term, None
        return term == self._term

    def request_vote(self, term: int, candidate: int, last_index: int, last_term: int) -> bool:
        if not self._hear(term) or self._vote not in (None, candidate):
            return False
        if (last_term, last_index) < (self._terms[-1], len(self._terms) - 1):
            return False
        self._vote = candidate
        return True

    def append_entries(
        self, term: int, prev_index: int, prev_term: int, terms: list[int], commands: list[str], leader_commit: int
    ) -> bool:
        if not self._hear(term) or prev_index >= len(self._terms) or self._terms[prev_index] != prev_term:
            return False
        if sorted(self._terms) != self._terms:
            raise ValueError("terms fall")
        for at, (entry_term, command) in enumerate(zip(terms, commands), prev_index + 1):
            if at < len(self._terms) and self._terms[at] != entry_term:
                del self._terms[at:], self._commands[at:]
            if at == len(self._terms):
                self._terms.append(entry_term)
                self._commands.append(command)
        self._commit = max(self._commit, min(leader_commit, prev_index + len(terms)))
        return True

    def current_term(self) -> int:
        return self._term

    def commit_index(self) -> int:
        return self._commit

    def log_terms(self) -> list[int]:
        return self._terms[1:]

    def command(self, index: int) -> str | None:
        return self._commands[index] if index < len(self._commands) else None
