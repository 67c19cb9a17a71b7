import os, signal
print("handler", signal.getsignal(signal.SIGINT) is signal.default_int_handler)
os.kill(os.getpid(), signal.SIGINT)
for i in range(10**7): pass
