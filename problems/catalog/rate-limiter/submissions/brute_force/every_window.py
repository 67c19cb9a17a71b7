"""Knows no buckets, only what a bucket means: of all stretches of time that begin with a granted request, none may see more
requests granted than a full bucket holds and flows in until its end."""

TOKEN = 60_000  # of which as many flow in per millisecond as tokens do per minute


class RateLimiter:
    def __init__(self, capacity, refill_per_minute):
        self.capacity = capacity
        self.per_ms = refill_per_minute
        self.granted = {}  # moments, by client

    def allow(self, client_id, now_ms):
        if self.retry_after_ms(client_id, now_ms) > 0:
            return False
        self.granted.setdefault(client_id, []).append(now_ms)
        return True

    def retry_after_ms(self, client_id, now_ms):
        wait = 0
        granted = self.granted.get(client_id, [])
        for i, begin in enumerate(granted):
            with_this_one = len(granted) - i + 1
            excess = (with_this_one - self.capacity) * TOKEN - (now_ms - begin) * self.per_ms
            if excess > wait * self.per_ms:
                wait = -(-excess // self.per_ms)
        return wait
