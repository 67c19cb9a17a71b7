"""Lets the group of exceptions out, which is no job's error."""
import asyncio


async def run_all(jobs, limit):
    results = [0] * len(jobs)
    waiting = iter(enumerate(jobs))

    async def work():
        for i, job in waiting:
            results[i] = await job()

    async with asyncio.TaskGroup() as group:
        for _ in range(limit):
            group.create_task(work())
    return results
