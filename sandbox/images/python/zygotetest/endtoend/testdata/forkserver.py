import multiprocessing as mp, sys
def f(w): w.send((__name__, sys.argv))
if __name__ == "__main__":
    try:
        c = mp.get_context("forkserver")
        r, w = c.Pipe()
        p = c.Process(target=f, args=(w,)); p.start(); print(r.recv()); p.join(); print(p.exitcode)
    except OSError as e:
        print(type(e), e)
