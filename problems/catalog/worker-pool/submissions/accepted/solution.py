"""Runs batches of jobs, a few at a time."""
import asyncio
from collections.abc import Awaitable, Callable


async def run_all(jobs: list[Callable[[], Awaitable[int]]], limit: int) -> list[int]:
    results = [0] * len(jobs)
    waiting = iter(enumerate(jobs))

    async def work() -> None:
        for i, job in waiting:
            results[i] = await job()

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(limit):
                group.create_task(work())
    except* Exception as failures:
        first = failures.exceptions[0]
    else:
        return results
    raise first
