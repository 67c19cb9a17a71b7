import os
class N:
    def __del__(self): print("del")
if os.fork() == 0:
    n = N()
else:
    os.wait()
    print("parent")
