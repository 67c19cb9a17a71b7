"""Runs a solution on the cases of a test, for Docket.

It shares its process with the solution, so nothing that it says is trusted; it
only has to be right for solutions that leave it alone. What it needs to know
of the problem is in the constants below, which Docket fills in.
"""
import os
import sys


def _move_streams():
    """Keep results apart from prints, and tests from input().

    Results go to the standard output that the process was started with; what
    the solution prints goes to standard error.
    """
    results, tests = os.dup(1), os.dup(0)
    os.dup2(2, 1)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return results, tests


_RESULTS, _TESTS = _move_streams()

# What is printed shows how far a solution came that is killed, so no line waits
# for others.
sys.stdout.reconfigure(line_buffering=True)

import gc
import json
from collections import deque
from time import monotonic

MODULE = "@MODULE@"
SIGNATURE = """@SIGNATURE@"""
FUNCTION = "@FUNCTION@"  # or empty
CLASS = "@CLASS@"  # or empty
CONCURRENT = @CONCURRENT@  # whether callables are supplied
# Calls: the name in tests, the name in Python, the types of the parameters,
# the type of the result or None. The constructor is the class's own name.
CALLS = @CALLS@

_LINGER = 0.02  # seconds that a result may wait for others before it is written
_FLUSH_AT = 64 << 10
_LONG = 4 << 10
_LIBRARY = os.path.dirname(os.__file__) + os.sep
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False, allow_nan=False).encode
_loads = json.loads


class WrongSolution(Exception):
    """The solution does not fit the signature."""


# ---- from JSON --------------------------------------------------------------
# A type is a tuple: ("int",), ("array", T), ("optional", T), ("map", T), ...
# A converter of None means that the value is good as json.loads made it.


def _reader(kind, module):
    name = kind[0]
    if name == "double":
        return float
    if name == "array":
        one = _reader(kind[1], module)
        return one and (lambda v: [one(x) for x in v])
    if name == "map":
        _refuse_keys_that_stand_twice()
        one = _reader(kind[1], module)
        return one and (lambda v: {k: one(x) for k, x in v.items()})
    if name == "optional":
        one = _reader(kind[1], module)
        return one and (lambda v: None if v is None else one(v))
    if name in ("task", "fetch", "deadline"):
        return None  # see _Call.supplied
    if name == "list_node":
        node = _required(module, "ListNode", "class ListNode")
        return lambda v: _list_of(node, v)
    if name == "tree_node":
        node = _required(module, "TreeNode", "class TreeNode")
        return lambda v: _tree_of(node, v)
    return None


def _refuse_keys_that_stand_twice():
    """Only problems with maps pay for it."""
    global _loads
    _loads = json.JSONDecoder(object_pairs_hook=_unique).decode


def _unique(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("the input has a key twice")
    return members


def _list_of(node, values):
    head = None
    for value in reversed(values):
        made = node(value)
        made.next = head
        head = made
    return head


def _tree_of(node, values):
    if not values:
        return None
    rest = iter(values)
    root = node(next(rest))
    waiting = deque([root])
    for value in rest:
        parent = waiting[0]
        if value is not None:
            parent.left = node(value)
            waiting.append(parent.left)
        value = next(rest, None)
        if value is not None:
            parent.right = node(value)
            waiting.append(parent.right)
        waiting.popleft()
    return root


# ---- to JSON ----------------------------------------------------------------


def _fits(value, kind):
    """Whether a result has the type of the signature; of nodes, the first."""
    name = kind[0]
    if name == "int":
        return type(value) is int
    if name == "double":
        return type(value) is float or type(value) is int
    if name == "bool":
        return value is True or value is False
    if name == "string":
        return type(value) is str
    if name == "optional":
        return value is None or _fits(value, kind[1])
    if name == "array":
        if type(value) is not list and type(value) is not tuple:
            return False
        simple = _SIMPLE.get(kind[1][0])
        if simple is not None:
            return simple.issuperset(map(type, value))
        return all(_fits(x, kind[1]) for x in value)
    if name == "map":
        return (
            isinstance(value, dict)
            and all(type(k) is str for k in value)
            and all(_fits(x, kind[1]) for x in value.values())
        )
    return value is None or hasattr(value, "val")


_SIMPLE = {"int": {int}, "double": {float, int}, "bool": {bool}, "string": {str}}


def _text(result):
    """The JSON of a result."""
    try:
        return _dumps(result)
    except ValueError:
        return _dumps(_writable(result))


def _writable(value):
    """A value without the numbers that JSON lacks. Their names are wrong
    everywhere, as they should be."""
    if isinstance(value, float) and value - value != 0:
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, int):
        try:
            str(value)
        except ValueError:
            raise WrongSolution(f"an int that was returned has more than {sys.get_int_max_str_digits()} digits") from None
    if isinstance(value, (list, tuple)):
        return [_writable(one) for one in value]
    if isinstance(value, dict):
        return {key: _writable(one) for key, one in value.items()}
    return value


def _shown(value):
    """How words show a value that was returned."""
    try:
        text = repr(value)
    except ValueError:  # it has an int of too many digits
        return f"{type(value).__name__}"
    return f"{type(value).__name__}: {text[:200]}"


def _has_node(kind):
    return kind[0] in ("list_node", "tree_node") or len(kind) > 1 and _has_node(kind[1])


def _plain(value, kind):
    """The JSON of a result that has nodes in it."""
    name = kind[0]
    if value is None and name not in ("list_node", "tree_node"):
        return None
    if name == "list_node":
        return _values_of_list(value)
    if name == "tree_node":
        return _values_of_tree(value)
    if name == "array":
        return [_plain(x, kind[1]) for x in value]
    if name == "optional":
        return _plain(value, kind[1])
    if name == "map":
        return {k: _plain(x, kind[1]) for k, x in value.items()}
    return value


def _values_of_list(node):
    values, seen = [], set()
    while node is not None:
        if id(node) in seen:
            raise WrongSolution("a list that was returned leads back into itself")
        seen.add(id(node))
        values.append(_value_of(node))
        node = _next_of(node, "next")
    return values


def _values_of_tree(root):
    values, waiting, seen = [], deque([root]), set()
    while waiting:
        node = waiting.popleft()
        if node is None:
            values.append(None)
            continue
        if id(node) in seen:
            raise WrongSolution("a tree that was returned has a node in two places")
        seen.add(id(node))
        values.append(_value_of(node))
        waiting.append(_next_of(node, "left"))
        waiting.append(_next_of(node, "right"))
    while values and values[-1] is None:
        values.pop()
    return values


def _next_of(node, name):
    if not hasattr(node, name):
        raise WrongSolution(f"a node that was returned has no {name}")
    child = getattr(node, name)
    if child is not None and not hasattr(child, "val"):
        raise WrongSolution(f"the {name} of a node must be a node or None, not {type(child).__name__}")
    return child


def _value_of(node):
    if type(node.val) is not int:
        raise WrongSolution(f"the value of a node must be an int, not {type(node.val).__name__}")
    return node.val


# ---- calling ----------------------------------------------------------------


def _required(owner, name, what):
    found = getattr(owner, name, None)
    if found is None:
        raise WrongSolution(f"{MODULE}.py has no {what}")
    return found


def _type_text(kind):
    name = kind[0]
    if name == "array":
        return f"list[{_type_text(kind[1])}]"
    if name == "map":
        return f"dict[str, {_type_text(kind[1])}]"
    if name == "optional":
        return f"{_type_text(kind[1])} | None"
    return {"double": "float", "string": "str", "token": "str", "list_node": "ListNode | None", "tree_node": "TreeNode | None"}.get(name, name)


class _Call:
    """One function, method or constructor."""

    def __init__(self, python, params, result, module):
        self.python = python
        self.result = result
        self.kinds, self.module = params, module
        self.readers = [_reader(kind, module) for kind in params]
        self.tokens = [i for i, kind in enumerate(params) if kind[0] == "token"]
        self.simple = not self.tokens and not any(self.readers)
        self.nodes = result is not None and _has_node(result)

    def supplied(self, values, world):
        """The arguments of a concurrency problem, callables among them."""
        out = []
        for value, kind, reader in zip(values, self.kinds, self.readers):
            if kind[0] == "deadline":
                out.append(value / 1000)
            elif kind[0] == "array" and kind[1][0] == "task":
                one = _reader(kind[1][1], self.module)
                out.append([world.task(v, one) for v in value])
            elif kind[0] in ("task", "fetch"):
                out.append(getattr(world, kind[0])(value, _reader(kind[1], self.module)))
            else:
                out.append(value if reader is None else reader(value))
        return out

    def arguments(self, values, made):
        if self.simple:
            return values
        values = [v if r is None else r(v) for r, v in zip(self.readers, values)]
        for i in self.tokens:
            if type(values[i]) is int:  # otherwise the text itself, of another process
                values[i] = made[values[i]]
        return values

    def checked(self, value):
        if not _fits(value, self.result):
            raise WrongSolution(
                f"{self.python} must return {_type_text(self.result)}, but returned {_shown(value)}"
            )
        return _plain(value, self.result) if self.nodes else value

    def taken(self, value):
        """A method's result as it is now: the instance may go on changing it."""
        value = self.checked(value)
        return value if self.nodes else _copied(value, self.result)


def _copied(value, kind):
    name = kind[0]
    if value is None or len(kind) == 1:
        return value
    inner = kind[1]
    if name == "optional":
        return _copied(value, inner)
    if name == "map":
        return {k: _copied(v, inner) for k, v in value.items()}
    return list(value) if len(inner) == 1 else [_copied(v, inner) for v in value]


def _load():
    """Import the solution and find what the signature asks for."""
    module = __import__(MODULE)
    owner = _required(module, CLASS, f"class {CLASS}") if CLASS else module
    calls = {}
    for name, python, params, result in CALLS:
        if name != CLASS or not CLASS:
            what = f"method {python} in class {CLASS}" if CLASS else f"function {python}"
            found = _required(owner, python, what)
            if not callable(found):
                raise WrongSolution(f"{python} of {MODULE}.py cannot be called")
            if not CONCURRENT and _is_async(found):
                raise WrongSolution(f"{python} of {MODULE}.py is an async function, which nobody here awaits: it must be a plain one")
        calls[name] = _Call(python, params, result, module)
    return owner, calls


def _is_async(function):
    """Whether calling it would only make a coroutine, or an async generator."""
    code = getattr(function, "__code__", None)
    return code is not None and code.co_flags & 0x280 != 0


def _function(module, calls):
    call = calls[FUNCTION]
    function, arguments, checked = getattr(module, call.python), call.arguments, call.checked

    def one(case):
        return checked(function(*arguments(case, None)))

    return one


def _concurrent(module, calls):
    import docket_sim

    call = calls[FUNCTION]
    function = getattr(module, call.python)
    world = docket_sim.World(_RESULTS, open(_TESTS, encoding="utf-8", newline="\n"), _text, _loads)

    async def one(case):
        made = function(*call.supplied(case, world))
        if not hasattr(made, "__await__"):
            raise WrongSolution(f"{call.python} of {MODULE}.py must be an async function")
        return call.checked(await made)

    docket_sim.run(world, one)


def _methods(cls, calls):
    def one(case):
        results, made, target = [], {}, None
        add = results.append
        for values in case:
            name = values[0]
@METHODS@
        return results

    return one


def _token(value, python):
    """A token. It is shown only where the call is marked, by one more element,
    as one whose token another process is given."""
    if type(value) is not str:
        raise WrongSolution(f"{python} must return str, but returned {_shown(value)}")
    return value


# ---- the loop ---------------------------------------------------------------


class _Results:
    def __init__(self):
        self.lines, self.size, self.last = [], 0, monotonic()

    def add(self, line):
        self.lines.append(line)
        self.size += len(line)
        if self.size >= _FLUSH_AT or monotonic() - self.last >= _LINGER:
            self.flush()

    def flush(self):
        # Half of a surrogate pair becomes its escape, which JSON has for it.
        data = memoryview("".join(self.lines).encode("utf-8", "backslashreplace"))
        self.lines, self.size = [], 0
        while data:
            data = data[os.write(_RESULTS, data):]
        self.last = monotonic()


def _read(line):
    """The case in a line. Nothing in it is garbage, so a long one is made
    without the collector, which would look at all of it again and again."""
    if len(line) < _LONG or not gc.isenabled():
        return _loads(line)
    gc.disable()
    try:
        return _loads(line)
    finally:
        gc.enable()


def _drives(name):
    """Whether a file is the driver's."""
    return name == __file__ or os.path.basename(name) == "docket_sim.py"


def _own_frames(trace):
    """A traceback without the frames that lead to the solution: the driver's,
    and the library's between them."""
    own = trace
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if _drives(name) or name.startswith("<frozen "):
            own = trace.tb_next
        elif not name.startswith(_LIBRARY):
            break
        trace = trace.tb_next
    return own


def _explain(kind, error, trace):
    """Print what ended the solution as Python does, without our frames."""
    import traceback

    own = _own_frames(trace)
    if isinstance(error, WrongSolution):
        print(f"{error}.\nThe signature of this problem is:\n\n{SIGNATURE}", file=sys.stderr)
        return
    shown = traceback.TracebackException(kind, error, own, compact=True)
    _strip(shown)
    print("".join(shown.format()), end="", file=sys.stderr)
    if own is None and isinstance(error, (TypeError, AttributeError)):
        print(f"\nThe call itself failed. The signature of this problem is:\n\n{SIGNATURE}", file=sys.stderr)


def _strip(shown):
    """Take out the driver's frames that the solution called, of the errors
    behind it and within it too."""
    if shown is None:
        return
    shown.stack[:] = [f for f in shown.stack if not _drives(f.filename)]
    for related in (shown.__cause__, shown.__context__, *(shown.exceptions or ())):
        _strip(related)


def main():
    sys.excepthook = _explain
    owner, calls = _load()
    if CONCURRENT:
        _concurrent(owner, calls)
        _leave()
    one = (_methods if CLASS else _function)(owner, calls)
    results = _Results()
    case = None
    try:
        with open(_TESTS, encoding="utf-8", newline="\n") as tests:
            for line in tests:
                del case  # before the next is made: there is never more than one
                case = _read(line)
                results.add(_text(one(case)) + "\n")
    finally:
        results.flush()
    _leave()


def _leave():
    """End the process. What is left of the last case is not taken apart, which
    for a long one takes as long as a third of its calls."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(0)  # threads that still run end here


if __name__ == "__main__":
    main()
