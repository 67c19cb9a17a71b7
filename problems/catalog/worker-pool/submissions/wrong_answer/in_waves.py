"""Waits for a whole wave before it starts the next."""
import asyncio


async def run_all(jobs, limit):
    results = []
    for at in range(0, len(jobs), limit):
        results += await asyncio.gather(*(job() for job in jobs[at:at + limit]))
    return results
