import threading, time
e = threading.Event()
def work():
    e.set()
    while True: time.sleep(1)
threading.Thread(target=work, daemon=True).start()
e.wait()
print("main done", threading.active_count(), [t.name for t in threading.enumerate()])
