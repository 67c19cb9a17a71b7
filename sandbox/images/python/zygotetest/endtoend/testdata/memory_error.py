try: bytearray(1 << 40)
except MemoryError as e: print(repr(e))
try: x = [0] * (1 << 45)
except MemoryError: print("again")
b = bytes(50 << 20); print(len(b))
b = bytearray(b); b[-1] = 1; print(sum(b[-10:]))
class Big: pass
try: "a" * (1 << 41)
except MemoryError: print("third")
