import multiprocessing as mp
def square(x): return x * x
if __name__ == "__main__":
    print(mp.get_start_method(), mp.current_process())
    try:
        with mp.Pool(2) as p:
            print(p.map(square, range(5)))
    except OSError as e:
        print("refused", e)
    c = mp.get_context("fork")
    r, w = c.Pipe()
    p = c.Process(target=w.send, args=("from child",)); p.start(); print(r.recv()); p.join(); print(p.exitcode)
