"""Keeps all phrases in the order of their rank and goes through them until enough begin with the prefix."""

from bisect import bisect_left, insort


class Autocomplete:
    def __init__(self, limit, phrases, uses):
        self.limit = limit
        self.uses = {}
        for phrase, count in zip(phrases, uses):
            self.uses[phrase] = self.uses.get(phrase, 0) + count
        self.ranking = sorted(map(self.rank, self.uses))

    def rank(self, phrase):
        return -self.uses[phrase], len(phrase), phrase

    def record(self, phrase, uses):
        if phrase in self.uses:
            del self.ranking[bisect_left(self.ranking, self.rank(phrase))]
        self.uses[phrase] = self.uses.get(phrase, 0) + uses
        insort(self.ranking, self.rank(phrase))

    def suggest(self, prefix):
        found = []
        for _, _, phrase in self.ranking:
            if phrase.startswith(prefix):
                found.append(phrase)
                if len(found) == self.limit:
                    break
        return found
