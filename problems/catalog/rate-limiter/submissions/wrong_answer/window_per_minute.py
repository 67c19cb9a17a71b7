"""Counts requests per minute of the clock: another kind of limiter, which lets a client double its share at a minute's end."""


class RateLimiter:
    def __init__(self, capacity, refill_per_minute):
        self.limit = capacity
        self.windows = {}

    def allow(self, client_id, now_ms):
        window, used = self.windows.get(client_id, (-1, 0))
        if window != now_ms // 60_000:
            window, used = now_ms // 60_000, 0
        if used == self.limit:
            return False
        self.windows[client_id] = window, used + 1
        return True

    def retry_after_ms(self, client_id, now_ms):
        window, used = self.windows.get(client_id, (-1, 0))
        if window != now_ms // 60_000 or used < self.limit:
            return 0
        return (window + 1) * 60_000 - now_ms
