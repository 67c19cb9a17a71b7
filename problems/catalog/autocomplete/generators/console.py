"""Prints small cases: phrases of few letters, so that prefixes, ties and
repeated phrases abound. Uses nothing of random but random(), whose sequence
is the same in every version of Python."""
import argparse
import json
import random


def main():
    parser = argparse.ArgumentParser()
    for name in ("seed", "cases", "phrases", "calls", "letters", "length", "uses"):
        parser.add_argument("--" + name, type=int, required=True)
    options = parser.parse_args()
    rnd = random.Random(options.seed).random

    def below(n):
        return int(rnd() * n)

    alphabets = ["abc", "a b", "-a ", "a1z", " -0"]

    for _ in range(options.cases):
        alphabet = alphabets[below(len(alphabets))][: options.letters]

        def text(least):
            return "".join(alphabet[below(len(alphabet))] for _ in range(least + below(options.length + 1 - least)))

        def uses():
            return 1 + below(options.uses)

        phrases = [text(1) for _ in range(below(options.phrases + 1))]
        case = [["Autocomplete", 1 + below(4) if rnd() < 0.7 else 1 + below(10), phrases, [uses() for _ in phrases]]]
        for _ in range(below(options.calls)):
            case.append(["record", text(1), uses()] if rnd() < 0.4 else ["suggest", text(0)])
        print(json.dumps(case, separators=(",", ":")))


main()
