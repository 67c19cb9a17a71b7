"""Starts every job when a place is free, in order."""
import asyncio


async def run_all(jobs, limit):
    places = asyncio.Semaphore(limit)
    failed = asyncio.get_running_loop().create_future()
    running = set()

    async def run(job):
        try:
            return await job()
        except Exception as error:
            if not failed.done():
                failed.set_result(error)
            raise
        finally:
            places.release()

    tasks = []
    for job in jobs:
        await places.acquire()
        if failed.done():
            break
        tasks.append(asyncio.create_task(run(job)))
        running.add(tasks[-1])
        tasks[-1].add_done_callback(running.discard)
    while running and not failed.done():
        await asyncio.wait({failed, *running}, return_when=asyncio.FIRST_COMPLETED)
    for task in running:
        task.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    if failed.done():
        raise failed.result()
    return outcomes
