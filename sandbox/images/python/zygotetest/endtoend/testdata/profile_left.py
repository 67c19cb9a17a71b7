import sys
def profile(frame, event, arg):
    print(event, frame.f_code.co_name, getattr(arg, "__name__", None))
def f(): return len("a")
sys.setprofile(profile)
f()
