import sys
class Out:
    def write(self, s): return len(s)
    def flush(self): raise OSError("cannot flush")
print("kept")
sys.stdout.flush()
sys.stdout = Out()
