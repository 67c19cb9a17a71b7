import ctypes
libc = ctypes.CDLL(None)
libc.printf(b"by C %d\n", 5)
print("by Python")
