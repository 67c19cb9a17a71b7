# Code that is named like the script returns, and then the script fails.
exec(compile("x = 1", __file__, "exec"))
def f(): pass
class N:
    def __del__(self): print("del")
n = N()
raise SystemExit(2)
