# Settles ties by the alphabet alone.
class Autocomplete:
    def __init__(self, limit, phrases, uses):
        self.limit = limit
        self.uses = {}
        self.best = {}
        for phrase, count in zip(phrases, uses):
            self.record(phrase, count)

    def record(self, phrase, uses):
        self.uses[phrase] = self.uses.get(phrase, 0) + uses
        for end in range(len(phrase) + 1):
            best = self.best.setdefault(phrase[:end], [])
            if phrase not in best:
                best.append(phrase)
            best.sort(key=lambda p: (-self.uses[p], p))
            del best[self.limit :]

    def suggest(self, prefix):
        return self.best.get(prefix, [])[:]
