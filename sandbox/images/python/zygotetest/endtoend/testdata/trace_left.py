import sys
def trace(frame, event, arg):
    print(event, frame.f_code.co_name)
    return trace
def f(): return 1
sys.settrace(trace)
f()
