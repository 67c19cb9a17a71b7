import threading
main_done = threading.Event()
def work(n, before):
    main_done.wait()
    if before: before.join()
    print("thread", n, flush=True)
last = None
for n in (1, 2, 3):
    last = threading.Thread(target=work, args=(n, last))
    last.start()
print("main done")
main_done.set()
