"""The statement word for word: one list of links, searched for everything."""

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


class LinkShortener:
    def __init__(self, first_id, lifetime_ms):
        self.counter = first_id
        self.lifetime = lifetime_ms
        self.links = []

    def find(self, code, now_ms):
        self.links = [link for link in self.links if now_ms < link["at"] + self.lifetime]
        for link in self.links:
            if link["code"] == code:
                return link
        return None

    def shorten(self, url, now_ms):
        self.links = [link for link in self.links if now_ms < link["at"] + self.lifetime]
        for link in self.links:
            if link["url"] == url and link["by"] == "shorten":
                link["at"] = now_ms
                return link["code"]
        while True:
            rest, code = self.counter, ""
            while rest > 0 or code == "":
                code = DIGITS[rest % 62] + code
                rest //= 62
            self.counter += 1
            if self.find(code, now_ms) is None:
                break
        self.links.append({"code": code, "url": url, "by": "shorten", "at": now_ms, "clicks": 0})
        return code

    def claim(self, alias, url, now_ms):
        link = self.find(alias, now_ms)
        if link is None:
            self.links.append({"code": alias, "url": url, "by": "claim", "at": now_ms, "clicks": 0})
            return True
        if link["url"] != url:
            return False
        link["at"] = now_ms
        return True

    def resolve(self, code, now_ms):
        link = self.find(code, now_ms)
        if link is None:
            return None
        link["clicks"] += 1
        return link["url"]

    def clicks(self, code, now_ms):
        link = self.find(code, now_ms)
        return -1 if link is None else link["clicks"]

    def remove(self, code, now_ms):
        link = self.find(code, now_ms)
        if link is None:
            return False
        self.links.remove(link)
        return True
