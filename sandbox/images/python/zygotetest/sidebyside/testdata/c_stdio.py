import ctypes
c = ctypes.CDLL(None)
c.printf(b"by C %d\n", 5)
print("by Python")
