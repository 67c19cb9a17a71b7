import signal, time
def on(sig, frame): print("alarm", signal.Signals(sig).name, frame.f_code.co_name, frame.f_lineno > 0)
signal.signal(signal.SIGALRM, on)
signal.setitimer(signal.ITIMER_REAL, 0.05)
signal.pause()
class T(Exception): pass
def boom(*a): raise T("time")
signal.signal(signal.SIGALRM, boom)
signal.setitimer(signal.ITIMER_REAL, 0.05)
while True: time.sleep(1)
