"""Returns nothing when not everything came in time."""
import asyncio


async def fetch_all(sources, fetch, timeout):
    try:
        async with asyncio.timeout(timeout):
            texts = await asyncio.gather(*map(fetch, sources), return_exceptions=True)
    except TimeoutError:
        return {}
    return {s: t for s, t in zip(sources, texts) if isinstance(t, str)}
