import signal
class Late(Exception): pass
def handler(n, frame): raise Late(n)
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    while True: pass
except Late as e:
    print("alarm", e)
