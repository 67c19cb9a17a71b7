import threading
out, lock = [], threading.Lock()
def work(i):
    with lock:
        out.append(i * i)
ts = [threading.Thread(target=work, args=(i,)) for i in range(8)]
[t.start() for t in ts]; [t.join() for t in ts]
print(sorted(out), threading.active_count(), threading.main_thread() is threading.current_thread())
print(threading.current_thread().name, threading.main_thread().daemon, ts[0].name)
