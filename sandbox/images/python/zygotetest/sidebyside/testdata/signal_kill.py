import os, signal
print("lost in the buffer")
os.kill(os.getpid(), signal.SIGKILL)
