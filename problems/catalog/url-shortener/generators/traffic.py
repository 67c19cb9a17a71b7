"""Prints cases for a link shortener. Uses nothing of random but random(), whose sequence is the same in every version of Python."""

import argparse
import json
import random

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
PAGES = ("docs", "pricing", "blog", "jobs", "status")


def encode(number):
    code = ""
    while number or not code:
        code = DIGITS[number % 62] + code
        number //= 62
    return code


def link(number):
    return f"https://{PAGES[number % 5]}.example/{number}"


def show(calls):
    print(json.dumps(calls, separators=(",", ":")))


def small(options, rnd):
    """Few URLs and few codes, all of them near the counter, and steps of time around the lifetime."""
    urls = ["http://a.example", "http://a.example/", "http://A.example", "b", "c"]
    for _ in range(options.cases):
        first = [0, 1, 8, 34, 59, 60, 61, 3841, 62**5 - 2, 2**31 - 2, 10**15][int(rnd() * 11)]
        lifetime = [1, 2, 10, 100, 10**12][int(rnd() * 5)]
        now = [0, 5, 10**12 - 10**5][int(rnd() * 3)]
        near = 2 + int(rnd() * 8)
        weights = [rnd(), rnd(), rnd(), rnd() / 2, rnd() / 2]
        calls = [["LinkShortener", first, lifetime]]
        for _ in range(1 + int(rnd() * options.calls)):
            draw = rnd()
            if draw < 0.3:
                now += int(rnd() * 3)
            elif draw < 0.4 and lifetime <= 100:
                now += max(0, lifetime - 1 + int(rnd() * 3))
            elif draw < 0.5 and lifetime <= 100:
                now += int(rnd() * lifetime)
            url = urls[int(rnd() * len(urls))]
            code = encode(first + int(rnd() * near))
            if rnd() < 0.03:
                code = "0" + code
            elif rnd() < 0.03:
                code = code.swapcase()
            pick = rnd() * sum(weights)
            kind = 0
            while kind < 4 and pick >= weights[kind]:
                pick -= weights[kind]
                kind += 1
            calls.append([
                ["shorten", url, now],
                ["claim", code, url, now],
                ["resolve", code, now],
                ["clicks", code, now],
                ["remove", code, now],
            ][kind])
        show(calls)


def many(options, rnd):
    """Half of the calls make links that all stay; the others shorten again, visit and count at random."""
    first, links = 62**4 - 1000, options.calls // 2
    calls = [["LinkShortener", first, 10**12]]
    calls += [["shorten", link(i), i] for i in range(links)]
    while len(calls) <= options.calls:
        i, now, draw = int(rnd() * links), links + len(calls), rnd()
        if draw < 0.5:
            calls.append(["shorten", link(i), now])
        elif draw < 0.8:
            calls.append(["resolve", encode(first + i), now])
        else:
            calls.append(["clicks", encode(first + i), now])
    show(calls)


def turnover(options, rnd):
    """Links live for a while: most URLs come back about when their link ends. Codes that are free are claimed."""
    first, now = 238_000, 10**9
    recent = 20_000
    calls = [["LinkShortener", first, 40_000]]
    made = 0
    while len(calls) <= options.calls:
        now += int(rnd() * 3)
        draw, back = rnd(), int(rnd() * recent)
        old = max(0, made - back)
        if draw < 0.45:
            calls.append(["shorten", link(made), now])
            made += 1
        elif draw < 0.6:
            calls.append(["shorten", link(old), now])
        elif draw < 0.7:
            calls.append(["claim", encode(first + old), link(old if rnd() < 0.5 else made), now])
        elif draw < 0.75:
            calls.append(["remove", encode(first + old), now])
        elif draw < 0.9:
            calls.append(["resolve", encode(first + old), now])
        else:
            calls.append(["clicks", encode(first + old), now])
    show(calls)


def ahead(options, rnd):
    """Somebody claims a long run of codes that the counter has yet to reach; some are removed again."""
    first, claimed = 10**9, options.calls * 2 // 5
    calls = [["LinkShortener", first, 10**12]]
    calls += [["claim", encode(first + i), link(i), i] for i in range(claimed)]
    now = claimed
    calls.append(["shorten", link(0), now])
    made = 1
    while len(calls) <= options.calls:
        now += 1
        draw = rnd()
        if draw < 0.05:
            # A number that was skipped becomes free, which must not bring it back.
            calls.append(["remove", encode(first + int(rnd() * claimed)), now])
        elif draw < 0.3:
            calls.append(["claim", encode(first + claimed + made + int(rnd() * 20)), link(made), now])
        elif draw < 0.8:
            calls.append(["shorten", link(made), now])
            made += 1
        else:
            calls.append(["resolve", encode(first + int(rnd() * (claimed + made))), now])
    show(calls)


def campaign(options, rnd):
    """A few links with very many clicks, renewed all the time."""
    calls = [["LinkShortener", 0, 1000]]
    now = 0
    names = ["spring", "Spring", "sale-20", "0", "1", "00"]
    while len(calls) <= options.calls:
        now += int(rnd() * 4)
        name, draw = names[int(rnd() * len(names))], rnd()
        if draw < 0.8:
            calls.append(["resolve", name, now])
        elif draw < 0.9:
            calls.append(["clicks", name, now])
        elif draw < 0.93:
            calls.append(["claim", name, link(names.index(name)), now])
        elif draw < 0.9302:
            calls.append(["claim", name, link(99), now])
        else:
            calls.append(["shorten", link(int(rnd() * 3)), now])
    show(calls)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    shapes = parser.add_subparsers(dest="shape", required=True)
    for shape in (small, many, turnover, ahead, campaign):
        sub = shapes.add_parser(shape.__name__, help=shape.__doc__)
        sub.set_defaults(shape=shape)
        sub.add_argument("--calls", type=int, required=True)
        if shape is small:
            sub.add_argument("--cases", type=int, required=True)
    options = parser.parse_args()
    options.shape(options, random.Random(options.seed).random)


main()
