"""Lets tokens pile up in a bucket without end."""

TOKEN = 60_000


class RateLimiter:
    def __init__(self, capacity, refill_per_minute):
        self.full = capacity * TOKEN
        self.per_ms = refill_per_minute
        self.buckets = {}

    def refill(self, client_id, now_ms):
        level, as_of = self.buckets.get(client_id, (self.full, now_ms))
        level += (now_ms - as_of) * self.per_ms
        self.buckets[client_id] = level, now_ms
        return level

    def allow(self, client_id, now_ms):
        level = self.refill(client_id, now_ms)
        if level < TOKEN:
            return False
        self.buckets[client_id] = level - TOKEN, now_ms
        return True

    def retry_after_ms(self, client_id, now_ms):
        return -(-max(0, TOKEN - self.refill(client_id, now_ms)) // self.per_ms)
