import multiprocessing as mp
def work(x): return x + 1
if __name__ == "__main__":
    with mp.get_context("forkserver").Pool(1) as p:
        print(p.map(work, [1, 2]))
