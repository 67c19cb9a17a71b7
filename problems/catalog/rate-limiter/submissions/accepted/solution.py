"""A token bucket for each of many clients."""

from dataclasses import dataclass

# What one token counts. Amounts are whole numbers of 1/60000 of a token: with
# that unit, a bucket gains refill_per_minute units a millisecond and nothing
# is ever rounded.
TOKEN = 60_000


@dataclass(slots=True)
class Bucket:
    """What a client had at the moment of its last call."""

    level: int
    as_of_ms: int


class RateLimiter:
    def __init__(self, capacity: int, refill_per_minute: int) -> None:
        self._full = capacity * TOKEN
        self._per_ms = refill_per_minute
        self._buckets: dict[str, Bucket] = {}

    def allow(self, client_id: str, now_ms: int) -> bool:
        bucket = self._refilled(client_id, now_ms)
        if bucket.level < TOKEN:
            return False
        bucket.level -= TOKEN
        return True

    def retry_after_ms(self, client_id: str, now_ms: int) -> int:
        missing = max(0, TOKEN - self._refilled(client_id, now_ms).level)
        return -(-missing // self._per_ms)

    def _refilled(self, client_id: str, now_ms: int) -> Bucket:
        bucket = self._buckets.get(client_id)
        if bucket is None:
            bucket = self._buckets[client_id] = Bucket(self._full, now_ms)
        gained = (now_ms - bucket.as_of_ms) * self._per_ms
        bucket.level = min(self._full, bucket.level + gained)
        bucket.as_of_ms = now_ms
        return bucket
