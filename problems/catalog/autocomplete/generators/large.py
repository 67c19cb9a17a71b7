"""Prints one large case. Uses nothing of random but random(), whose sequence
is the same in every version of Python.

one-word  every phrase begins with the same word, and prefixes end within it:
          each keystroke is about all phrases
typing    people type phrases key by key and then use them
new       every phrase is new, and all begin with one letter; each is asked
          for by prefixes that many have in common
"""
import argparse
import json
import random

WORDS = ("deploy restart scale drain rotate keys cache api region node pool queue worker shard replica index backup "
         "table user token quota alarm probe proxy route zone batch cron feed ledger mail").split()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--phrases", type=int, required=True)
    parser.add_argument("--calls", type=int, required=True)
    parser.add_argument("--kind", choices=["one-word", "typing", "new"], required=True)
    options = parser.parse_args()
    rnd = random.Random(options.seed).random

    def below(n):
        return int(rnd() * n)

    def word():
        return WORDS[below(len(WORDS))]

    phrases = []
    for number in range(options.phrases):
        if options.kind == "one-word":
            phrases.append(f"deploy {below(10**6)}")
        else:
            phrases.append(f"{word()} {word()} {number % 997}")
    uses = [1 + below(10**9) if options.kind == "one-word" else 1 + below(3) for _ in phrases]
    calls = [["Autocomplete", 10 if options.kind == "new" else 5, phrases, uses]]

    def suggest(prefix):
        calls.append(["suggest", prefix])

    def record(phrase, count):
        calls.append(["record", phrase, count])

    while len(calls) < options.calls:
        if options.kind == "one-word":
            if rnd() < 0.7:
                suggest("deploy "[: below(8)])
            else:
                record(phrases[below(len(phrases))], 1 + below(10**7))
        elif options.kind == "typing":
            # Some phrases are far more popular than others.
            phrase = phrases[int(len(phrases) * rnd() ** 3)]
            for end in range(1, 1 + below(6)):
                suggest(phrase[:end])
            record(phrase, 1)
        elif rnd() < 0.5:
            record(f"x{below(10**4)}-{below(10)}", 1 + below(2))
        else:
            suggest(f"x{below(100)}"[: below(4)])
    print(json.dumps(calls[: options.calls], separators=(",", ":")))


main()
