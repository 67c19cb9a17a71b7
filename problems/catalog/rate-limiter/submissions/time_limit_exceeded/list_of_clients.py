"""Looks a client up by going through the list of all."""

TOKEN = 60_000


class RateLimiter:
    def __init__(self, capacity, refill_per_minute):
        self.full = capacity * TOKEN
        self.per_ms = refill_per_minute
        self.clients = []
        self.levels = []
        self.as_of = []

    def refill(self, client_id, now_ms):
        if client_id not in self.clients:
            self.clients.append(client_id)
            self.levels.append(self.full)
            self.as_of.append(now_ms)
        i = self.clients.index(client_id)
        self.levels[i] = min(self.full, self.levels[i] + (now_ms - self.as_of[i]) * self.per_ms)
        self.as_of[i] = now_ms
        return i

    def allow(self, client_id, now_ms):
        i = self.refill(client_id, now_ms)
        if self.levels[i] < TOKEN:
            return False
        self.levels[i] -= TOKEN
        return True

    def retry_after_ms(self, client_id, now_ms):
        i = self.refill(client_id, now_ms)
        return -(-max(0, TOKEN - self.levels[i]) // self.per_ms)
