"""Returns results in the order in which jobs end."""
import asyncio


async def run_all(jobs, limit):
    results = []
    waiting = iter(jobs)

    async def work():
        for job in waiting:
            results.append(await job())

    workers = [asyncio.create_task(work()) for _ in range(limit)]
    try:
        await asyncio.gather(*workers)
    except Exception:
        for w in workers:
            w.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        raise
    return results
