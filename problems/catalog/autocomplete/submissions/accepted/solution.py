"""Suggests the phrases that complete a prefix."""

from collections import Counter, defaultdict


class Autocomplete:
    """A trie in the form of a table: the best phrases for every prefix.

    The lists stay true because uses only grow. A phrase that is recorded can
    rise in the lists of its own prefixes, and no other phrase moves.
    """

    def __init__(self, limit: int, phrases: list[str], uses: list[int]):
        self._limit = limit
        self._uses: Counter[str] = Counter()
        self._best: defaultdict[str, list[str]] = defaultdict(list)
        for phrase, count in zip(phrases, uses):
            self._uses[phrase] += count
        # Best first, every list is filled in its final order.
        for phrase in sorted(self._uses, key=self._rank):
            for end in range(len(phrase) + 1):
                best = self._best[phrase[:end]]
                if len(best) < limit:
                    best.append(phrase)

    def _rank(self, phrase: str) -> tuple[int, int, str]:
        return -self._uses[phrase], len(phrase), phrase

    def record(self, phrase: str, uses: int) -> None:
        self._uses[phrase] += uses
        rank = self._rank(phrase)
        for end in range(len(phrase) + 1):
            best = self._best[phrase[:end]]
            if phrase in best:
                best.remove(phrase)
            at = len(best)
            while at > 0 and rank < self._rank(best[at - 1]):
                at -= 1
            best.insert(at, phrase)
            del best[self._limit :]

    def suggest(self, prefix: str) -> list[str]:
        return list(self._best.get(prefix, ()))
