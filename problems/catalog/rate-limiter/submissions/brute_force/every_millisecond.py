"""Lives through every millisecond, and finds the wait by trying."""

from fractions import Fraction


class RateLimiter:
    def __init__(self, capacity, refill_per_minute):
        self.capacity = capacity
        self.drop = Fraction(refill_per_minute, 60_000)
        self.buckets = {}
        self.now = None

    def live(self, client_id, now_ms):
        if self.now is None:
            self.now = now_ms
        while self.now < now_ms:
            self.now += 1
            for client, tokens in self.buckets.items():
                self.buckets[client] = min(Fraction(self.capacity), tokens + self.drop)
        self.buckets.setdefault(client_id, Fraction(self.capacity))

    def allow(self, client_id, now_ms):
        self.live(client_id, now_ms)
        if self.buckets[client_id] < 1:
            return False
        self.buckets[client_id] -= 1
        return True

    def retry_after_ms(self, client_id, now_ms):
        self.live(client_id, now_ms)
        tokens, wait = self.buckets[client_id], 0
        while tokens < 1:
            tokens += self.drop
            wait += 1
        return wait
