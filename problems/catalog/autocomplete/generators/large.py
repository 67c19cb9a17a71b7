"""Prints one large case. Uses nothing of random but random(), whose sequence
is the same in every version of Python.

one-word  every phrase begins with the same word, and prefixes end within it:
          each keystroke is about all phrases
typing    people type phrases key by key and then use them
new       every phrase is new, and all begin with one letter; each is asked
          for by prefixes that many have in common
rare      nearly all phrases begin with one word and are used often; the
          prefixes are those of the few others
long      phrases with hardly a prefix in common, as long as they can be:
          the most prefixes that there can be
"""
import argparse
import json
import random

WORDS = ("deploy restart scale drain rotate keys cache api region node pool queue worker shard replica index backup "
         "table user token quota alarm probe proxy route zone batch cron feed ledger mail").split()
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789- "
LONGEST = 40


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--phrases", type=int, required=True)
    parser.add_argument("--calls", type=int, required=True)
    parser.add_argument("--kind", choices=["one-word", "typing", "new", "rare", "long"], required=True)
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
        elif options.kind == "rare":
            phrases.append(f"q{number // 20}-{below(10)}" if number % 10 == 0 else f"do {number}")
        elif options.kind == "long":
            phrases.append("".join(LETTERS[below(len(LETTERS))] for _ in range(LONGEST)))
        else:
            phrases.append(f"{word()} {word()} {number % 997}")
    most = {"one-word": 10**9, "long": 10**9}.get(options.kind, 3)
    uses = [1 + below(most) for _ in phrases]
    if options.kind == "rare":
        uses = [1 if phrase[0] == "q" else 4 + count for phrase, count in zip(phrases, uses)]
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
        elif options.kind == "rare":
            if rnd() < 0.9:
                suggest(f"q{below(options.phrases // 20)}-")
            else:
                record(f"do {below(options.phrases)}", 1)
        elif options.kind == "long":
            phrase = phrases[below(len(phrases))]
            if rnd() < 0.5:
                suggest(phrase[: below(LONGEST + 1)])
            else:
                record(phrase, 1 + below(10**9))
        elif rnd() < 0.5:
            record(f"x{below(10**4)}-{below(10)}", 1 + below(2))
        else:
            suggest(f"x{below(100)}"[: below(4)])
    print(json.dumps(calls[: options.calls], separators=(",", ":")))


main()
