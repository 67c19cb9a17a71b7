import threading, sys
def work(name): __import__(name)
ts = [threading.Thread(target=work, args=(n,)) for n in ("random", "statistics", "decimal", "fractions", "json", "dataclasses") * 3]
[t.start() for t in ts]; [t.join() for t in ts]
import random, statistics
print(statistics.random is random, statistics.Fraction is sys.modules["fractions"].Fraction)
