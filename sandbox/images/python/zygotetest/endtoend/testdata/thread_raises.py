import threading
def f(): raise ValueError("in thread")
t = threading.Thread(target=f, name="mine")
t.start(); t.join()
print(t.name, t.is_alive(), threading.main_thread() is threading.current_thread(), threading.main_thread().name)
threading.excepthook = lambda a: print("hook", a.exc_type, a.exc_value, a.thread.name)
t = threading.Thread(target=f); t.start(); t.join()
print(t.name)
