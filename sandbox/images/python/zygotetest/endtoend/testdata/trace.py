import sys, threading
events = []
def tr(frame, event, arg):
    events.append((event, frame.f_code.co_name, frame.f_lineno)); return tr
def f(x):
    y = x + 1
    return y
sys.settrace(tr); f(1); sys.settrace(None)
print(events)
events.clear()
sys.setprofile(lambda fr, e, a: events.append((e, fr.f_code.co_name))); f(1); len("a"); sys.setprofile(None)
print(events)
events.clear()
print(threading.gettrace(), threading.getprofile())
sys.settrace(tr)
import heapq, textwrap
heapq.heapify([1])
sys.settrace(None)
print(len([e for e in events if e[0] == "call"]) > 0)
