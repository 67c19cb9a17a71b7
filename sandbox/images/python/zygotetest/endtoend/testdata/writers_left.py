import os
a = os.fdopen(os.dup(1), "w")
a.write("a text\n")
b = os.fdopen(os.dup(1), "wb")
b.write(b"b bytes\n")
class Holder: pass
h = Holder()
h.self, h.f = h, os.fdopen(os.dup(1), "w")
h.f.write("in a cycle\n")
print("last")
