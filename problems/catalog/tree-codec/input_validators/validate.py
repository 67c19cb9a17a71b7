"""Accepts (42) lists of calls of the form that the statement promises."""
import json
import sys

CALLS = 1_000
INSTANCES = 8
NODES = 100_000
ALL_NODES = 200_000


class Refused(Exception):
    """Says what is wrong with a case."""


def need(condition, reason):
    if not condition:
        raise Refused(reason)


def size_of_tree(tree):
    need(isinstance(tree, list), "a tree is not a list")
    need(not tree or tree[0] is not None, "a tree begins with null")
    need(not tree or tree[-1] is not None, "a tree ends with null")
    nodes = 0
    places = 1  # where nodes can be
    for val in tree:
        places -= 1
        need(places >= 0, "a node has no parent")
        if val is None:
            continue
        need(type(val) is int and -(2**31) <= val < 2**31, f"{val!r:.20} is not a value")
        nodes += 1
        places += 2
    need(nodes <= NODES, "a tree has too many nodes")
    return nodes


def check_case(case):
    """Returns how many nodes the case encodes and decodes."""
    need(isinstance(case, list) and 1 <= len(case) <= CALLS, "a case is no list of 1 to 1 000 calls")
    need(case[0] == ["TreeCodec"], "a case does not begin with the constructor")
    instance = 0
    encoded = {}  # by the position of the call: who encoded it, and its size
    all_encoded = all_decoded = 0
    for at, call in enumerate(case):
        need(isinstance(call, list) and call and isinstance(call[0], str), "a call is not a list that begins with a name")
        name, *args = call
        if name == "TreeCodec":
            need(not args, "TreeCodec takes no arguments")
            instance += 1
            need(instance <= INSTANCES, "a case makes too many codecs")
        elif name == "encode":
            need(len(args) == 1, "encode takes one argument")
            size = size_of_tree(args[0])
            encoded[at] = instance, size
            all_encoded += size
        elif name == "decode":
            need(len(args) == 1 and type(args[0]) is int, "decode takes the position of a call")
            need(args[0] in encoded, "decode does not name an earlier call of encode")
            author, size = encoded[args[0]]
            need(author < instance, "decode goes to the instance that encoded")
            all_decoded += size
        else:
            raise Refused(f"there is no call {name:.20}")
    return all_encoded, all_decoded


def main():
    text = sys.stdin.buffer.read()
    number = 0
    try:
        need(text.endswith(b"\n"), "the last line does not end")
        encoded = decoded = 0
        for number, line in enumerate(text.decode().split("\n")[:-1], 1):
            case = json.loads(line)
            need(json.dumps(case, separators=(",", ":"), ensure_ascii=False) == line, "not written compactly")
            more_encoded, more_decoded = check_case(case)
            encoded += more_encoded
            decoded += more_decoded
            need(encoded <= ALL_NODES and decoded <= ALL_NODES, "too many nodes in all")
    except (Refused, ValueError, RecursionError) as reason:
        print(f"line {number}: {reason}", file=sys.stderr)
        sys.exit(43)
    sys.exit(42)


main()
