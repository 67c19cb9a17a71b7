"""Asks many sources at once."""
import asyncio
from collections.abc import Awaitable, Callable


async def fetch_all(sources: list[str], fetch: Callable[[str], Awaitable[str]], timeout: float) -> dict[str, str]:
    tasks = {source: asyncio.create_task(fetch(source)) for source in sources}
    if tasks:
        _, late = await asyncio.wait(tasks.values(), timeout=timeout)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    return {
        source: task.result()
        for source, task in tasks.items()
        if not task.cancelled() and task.exception() is None
    }
