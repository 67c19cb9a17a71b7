"""Compares the results of a function problem with its answers.

Both are lines of JSON, one for each case. Whole numbers, texts and truth
values must be equal, and arrays and objects member by member; doubles may be
off by the tolerance, absolutely or relatively, in decimal arithmetic.
Usage: validate.py INPUT ANSWER FEEDBACK_DIR [float_tolerance EPS] < OUTPUT
"""
import decimal
import json
import os
import sys

ACCEPT, REJECT = 42, 43
DOUBLES = @DOUBLES@  # whether numbers are doubles; of some classes, the results of which call


def refuse_constant(name):
    raise ValueError(name + " is not JSON")


def unique(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a key stands twice")
    return members


def parse(line):
    # Decoded here: json.loads would guess at UTF-16 and pass over a byte order mark.
    return json.loads(line.decode(), parse_float=decimal.Decimal, parse_constant=refuse_constant, object_pairs_hook=unique)


def is_number(value):
    return type(value) in (int, decimal.Decimal)


def same(got, want, doubles, tolerance):
    if is_number(got) and is_number(want):
        if doubles:
            off = abs(got - want)
            return off <= tolerance or off <= tolerance * abs(want)
        return type(got) is type(want) and got == want
    if type(got) is not type(want):
        return False
    if isinstance(want, list):
        return len(got) == len(want) and all(same(g, w, doubles, tolerance) for g, w in zip(got, want))
    if isinstance(want, dict):
        return got.keys() == want.keys() and all(same(got[key], want[key], doubles, tolerance) for key in want)
    return got == want


def same_results(got, want, calls, tolerance):
    """Compares the results of a class of which some calls return doubles."""
    if type(got) is not list or len(got) != len(want):
        return False
    return all(same(g, w, DOUBLES[call[0]], tolerance) for g, w, call in zip(got, want, calls))


def judge(output, tests, answers, tolerance):
    """Says what is wrong with an output, or nothing."""
    for case, want in enumerate(answers, 1):
        line, test = output.readline(), tests.readline()
        if not line:
            return f"case {case}: there is no result"
        line, want = line.rstrip(b"\n"), want.rstrip(b"\n")
        if line == want:
            continue
        try:
            if type(DOUBLES) is dict:
                right = same_results(parse(line), parse(want), json.loads(test), tolerance)
            else:
                right = same(parse(line), parse(want), DOUBLES, tolerance)
        except (ValueError, RecursionError, ArithmeticError):
            return f"case {case}: the result is not JSON"
        if not right:
            return f"case {case}: the result is not the answer"
    if output.readline():
        return "there are more results than cases"
    return ""


def main():
    options = sys.argv[4:]
    tolerance = decimal.Decimal(options[options.index("float_tolerance") + 1] if "float_tolerance" in options else "1e-6")
    decimal.getcontext().prec = 5000  # digits: more than two numbers have whose difference matters
    with open(sys.argv[1], "rb") as tests, open(sys.argv[2], "rb") as answers:
        wrong = judge(sys.stdin.buffer, tests, answers, tolerance)
    if not wrong:
        sys.exit(ACCEPT)
    with open(os.path.join(sys.argv[3], "judgemessage.txt"), "w", encoding="utf-8") as message:
        message.write(wrong + "\n")
    sys.exit(REJECT)


if __name__ == "__main__":
    main()
