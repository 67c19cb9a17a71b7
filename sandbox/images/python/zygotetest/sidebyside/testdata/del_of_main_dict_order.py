import sys
class N:
    def __init__(self, n): self.n = n
    def __del__(self): sys.stdout.write(f"{self.n} {sys is not None}\n")
_hidden = N("_hidden"); visible = N("visible"); __dunder = N("__dunder")
