import json, os, sys, builtins
class D:
    def __init__(self, n): self.n = n
    def __del__(self): os.write(1, f"del {self.n}\n".encode())
json.d, os.d, sys.d, builtins.d = D("json"), D("os"), D("sys"), D("builtins")
print("end", flush=True)
