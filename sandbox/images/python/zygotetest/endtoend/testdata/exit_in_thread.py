import threading, sys, os
def f(): sys.exit(5)
t = threading.Thread(target=f); t.start(); t.join()
print("main lives")
threading.Thread(target=lambda: (print("leaving", flush=True), os._exit(8))).start()
threading.Event().wait()
