"""Drops a bucket once it is full, to save memory, and looks it up again right after."""

TOKEN = 60_000


class RateLimiter:
    def __init__(self, capacity, refill_per_minute):
        self.full = capacity * TOKEN
        self.per_ms = refill_per_minute
        self.buckets = {}

    def refill(self, client_id, now_ms):
        level, as_of = self.buckets.setdefault(client_id, (self.full, now_ms))
        self.buckets[client_id] = min(self.full, level + (now_ms - as_of) * self.per_ms), now_ms

    def allow(self, client_id, now_ms):
        self.refill(client_id, now_ms)
        level = self.buckets[client_id][0]
        if level < TOKEN:
            return False
        self.buckets[client_id] = level - TOKEN, now_ms
        return True

    def retry_after_ms(self, client_id, now_ms):
        self.refill(client_id, now_ms)
        if self.buckets[client_id][0] == self.full:
            del self.buckets[client_id]
        return -(-max(0, TOKEN - self.buckets[client_id][0]) // self.per_ms)
