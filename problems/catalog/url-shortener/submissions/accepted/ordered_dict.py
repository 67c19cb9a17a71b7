"""A link shortener that forgets links as they expire.

All links live equally long, so the order in which they were made or renewed
is that in which they end. An OrderedDict keeps it, and every call begins by
dropping what has ended from the front.
"""

from collections import OrderedDict
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase, digits

DIGITS = digits + ascii_lowercase + ascii_uppercase


@dataclass(slots=True, eq=False)
class Link:
    url: str
    end_ms: int
    clicks: int = 0


class LinkShortener:
    def __init__(self, first_id: int, lifetime_ms: int) -> None:
        self._next_id = first_id
        self._lifetime_ms = lifetime_ms
        self._links: OrderedDict[str, Link] = OrderedDict()
        self._shortened: dict[str, str] = {}

    def shorten(self, url: str, now_ms: int) -> str:
        self._expire(now_ms)
        code = self._shortened.get(url)
        if code is None:
            code = self._shortened[url] = self._free_code()
        self._make_or_renew(code, url, now_ms)
        return code

    def claim(self, alias: str, url: str, now_ms: int) -> bool:
        self._expire(now_ms)
        if alias in self._links and self._links[alias].url != url:
            return False
        self._make_or_renew(alias, url, now_ms)
        return True

    def resolve(self, code: str, now_ms: int) -> str | None:
        self._expire(now_ms)
        link = self._links.get(code)
        if link is None:
            return None
        link.clicks += 1
        return link.url

    def clicks(self, code: str, now_ms: int) -> int:
        self._expire(now_ms)
        return self._links[code].clicks if code in self._links else -1

    def remove(self, code: str, now_ms: int) -> bool:
        self._expire(now_ms)
        if code not in self._links:
            return False
        self._forget(code, self._links.pop(code))
        return True

    def _make_or_renew(self, code: str, url: str, now_ms: int) -> None:
        link = self._links.setdefault(code, Link(url, 0))
        link.end_ms = now_ms + self._lifetime_ms
        self._links.move_to_end(code)

    def _expire(self, now_ms: int) -> None:
        while self._links and next(iter(self._links.values())).end_ms <= now_ms:
            self._forget(*self._links.popitem(last=False))

    def _forget(self, code: str, link: Link) -> None:
        # The link that goes may be an alias beside the one found by URL.
        if self._shortened.get(link.url) == code:
            del self._shortened[link.url]

    def _free_code(self) -> str:
        while True:
            code = encode(self._next_id)
            self._next_id += 1
            if code not in self._links:
                return code


def encode(number: int) -> str:
    code = ""
    while True:
        number, digit = divmod(number, 62)
        code = DIGITS[digit] + code
        if number == 0:
            return code
