del __file__
class D:
    def __del__(self): print("del")
d = D()
raise SystemExit(3)
