import asyncio, sys
async def work(i, q):
    await asyncio.sleep(0)
    await q.put(i)
async def main():
    q = asyncio.Queue()
    async with asyncio.TaskGroup() as tg:
        for i in range(5):
            tg.create_task(work(i, q))
    print(sorted([q.get_nowait() for _ in range(5)]))
    p = await asyncio.create_subprocess_exec(sys.executable, "-c", "print('child')", stdout=asyncio.subprocess.PIPE)
    print(await p.communicate(), p.returncode)
asyncio.run(main())
