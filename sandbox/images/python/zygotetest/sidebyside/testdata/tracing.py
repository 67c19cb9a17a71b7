import sys
calls = []
def tracer(frame, event, arg):
    if event == "call": calls.append(frame.f_code.co_name)
    return tracer
def f(): return 1
sys.settrace(tracer); f(); sys.settrace(None)
print(calls)
import cProfile, pstats, io
p = cProfile.Profile(); p.enable(); f(); p.disable()
print(pstats.Stats(p, stream=io.StringIO()).total_calls > 0)
