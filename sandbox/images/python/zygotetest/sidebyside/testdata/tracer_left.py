import sys
def tracer(frame, event, arg):
    print(event, frame.f_code.co_name, frame.f_code.co_filename)
    return tracer
def f(): return 1
sys.settrace(tracer)
f()
