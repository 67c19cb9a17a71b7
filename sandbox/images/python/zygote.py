"""The warm parent interpreter of the Python run box.

Starting Python and importing a handful of modules costs some 30 ms; a fork of
an interpreter that has done both costs about one. This program is that
interpreter: it is started once for a box, by the box's PID 1 (the runner), and
forks a child for every test. To the program that the child runs it looks like
a fresh `python3 main.py`.

How it is started
    /usr/bin/python3 -I -S /docket/zygote.py /box/main.py
  as root with CAP_SETUID and CAP_SETGID, fd 3 one end of a SOCK_SEQPACKET unix
  socket pair, with the environment and umask that the programs shall have by
  default. The argument is the usual path of the script; a request may name
  another one. /docket/usercustomize.py must be a link to this file (see "How
  it works").

Protocol: JSON objects, one a packet, none longer than 64 KiB
  zygote   {"ready": PID, "python": "3.13.5"}        once, when it can serve
  runner   a request, with SCM_RIGHTS carrying exactly three descriptors that
           become the child's 0, 1 and 2. One request at a time.
             mode   "run", or "check" (compile only)
             argv   run: the script's absolute path, then its arguments
             files  check: absolute paths of the .py files to compile
             cwd    working directory, absolute
             env    the whole environment, name to value
             uid, gid   what the child becomes; there are no other groups
             data   optional: RLIMIT_DATA in bytes. The interpreter's own
                    baseline is added to it (see "Memory").
  zygote   {"started": PID}     sent by the child as the last thing before it
                                turns into the program
           {"exited": PID, "status": WAIT STATUS, "memory_error": BOOL,
            "maxrss_kib": N, "utime_us": N, "stime_us": N,
            "zygote_cpu_ns": N}
                                the child ended. status is the raw one of
                                wait4(2), the next three are its rusage (its
                                own and of the children it waited for),
                                zygote_cpu_ns is the zygote's own cumulative
                                CPU time, to be subtracted from the box's
           {"error": TEXT}      the judge failed and nothing of the program
                                ran: bad request, fork or set-up of the child
                                refused. The zygote goes on serving.
  So a request is answered by `started` and `exited`, or by `error` alone. When
  the runner's end closes, the zygote exits.

  check prints what `python3 FILE` would print for a file that does not
  compile, for each of them, and exits 1; it exits 0 when all compile.

How it works
  `import site` is the last thing that the interpreter does before it runs its
  script, and the last thing that site does is to import usercustomize, which
  normally does not exist. Started as a script this file becomes
  `python3 /box/main.py` with a usercustomize: itself. Imported as that, it
  loads the common modules, hides them, and serves. A child drops its
  privileges and lets the import fail, just as it does when there is no
  usercustomize. From there on the interpreter goes its own usual way in C: no
  frame of ours is below the program; it is read, compiled, run, reported and
  finalized as always, and the exit codes are the interpreter's own.

  The hidden modules are out of sys.modules. Importing one runs the real
  finders; only when they find the very file that the hidden module came from,
  and nothing shadows what it imports in turn, are the hidden module and what
  its import brings along put back instead of being executed again.

Memory
  What a program touches is the runner's to measure. RLIMIT_DATA bounds what it
  may reserve, so that one which asks for more than there can be meets a
  MemoryError on every host. An uncaught MemoryError is told to the
  parent through the name of the dying process: an exit handler writes it to
  /proc/self/comm, the parent reads it from the zombie. A program can forge
  that and so turn its own run-time error into a memory error, nothing more.

Speed
  What a forked child costs is page faults: each page that it writes to must be
  copied. Two things keep it from writing. All that exists when the zygote is
  ready is made immortal, so that using it touches no reference count. And a
  program that ended well, and leaves nothing behind whose end could be
  noticed, is not finalized: freeing everything would write to every page.

What a program can still see
  All children of one zygote share a hash seed. The parent is the zygote, not
  PID 1. object.__subclasses__() lists classes of hidden modules, tracing an
  import of one shows how it is put back,
  gc.get_freeze_count() is not 0, one exit handler is registered.
  sys.getrefcount of what the interpreter and the standard library made is that
  of an immortal object. /proc/self/environ and cmdline are the zygote's own.
  A request with PYTHON* variables or other locale variables than the zygote's
  own, for a script in another directory than the usual one, or with a user
  site directory, is served by a real exec of python3: the same result, 20 ms
  later.
"""
import os
import sys

SOCKET = 3
MAX_PACKET = 64 << 10
DESCRIPTORS = 3
MEMORY_ERROR = b"MemoryError"  # the process name that stands for one
# How much is looked through for what needs an end: allocations, and objects
# that the collector knows.
FEW_BLOCKS, FEW_OBJECTS = 200_000, 20_000
PR_SET_DUMPABLE = 4


def launch(script):
    """Become `python3 script` with this file as its usercustomize."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") and k != "HOSTNAME"}
    env.setdefault("PATH", "/usr/local/bin:/usr/bin:/bin")
    env.setdefault("HOME", "/")  # or site would look it up, with a module of its own
    env["PYTHONPATH"] = os.path.dirname(os.path.abspath(__file__))
    # The interpreter shapes its three streams by what is behind them when it
    # starts: a file and two pipes, as it will be in nearly every child.
    os.dup2(os.memfd_create("stdin"), 0)
    for fd, end in ((1, 1), (2, 1)):
        pipe = os.pipe()
        os.dup2(pipe[end], fd)
        for made in pipe:
            os.close(made)
    os.set_inheritable(SOCKET, True)
    if not os.path.exists(os.path.join(env["PYTHONPATH"], "usercustomize.py")):
        os.write(SOCKET, b'{"error": "zygote: usercustomize.py is missing beside zygote.py"}')
        sys.exit(1)
    os.execve("/usr/bin/python3", ["python3", script], env)


if __name__ == "__main__":
    launch(sys.argv[1])

import builtins
import site
import time
import _frozen_importlib as bootstrap
import _signal

# ---- hiding modules, and giving them back -----------------------------------

# What solutions import, and what the interpreter itself imports to print a
# traceback. Modules whose import registers exit handlers (logging,
# multiprocessing) are not among them, nor are the large and rare ones.
PRELOAD = """abc array ast atexit bisect calendar cmath collections collections.abc contextlib
copy copyreg ctypes dataclasses datetime decimal enum fractions functools gc heapq io itertools
json keyword linecache math numbers operator os pprint queue random re resource reprlib signal
statistics string struct textwrap threading time traceback types typing warnings weakref
_colorize _socket""".split()

plain_import = builtins.__import__
plain_load = bootstrap._load_unlocked
plain_meta_path = list(sys.meta_path)
stdlib = os.path.dirname(os.__file__)

hidden = {}    # name -> module, of all that a plain start does not have
closure = {}   # name -> what else its import brings along, in the order of a plain start
given = set()  # the names that were put back into sys.modules


def preload():
    """Import PRELOAD, learn what each import brings along, and hide it all."""
    visible = set(sys.modules)
    direct = {}  # name -> the names that its code imports, in that order
    loading = []

    def note(name):
        if loading and name not in direct[loading[-1]]:
            direct[loading[-1]].append(name)

    def load(spec):
        before = set(sys.modules)
        direct[spec.name] = []
        loading.append(spec.name)
        module = plain_load(spec)
        for name in [n for n in sys.modules if n not in before and n not in direct]:
            direct[name] = []  # an alias that the module made, such as collections.abc
            note(name)
        loading.pop()
        return module

    def importer(name, globals=None, locals=None, fromlist=(), level=0):
        for alias in [n for n in sys.modules if n not in visible and n not in direct]:
            direct[alias] = []  # the importing module made it before this import
            note(alias)
        module = plain_import(name, globals, locals, fromlist, level)
        if level:
            name = bootstrap._resolve_name(name, globals["__package__"], level).rstrip(".")
        parts = name.split(".")
        for n in range(len(parts)):
            note(".".join(parts[:n + 1]))
        for item in fromlist or ():
            if f"{name}.{item}" in sys.modules:
                note(f"{name}.{item}")
        return module

    bootstrap._load_unlocked, builtins.__import__ = load, importer
    try:
        for name in PRELOAD:
            importer(name)
    finally:
        bootstrap._load_unlocked, builtins.__import__ = plain_load, plain_import

    for name in [n for n in sys.modules if n not in visible]:
        hidden[name] = sys.modules.pop(name)

    def walk(name, order, seen):
        if name in hidden and name not in seen:
            seen.add(name)
            for dep in direct[name]:
                walk(dep, order, seen)
            order.append(name)
        return order

    for name, module in hidden.items():
        closure[name] = tuple(walk(name, [], set())[:-1])
        parent, _, child = name.rpartition(".")
        owner = hidden.get(parent) or sys.modules.get(parent)
        if owner and loaded_as(name, module) and getattr(owner, child, None) is module:
            delattr(owner, child)


def loaded_as(name, module):
    """Whether module was loaded under this name, which then is no alias."""
    return module.__spec__.name == name


def put_back(name):
    sys.modules[name] = module = hidden[name]
    given.add(name)
    parent, _, child = name.rpartition(".")
    if parent and loaded_as(name, module):
        # A package that is being imported itself is not in sys.modules yet.
        setattr(sys.modules.get(parent) or hidden[parent], child, module)


def shadowed(name):
    """Whether something before the standard library would be imported as name."""
    for entry in sys.path:
        if entry == stdlib:
            return False
        finder = sys.path_importer_cache.get(entry, sys)
        if finder is sys or finder is not None and finder.find_spec(name) is not None:
            break
    return True


def faithful(name):
    """Whether putting name back does what importing it would do."""
    module = hidden[name]
    if name in sys.modules:
        return sys.modules[name] is module
    if name in given:
        # Another thread has just put it back, or the program threw it out and
        # is owed a new one.
        return sys.modules.get(name) is module
    return "." in name or not module.__spec__.has_location or not shadowed(name)


def hidden_module(spec):
    """The hidden module that spec describes, or None when it must be loaded anew."""
    name = spec.name
    module = hidden.get(name)
    if (module is None or name in given and sys.modules.get(name) is not module
            or not loaded_as(name, module)
            or spec.origin != module.__spec__.origin
            or type(spec.loader) is not type(module.__spec__.loader)
            or sys.meta_path != plain_meta_path or builtins.__import__ is not plain_import
            or not all(map(faithful, closure[name]))):
        return None
    for dep in closure[name]:
        if dep not in sys.modules:
            put_back(dep)
    put_back(name)  # here already, for threads that import what needs it
    spec.loader = Loaded
    return module


class Loaded:
    """The loader of a module that needs no loading."""
    exec_module = staticmethod(lambda module: None)


# This replaces a function of importlib and must look like a part of it, so
# that tracebacks leave it out. It has returned when a module's code runs.
HOOK = """
def module_from_spec(spec):
    module = hidden_module(spec)
    return plain_module_from_spec(spec) if module is None else module
"""


def hook():
    space = {"__name__": bootstrap.__name__, "hidden_module": hidden_module,
             "plain_module_from_spec": bootstrap.module_from_spec}
    exec(compile(HOOK, bootstrap.module_from_spec.__code__.co_filename, "exec"), space)
    bootstrap.module_from_spec = space["module_from_spec"]


# ---- the parent -------------------------------------------------------------

class Refused(Exception):
    """The request cannot be served; the text says why."""


def send(sock, message):
    sock.send(json.dumps(message).encode())


def parse(packet, flags, fds):
    """Check a request; a wrong one is Refused before anything is done."""
    if flags & (_socket.MSG_TRUNC | _socket.MSG_CTRUNC):
        raise Refused("request is too large")
    try:
        r = json.loads(packet)
    except (ValueError, RecursionError) as err:
        raise Refused(f"request is not JSON: {err}") from None
    if not isinstance(r, dict) or r.get("mode") not in ("run", "check"):
        raise Refused("mode is neither run nor check")
    if len(fds) != DESCRIPTORS:
        raise Refused(f"got {len(fds)} descriptors instead of {DESCRIPTORS}")

    def number(v, limit):
        return type(v) is int and 0 < v < limit

    def text(v):
        return isinstance(v, str) and "\0" not in v

    def path(v):
        return text(v) and v.startswith("/")

    def variable(k, v):
        return k and "=" not in k and text(k) and text(v)

    env, names = r.get("env"), "argv" if r["mode"] == "run" else "files"
    listed = r.get(names)
    for field, ok in (
            ("uid", number(r.get("uid"), 1 << 31)),
            ("gid", number(r.get("gid"), 1 << 31)),
            ("data", "data" not in r or number(r["data"], 1 << 50)),
            ("cwd", path(r.get("cwd"))),
            ("env", isinstance(env, dict) and all(variable(*kv) for kv in env.items())),
            (names, isinstance(listed, list) and listed and all(map(text, listed))
             and all(map(path, listed if names == "files" else listed[:1])))):
        if not ok:
            raise Refused(f"{field} is missing or wrong")
    return r


def serve(sock):
    """Serve requests. Returns one, in the child that is to carry it out."""
    # Through this pipe the parent learns how far a child came that is gone. It
    # is closed in the child before the program begins.
    progress, mark = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
    space = _socket.CMSG_SPACE(4 * DESCRIPTORS)
    send(sock, {"ready": os.getpid(), "python": "%d.%d.%d" % sys.version_info[:3]})
    while True:
        packet, control, flags, _ = sock.recvmsg(MAX_PACKET, space, _socket.MSG_CMSG_CLOEXEC)
        fds = [int.from_bytes(data[i:i + 4], sys.byteorder)
               for level, kind, data in control
               if (level, kind) == (_socket.SOL_SOCKET, _socket.SCM_RIGHTS)
               for i in range(0, len(data) - 3, 4)]
        if not packet and not fds:
            os._exit(0)  # the runner is gone
        pid = None
        try:
            request = parse(packet, flags, fds)
            pid = os.fork()
        except (Refused, OSError, MemoryError) as err:
            send(sock, {"error": str(err) or type(err).__name__})
        if pid == 0:
            try:
                become(request, fds)
                send(sock, {"started": os.getpid()})
                os.write(mark, b"+")
            except BaseException as err:
                os.write(mark, f"{type(err).__name__}: {err}"[:500].encode())
                os._exit(1)
            os.close(progress)
            os.close(mark)
            sock.close()
            return request
        for fd in fds:
            os.close(fd)
        if pid:
            report(sock, pid, progress)


def report(sock, pid, progress):
    """Wait for the child and say how it ended."""
    end = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    memory_error = False
    if (end.si_code, end.si_status) == (os.CLD_EXITED, 1):
        comm = os.open(f"/proc/{pid}/comm", os.O_RDONLY | os.O_CLOEXEC)
        memory_error = os.read(comm, 64).strip() == MEMORY_ERROR
        os.close(comm)
    sys.modules["resource"] = resource  # wait4 imports it
    _, status, usage = os.wait4(pid, 0)
    del sys.modules["resource"]
    try:
        told = os.read(progress, 1000)
    except BlockingIOError:
        told = b"it was killed"
    if told != b"+":
        send(sock, {"error": "setting up the child: " + told.decode()})
        return
    send(sock, {"exited": pid, "status": status, "memory_error": memory_error,
                "maxrss_kib": usage.ru_maxrss,
                "utime_us": round(usage.ru_utime * 1e6), "stime_us": round(usage.ru_stime * 1e6),
                "zygote_cpu_ns": time.process_time_ns()})


# ---- the child --------------------------------------------------------------

def become(request, fds):
    """Give the forked process its streams, limits and user; no privilege is left."""
    os.setsid()
    for target, fd in enumerate(fds):
        os.dup2(fd, target)
        os.close(fd)
    write("/proc/self/oom_score_adj", b"1000")
    if "data" in request:
        limit = request["data"] + baseline
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    os.setgroups([])
    os.setresgid(*[request["gid"]] * 3)
    os.setresuid(*[request["uid"]] * 3)
    # The kernel takes /proc/self away from a process that changed its user.
    if libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0):
        raise OSError("prctl refused to make the child dumpable")
    os.chdir(request["cwd"])


def write(path, data):
    fd = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    os.write(fd, data)
    os.close(fd)


def shapes_start(name):
    """Whether the interpreter looks at this environment variable when it starts."""
    return name.startswith(("PYTHON", "LC_")) or name == "LANG"


def run(argv, env):
    """Make the interpreter what a plain start would have made of it, or exec one."""
    shaping = {k: v for k, v in env.items() if shapes_start(k)}
    env = env | coerced
    if list(os.environ.items()) != list(env.items()):
        os.environ.clear()
        os.environ.update(env)
        site.USER_BASE = site.USER_SITE = None
        site.getusersitepackages()
    if shaping != start_shaping or os.path.isdir(site.USER_SITE) or not renamed(argv[0]):
        for ignored in (_signal.SIGPIPE, _signal.SIGXFSZ):
            _signal.signal(ignored, _signal.SIG_DFL)
        os.execve(sys.executable, [sys.orig_argv[0], *argv], env)
    sys.argv[:] = argv
    sys.orig_argv[1:] = argv
    # The collector does not look at what was there before the fork, and the
    # program's globals must be collected in the end.
    main = type(sys)("__main__")
    vars(main).clear()
    vars(main).update(vars(sys.modules["__main__"]))
    sys.modules["__main__"] = main
    atexit.register(*at_exit(id(main)))  # the first to register is the last to be called
    gc.enable()


def at_exit(main):
    """The call that leaves, unless the program would see that: what traces or
    profiles it, or watches it through sys.monitoring, sees every function of
    Python. So all that comes before is made of functions of C."""
    watchers = [sys.gettrace, sys.getprofile]
    watchers += [functools.partial(sys.monitoring.get_tool, tool) for tool in range(6)]
    none = functools.partial(operator.is_, None)
    calls = map(operator.call, (*watchers, functools.partial(leave, main)))
    return collections.deque, itertools.takewhile(none, calls), 0


def renamed(script):
    """Make the interpreter run that script; False when it cannot be told to."""
    usual = sys.argv[0]
    if script == usual:
        return True
    if script_slot is None or os.path.dirname(script) != os.path.dirname(usual):
        return False
    text = ctypes.pythonapi.Py_DecodeLocale(os.fsencode(script), None)
    if text:
        ctypes.c_uint64.from_address(script_slot).value = text
    return bool(text)


def leave(main):
    """End the process here when finalizing it could change nothing.

    What the exit code will be is known to C alone. It is 0 when the script's
    code returned. It did when there is no uncaught exception and the
    interpreter has taken __file__ and __cached__ from the script's globals:
    for a SystemExit it comes here before it does that.

    Finalizing runs what has a __del__ (classes of the program's own, files
    that are not flushed, generators that are not exhausted) and the callbacks
    of weak references. Where there is any, or so much that looking for it
    would take longer, the interpreter ends in its usual way."""
    uncaught = getattr(sys, "last_exc", None)
    if issubclass(type(uncaught), MemoryError):
        write("/proc/self/comm", MEMORY_ERROR)
    try:
        if uncaught is None and needs_no_end(main):
            sys.stdout.flush()
            sys.stderr.flush()
            c_exit(0)  # which runs and flushes what is C's own
    except (OSError, ValueError, MemoryError):
        pass  # the interpreter will say so, and end with 120


def needs_no_end(main):
    """Whether the script returned and left nothing to finalize.

    Nothing here may call code of the program, so objects are asked nothing,
    only their types."""
    module = sys.modules.get("__main__")
    if id(module) != main or not {"__file__", "__cached__"}.isdisjoint(globals_of(module)):
        return False
    if (id(getattr(sys, "stdout", None)), id(getattr(sys, "stderr", None))) != plain_streams:
        return False
    if "flush" in sys.stdout.__dict__ or "flush" in sys.stderr.__dict__:
        return False  # the program's own, and to be called as often as it is without us
    if sys.getallocatedblocks() > FEW_BLOCKS:
        return False
    left = gc.get_objects()  # without what was there before the fork
    if len(left) > FEW_OBJECTS or main not in map(id, left):  # or the program has frozen its own
        return False
    kinds = dict(zip(map(id, map(type, left)), map(type, left)))
    if any(map(has_end, kinds.values())):
        return False
    telling = {key for key, kind in kinds.items() if issubclass(kind, (type, weakref.ref, *weakref.ProxyTypes))}
    for o in left:
        kind = type(o)
        if id(kind) not in telling:
            continue
        if issubclass(kind, type):
            # A class without attributes may have instances that the collector does not know.
            if has_end(o):
                return False
        elif not issubclass(kind, weakref.ref) or not harmless(callback_of(o)):
            return False
    return True


callback_of = vars(sys.modules["_weakref"].ReferenceType)["__callback__"].__get__
ancestry = vars(type)["__mro__"].__get__
members = vars(type)["__dict__"].__get__
globals_of = vars(type(sys))["__dict__"].__get__


def has_end(kind):
    return any("__del__" in members(c) for c in ancestry(kind))


def harmless(callback):
    """Whether this is no callback, or that by which abstract classes remember others."""
    return callback is None or type(callback) is type(len) and callback.__name__ == "_destroy"


def check(files):
    """Compile files and print what the interpreter would print for the bad ones."""
    code = 0
    warnings.simplefilter("ignore")
    for path in files:
        try:
            with open(path, "rb") as f:
                source = f.read()
            compile(source, path, "exec", dont_inherit=True)
        except Exception as err:
            hidden["traceback"].print_exception(err.with_traceback(None))
            code = 1
    sys.stderr.flush()
    os._exit(code)


# ---- the start --------------------------------------------------------------

def forget(name):
    """Wipe a variable of the zygote's own start out of /proc/self/environ."""
    with open("/proc/self/stat", "rb") as f:
        fields = f.read().rpartition(b")")[2].split()
    start, end = int(fields[47]), int(fields[48])
    at = ctypes.string_at(start, end - start).find(name + b"=")
    if at >= 0:
        ctypes.memset(start + at, 0, len(ctypes.string_at(start + at)))


def immortalize():
    """Make all that exists immortal, but the streams, which must end in order."""
    word = ctypes.c_uint64
    immortal = word.from_address(id(None)).value
    if immortal != 0xFFFFFFFF:
        return  # not how 3.13 counts: do without
    spared = {id(o) for stream in (sys.stdin, sys.stdout, sys.stderr)
              for o in (stream, stream.buffer, getattr(stream.buffer, "raw", None), stream.__dict__)}
    code_type, frame_type = type(immortalize.__code__), type(sys._getframe())
    lasting = {}  # holds what it names, so that no id is used twice meanwhile
    todo = gc.get_objects()
    while todo:
        found = []
        for o in todo:
            if id(o) in lasting or o is lasting or o is todo or o is found or o is spared:
                continue
            lasting[id(o)] = o
            if isinstance(o, code_type):  # the collector does not look into code
                found += (o.co_consts, o.co_names, o.co_filename, o.co_name, o.co_qualname,
                          o.co_linetable, o.co_exceptiontable, *o.co_varnames, *o.co_freevars, *o.co_cellvars)
            else:
                found += gc.get_referents(o)
        todo = found
    for address, o in lasting.items():
        if address not in spared and not isinstance(o, frame_type):
            word.from_address(address).value = immortal


def find_script_slot():
    """The address of the interpreter's pointer to the path of its script, if it can be told.

    It is the one pointer of the interpreter's state to that text."""
    text = b"".join(ord(c).to_bytes(4, "little") for c in sys.argv[0] + "\0")
    state = ctypes.pythonapi.PyInterpreterState_Get()
    texts, slots = [], []
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        regions = [[int(a, 16) for a in line.split()[0].split("-")] + [line] for line in maps]

        def occurrences(low, high, wanted):
            memory.seek(low)
            data, at = memory.read(high - low), -1
            while (at := data.find(wanted, at + 1)) >= 0:
                yield low + at

        for low, high, line in regions:
            if line.rstrip().endswith("[heap]"):
                texts += occurrences(low, high, text)
        for low, high, _ in regions:
            if low <= state < high:
                for address in texts:
                    slots += occurrences(state, high, address.to_bytes(8, "little"))
    return slots[0] if len(slots) == 1 and slots[0] % 8 == 0 else None


def start():
    """Make this process the zygote."""
    global atexit, collections, ctypes, functools, gc, itertools, json, operator, resource, warnings, weakref, _socket
    global baseline, coerced, libc, plain_streams, c_exit, script_slot, start_shaping
    home = os.path.dirname(__file__)
    finders = {k: v for k, v in sys.path_importer_cache.items() if k != home}
    preload()
    sys.path_importer_cache.clear()
    sys.path_importer_cache.update(finders)
    atexit, collections, ctypes, functools, gc, itertools, json, operator, resource, warnings, weakref, _socket = (
        hidden[name] for name in ("atexit collections ctypes functools gc itertools json operator resource "
                                  "warnings weakref _socket").split())
    # By their addresses: a reference would keep them from being closed.
    plain_streams = id(sys.stdout), id(sys.stderr)
    hook()
    sys.path.remove(home)
    del os.environ["PYTHONPATH"]
    # A start in the C locale adds LC_CTYPE to the environment.
    with open("/proc/self/environ", "rb") as f:
        at_exec = {entry.partition(b"=")[0] for entry in f.read().split(b"\0")}
    coerced = {k: v for k, v in os.environ.items() if os.fsencode(k) not in at_exec}
    start_shaping = {k: v for k, v in os.environ.items() if shapes_start(k) and k not in coerced}
    forget(b"PYTHONPATH")
    libc = ctypes.CDLL(None)
    c_exit = ctypes.PyDLL(None).exit  # no other thread comes to run meanwhile
    ctypes.pythonapi.Py_DecodeLocale.restype = ctypes.c_void_p
    ctypes.pythonapi.PyInterpreterState_Get.restype = ctypes.c_void_p
    script_slot = find_script_slot()
    # Finalizing the interpreter would free the hidden modules one by one.
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(hidden))
    gc.disable()
    gc.collect()
    immortalize()
    gc.collect()
    libc.malloc_trim(0)
    with open("/proc/self/status") as f:
        baseline = next(int(line.split()[1]) << 10 for line in f if line.startswith("VmData"))
    gc.freeze()


try:
    start()
    todo = serve(_socket.socket(fileno=SOCKET))
except BaseException as err:
    os.write(SOCKET, ('{"error": "zygote: %s %s"}' % (type(err).__name__, ascii(str(err))[1:-1])).encode())
    raise
if todo["mode"] == "check":
    check(todo["files"])
run(todo["argv"], todo["env"])
raise ImportError("No module named 'usercustomize'", name="usercustomize")
