import threading
def f(): raise ValueError("in thread")
t = threading.Thread(target=f, name="mine")
t.start(); t.join()
print(t, threading.main_thread() is threading.current_thread(), threading.main_thread())
threading.excepthook = lambda a: print("hook", a.exc_type, a.exc_value, a.thread.name)
t = threading.Thread(target=f); t.start(); t.join()
print(t.name)
