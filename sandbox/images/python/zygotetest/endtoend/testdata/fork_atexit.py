import os, atexit
atexit.register(print, "at exit")
class D:
    def __del__(self): print("del")
d = D()
pid = os.fork()
if pid: os.waitpid(pid, 0)
print("child" if pid == 0 else "parent")
