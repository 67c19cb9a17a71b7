"""Supplies the callables of a concurrency problem, for Docket.

What they do is decided outside of the box, in a talk over the process's own
standard streams. Time is virtual: the event loop's clock stands still while
there is anything to run, and is moved on by the outside when there is not.
The functions of the time module follow it. Threads know nothing of that clock;
a solution is made of coroutines.
"""
import asyncio
import math
import os
import sys
import time

# Where time.time() begins: the first second of the year 2000.
EPOCH = 946_684_800

# The outside counts in microseconds, and floats are not exact: that of
# time.time() is off by up to 0.12. A timer that is due within this part of one
# counts at its beginning.
PART = 0.3

# Seconds that no case lasts.
FAR = 2.0**40


class TaskError(Exception):
    """What a task fails with."""


class World:
    """What the callables of the solution talk to."""

    def __init__(self, results, tests, dumps, loads):
        self.results, self.tests = results, tests
        self.dumps, self.loads = dumps, loads
        self.said = []
        self.readers = []
        self.reset(0.0)

    def reset(self, began):
        self.began = began  # of the case, on the loop's clock
        self.arrive(0)
        self.calls = []  # of this case; those of earlier ones say nothing any more

    def end(self, *message):
        """Say how the case ended, which is the last that is heard of it."""
        self.say(*message)
        self.calls = None
        self.flush()

    def say(self, *message):
        self.said.append(self.dumps(message) + "\n")

    def flush(self):
        data = memoryview("".join(self.said).encode("utf-8", "replace"))
        self.said.clear()
        while data:
            data = data[os.write(self.results, data):]

    async def _call(self, calls, reader, *message):
        future = asyncio.get_running_loop().create_future()
        if calls is not self.calls:
            return await future  # its case is over: it never ends
        number = len(calls)
        calls.append((future, reader))
        self.say(*message)
        try:
            return await future
        except asyncio.CancelledError:
            if calls is self.calls:
                self.say("cancel", number)
            raise

    def task(self, number, reader):
        calls = self.calls

        async def task():
            return await self._call(calls, reader, "task", number)

        return task

    def fetch(self, number, reader):
        calls = self.calls

        async def fetch(argument):
            return await self._call(calls, reader, "fetch", number, argument)

        return fetch

    def arrive(self, moment):
        self.moment = moment  # microseconds of the case, as the outside counts
        self.soon = self.began + (moment + PART / 3) / 1e6

    def at(self, when):
        """The moment at which something happens by the loop's clock."""
        return math.ceil(min(when - self.began, FAR) * 1e6 - PART)

    def move(self, loop, until):
        """Say that everything waits, for a moment or None, and do what the
        outside answers."""
        self.say("idle", until)
        self.flush()
        line = self.tests.readline()
        if not line:
            os._exit(0)  # nothing can happen any more
        moment, ended = self.loads(line)
        self.arrive(moment)
        loop.now = max(loop.now, self.began + moment / 1e6)
        for number, ok, value in ended:
            future, reader = self.calls[number]
            if future.done():
                continue
            if ok:
                future.set_result(value if reader is None else reader(value))
            else:
                future.set_exception(TaskError(value))


class Loop(asyncio.BaseEventLoop):
    """An event loop without files, on virtual time."""

    # Timers that are due by the loop's clock plus this are run. What a call
    # that ended brings about comes before the timers of the same moment, so
    # they are held back while anything is ready; but not for ever, since a
    # coroutine may look again and again whether a timer has gone off.
    HELD, DUE = -1e-6, PART / 1e6
    TURNS = 1000

    def __init__(self, world):
        super().__init__()
        self._selector = self
        self.world = world
        self.now = 0.0
        self.turns = 0

    def time(self):
        # Whoever looks twice sees two times, as elsewhere: the sum of a time
        # and a timeout is rounded, and one who waits for what is left of a
        # timeout, again and again, must see the rest go by. It is the least
        # that a float can show, and never as much as counts.
        if self.now < self.world.soon:
            self.now = math.nextafter(self.now, math.inf)
        return self.now

    def pass_to(self, when):
        """Let time pass until something happens, or a timer is due."""
        until = self.world.at(when)
        if until > self.world.moment:
            self.world.move(self, until)
            if when > self.world.soon:
                return
        self.now = max(self.now, when)

    def select(self, timeout):
        self.turns = self.turns + 1 if self._ready else 0
        if timeout is None:
            self.world.move(self, None)
            self.turns = 0
        elif timeout > 0:
            self.pass_to(self._scheduled[0].when())
            self.turns = 0
        held = self._ready and self.turns < self.TURNS
        self._clock_resolution = self.HELD if held else self.DUE
        return []

    def run_in_executor(self, executor, func, *args):
        raise RuntimeError("threads do not run on virtual time, use coroutines")

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


def set_clocks(loop):
    """Let the time module, and what the solution has taken from it, follow the
    loop's clock."""

    def sleep(seconds):
        # Nothing else of the solution runs meanwhile, but calls end.
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        end = loop.time() + seconds
        while loop.now < end:
            loop.pass_to(end)

    last = 0

    def nanoseconds():
        nonlocal last
        exact = round(loop.now * 1e6) * 1000
        last = max(exact, min(last + 1, exact + 100))  # as Loop.time has it
        return last

    virtual = {
        "sleep": sleep,
        "time": lambda: EPOCH + loop.time(),
        "time_ns": lambda: EPOCH * 10**9 + nanoseconds(),
        "monotonic": loop.time,
        "monotonic_ns": nanoseconds,
        "perf_counter": loop.time,
        "perf_counter_ns": nanoseconds,
    }
    real = {id(getattr(time, name)): function for name, function in virtual.items()}
    here = os.path.dirname(__file__)
    for module in list(sys.modules.values()):
        if module is time or os.path.dirname(getattr(module, "__file__", None) or "") == here:
            for name, value in list(vars(module).items()):
                if id(value) in real:
                    setattr(module, name, real[id(value)])


def own_error(error):
    """The task's own failure where the solution passes it on or wraps it."""
    seen = 0
    while error is not None and seen < 16:
        if isinstance(error, TaskError):
            return str(error)
        if isinstance(error, (TimeoutError, asyncio.CancelledError)):
            return repr(error)
        error, seen = error.__cause__, seen + 1
    return None


def run(world, one):
    """Give every case to the solution."""
    loop = Loop(world)
    set_clocks(loop)
    asyncio.set_event_loop(loop)
    for line in iter(world.tests.readline, ""):
        loop.now = float(math.ceil(loop.now))  # of which all parts are rounded alike
        world.reset(loop.now)
        task = loop.create_task(one(world.loads(line)))
        try:
            value = loop.run_until_complete(_settled(task))
        except (Exception, asyncio.CancelledError) as error:
            message = own_error(error)
            if message is None:
                raise
            world.end("throw", message)
        else:
            world.end("return", value)


async def _settled(task):
    """The result, after everything else that happens at the same moment."""
    try:
        return await task
    finally:
        for _ in range(100):
            await asyncio.sleep(0)
