import sys
sys.last_exc = MemoryError("not really")
sys.last_value = 3
