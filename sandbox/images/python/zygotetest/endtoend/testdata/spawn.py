import multiprocessing as mp, sys
def f(w): w.send((__name__, sys.argv, sys.path[:2]))
if __name__ == "__main__":
    c = mp.get_context("spawn")
    r, w = c.Pipe()
    p = c.Process(target=f, args=(w,)); p.start(); print(r.recv()); p.join(); print(p.exitcode)
print("top", __name__)
