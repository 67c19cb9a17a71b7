def gen(name):
    try:
        yield 1
    finally:
        print("closed", name)
g = gen("global")
next(g)
def f():
    h = gen("local")
    next(h)
f()
keep = [gen("unstarted"), gen("in list")]
next(keep[1])
print("end")
