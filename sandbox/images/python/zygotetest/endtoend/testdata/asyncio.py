import asyncio, sys
async def work(n):
    await asyncio.sleep(n / 100)
    print("done", n)
    return n
async def main():
    print(await asyncio.gather(*(work(n) for n in (3, 1, 2))))
    q = asyncio.Queue()
    async with asyncio.TaskGroup() as g:
        g.create_task(q.put(1))
        g.create_task(work(1))
    print(await asyncio.to_thread(lambda: "thread"))
    p = await asyncio.create_subprocess_exec(sys.executable, "-c", "print('sub')", stdout=asyncio.subprocess.PIPE)
    print(await p.communicate())
    raise ExceptionGroup("end", [ValueError(1)])
asyncio.run(main())
