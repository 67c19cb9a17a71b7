class C: pass
c = C()
C.__del__ = lambda self: print("added later")
