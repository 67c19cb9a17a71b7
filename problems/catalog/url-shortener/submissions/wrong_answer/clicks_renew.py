"""A click prolongs the link."""

from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase, digits

DIGITS = digits + ascii_lowercase + ascii_uppercase


@dataclass(slots=True, eq=False)
class Link:
    code: str
    url: str
    end_ms: int
    clicks: int = 0


class LinkShortener:
    def __init__(self, first_id: int, lifetime_ms: int) -> None:
        self._next_id = first_id
        self._lifetime_ms = lifetime_ms
        self._by_code: dict[str, Link] = {}
        self._shortened: dict[str, Link] = {}

    def shorten(self, url: str, now_ms: int) -> str:
        link = self._shortened.get(url)
        if is_live(link, now_ms):
            link.end_ms = now_ms + self._lifetime_ms
        else:
            link = self._shortened[url] = self._add(self._free_code(now_ms), url, now_ms)
        return link.code

    def claim(self, alias: str, url: str, now_ms: int) -> bool:
        link = self._by_code.get(alias)
        if not is_live(link, now_ms):
            self._add(alias, url, now_ms)
            return True
        if link.url != url:
            return False
        link.end_ms = now_ms + self._lifetime_ms
        return True

    def resolve(self, code: str, now_ms: int) -> str | None:
        link = self._by_code.get(code)
        if not is_live(link, now_ms):
            return None
        link.clicks += 1
        link.end_ms = now_ms + self._lifetime_ms
        return link.url

    def clicks(self, code: str, now_ms: int) -> int:
        link = self._by_code.get(code)
        return link.clicks if is_live(link, now_ms) else -1

    def remove(self, code: str, now_ms: int) -> bool:
        link = self._by_code.get(code)
        if not is_live(link, now_ms):
            return False
        link.end_ms = now_ms
        return True

    def _add(self, code: str, url: str, now_ms: int) -> Link:
        link = self._by_code[code] = Link(code, url, now_ms + self._lifetime_ms)
        return link

    def _free_code(self, now_ms: int) -> str:
        while True:
            code = encode(self._next_id)
            self._next_id += 1
            if not is_live(self._by_code.get(code), now_ms):
                return code


def is_live(link: Link | None, now_ms: int) -> bool:
    return link is not None and now_ms < link.end_ms


def encode(number: int) -> str:
    code = ""
    while True:
        number, digit = divmod(number, 62)
        code = DIGITS[digit] + code
        if number == 0:
            return code
