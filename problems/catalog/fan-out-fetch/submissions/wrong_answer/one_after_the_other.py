"""Asks one source after the other."""
import asyncio


async def fetch_all(sources, fetch, timeout):
    found = {}
    try:
        async with asyncio.timeout(timeout):
            for source in sources:
                try:
                    found[source] = await fetch(source)
                except Exception:
                    pass
    except TimeoutError:
        pass
    return found
