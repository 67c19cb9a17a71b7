"""Every fetch puts its own answer down; the deadline ends them all."""
import asyncio


async def fetch_all(sources, fetch, timeout):
    found = {}

    async def ask(source):
        try:
            found[source] = await fetch(source)
        except Exception:
            pass  # a missing answer

    try:
        async with asyncio.timeout(timeout):
            await asyncio.gather(*map(ask, sources))
    except TimeoutError:
        pass
    return found
