import threading, _thread
l = threading.local()
l.x = 1
seen = []
t = threading.Thread(target=lambda: seen.append(hasattr(l, "x")))
t.start(); t.join()
print(seen, l.x, threading.get_native_id() == __import__("os").getpid(), threading.get_ident() == threading.main_thread().ident)
print(threading.stack_size(), len(threading._dangling))
class L(threading.local):
    def __init__(self): print("init", threading.current_thread().name)
m = L()
t = threading.Thread(target=lambda: m.__dict__, name="w"); t.start(); t.join()
