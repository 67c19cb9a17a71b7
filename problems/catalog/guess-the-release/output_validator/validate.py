"""Plays the staging cluster.

Arguments: the input file, the answer file and the feedback directory. The
answer file holds a line for each service: its first broken release, or
"adaptive", which leaves as many releases possible as the replies allow.
"""
import re
import sys

PROBES = 31
LINE = re.compile(rb"([?!]) ([1-9][0-9]{0,9})\r?\n?")


class Rejected(Exception):
    """Says why the submission is wrong."""


def tell(line):
    # A submission that ends early closes its side; what it did is seen when
    # the next line is read.
    try:
        print(line, flush=True)
    except BrokenPipeError:
        pass


def hear():
    line = sys.stdin.buffer.readline(64)
    if not line:
        raise Rejected("the output ended early")
    match = LINE.fullmatch(line)
    if not match:
        said = line[:40].decode(errors="backslashreplace").rstrip("\r\n")
        raise Rejected(f"{said!a} is neither a probe nor an answer")
    return match[1], int(match[2])


def play(releases, first):
    """Examines one service. first is None when the cluster is adaptive."""
    tell(releases)
    low, high = 1, releases  # the first broken release is among these
    probes = 0
    while True:
        kind, release = hear()
        if release > releases:
            raise Rejected(f"there is no release {release}, only {releases}")
        if kind == b"!":
            break
        probes += 1
        if probes > PROBES:
            raise Rejected(f"more than {PROBES} probes")
        if first is not None:
            broken = release >= first
        elif not low <= release < high:
            broken = release >= high
        else:
            broken = release - low + 1 > high - release
        if broken:
            high = min(high, release)
        else:
            low = max(low, release + 1)
        tell("broken" if broken else "ok")
    right = first if first is not None else low
    if release != right:
        raise Rejected(f"{release} is not the first broken release of {releases}: it could be {right}")
    if low != high:
        raise Rejected(f"{release} is a guess: the replies leave {low} to {high} possible")


def main():
    input_file, answer_file, feedback = sys.argv[1:4]
    with open(input_file) as f:
        services = list(map(int, f.read().split()))[1:]
    with open(answer_file) as f:
        firsts = [None if word == "adaptive" else int(word) for word in f.read().split()]
    assert len(services) == len(firsts), "input and answer differ in length"
    try:
        tell(len(services))
        for number, (releases, first) in enumerate(zip(services, firsts), 1):
            try:
                play(releases, first)
            except Rejected as reason:
                raise Rejected(f"service {number}: {reason}") from None
        while more := sys.stdin.buffer.read1(1 << 16):
            if more.strip():
                raise Rejected("there is more output after the last answer")
    except Rejected as reason:
        with open(feedback + "judgemessage.txt", "w") as f:
            print(reason, file=f)
        sys.exit(43)
    sys.exit(42)


main()
