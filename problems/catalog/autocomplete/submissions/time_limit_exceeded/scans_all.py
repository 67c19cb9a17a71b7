# Goes through all phrases at every keystroke.
import heapq
from collections import Counter


class Autocomplete:
    def __init__(self, limit, phrases, uses):
        self.limit = limit
        self.uses = Counter()
        for phrase, count in zip(phrases, uses):
            self.uses[phrase] += count

    def record(self, phrase, uses):
        self.uses[phrase] += uses

    def suggest(self, prefix):
        found = [(-uses, len(phrase), phrase) for phrase, uses in self.uses.items() if phrase.startswith(prefix)]
        return [phrase for _, _, phrase in heapq.nsmallest(self.limit, found)]
