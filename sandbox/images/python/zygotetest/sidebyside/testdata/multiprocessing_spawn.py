import multiprocessing as mp, sys
class Box:
    def __init__(self, v): self.v = v
def work(q, b): q.put((b.v * 2, __name__, sys.argv[0]))
if __name__ == "__main__":
    c = mp.get_context("spawn")
    q = c.Queue()
    p = c.Process(target=work, args=(q, Box(21)))
    p.start(); print(q.get()); p.join(); print(p.exitcode)
