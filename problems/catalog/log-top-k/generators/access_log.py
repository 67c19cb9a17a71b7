"""Prints an access log. Uses nothing of random but random(), whose sequence
is the same in every version of Python."""
import argparse
import random


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--lines", type=int, required=True)
    parser.add_argument("--paths", type=int, required=True)
    parser.add_argument("--top", type=int, required=True)
    parser.add_argument("--tied", action="store_true", help="every endpoint fails equally often and long")
    options = parser.parse_args()

    rnd = random.Random(options.seed).random
    services = ["pay", "cart", "login", "search", "Search", "users", "orders", "stock", "mail", "feed"]
    verbs = ["list", "get", "put", "Put", "sync", "export"]
    methods = ["GET", "GET", "GET", "POST", "PUT", "PATCH", "DELETE"]

    def pick(items):
        return items[int(rnd() * len(items))]

    paths = [f"/v{1 + i % 3}/{pick(services)}/{pick(verbs)}-{i:x}" for i in range(options.paths)]
    out = [f"{options.lines} {options.top}"]
    time = 1_700_000_000_000 // 10
    for i in range(options.lines):
        time += int(rnd() * 4)
        if options.tied:
            # A round over all endpoints, in an order that is not theirs.
            path = paths[i * 7919 % options.paths]
            status, duration = 500, 250
        else:
            # Some endpoints are much busier than others.
            path = paths[int(rnd() ** 2 * options.paths)]
            status = 500 + int(rnd() * 6) if rnd() < 0.4 else 200 + int(rnd() * 250)
            duration = int(rnd() ** 3 * 2_000)
        if rnd() < 0.5:
            path += f"?id={int(rnd() * 1_000_000)}"
        out.append(f"{time} {pick(methods)} {path} {status} {duration}")
    print("\n".join(out))


main()
