import os, signal, atexit
atexit.register(print, "never")
print("flushed", flush=True)
print("lost")
os.kill(os.getpid(), signal.SIGTERM)
