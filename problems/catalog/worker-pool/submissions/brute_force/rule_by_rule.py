"""Asks of every job, whenever one has ended, whether the rules let it start."""
import asyncio


async def run_all(jobs, limit):
    tasks = {}

    def runs(i):
        return i in tasks and not tasks[i].done()

    def may_start(i):
        return i not in tasks and sum(map(runs, range(len(jobs)))) < limit and all(j in tasks for j in range(i))

    while True:
        running = [t for t in tasks.values() if not t.done()]
        failures = [t.exception() for t in tasks.values() if t.done() and t.exception() is not None]
        if failures:
            for t in running:
                t.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            raise failures[0]
        for i in range(len(jobs)):
            if may_start(i):
                tasks[i] = asyncio.ensure_future(jobs[i]())
                running.append(tasks[i])
        if not running:
            return [tasks[i].result() for i in range(len(jobs))]
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
