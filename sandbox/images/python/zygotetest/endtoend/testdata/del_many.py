class D:
    def __del__(self): print("bye")
rows = [[i] for i in range(50000)]
d = D()
print("end")
