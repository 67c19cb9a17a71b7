# Many threads import what depends on each other, all at once.
import threading, sys
sys.setswitchinterval(1e-6)
names = ("random", "statistics", "decimal", "fractions", "numbers", "json", "dataclasses", "inspect", "collections", "re", "functools", "typing")
start = threading.Barrier(len(names) * 2)
def work(name):
    start.wait()
    __import__(name)
ts = [threading.Thread(target=work, args=(n,)) for n in names * 2]
[t.start() for t in ts]; [t.join() for t in ts]
import statistics, fractions, random, dataclasses, inspect, decimal
print(statistics.Fraction is fractions.Fraction, statistics.random is random, dataclasses.inspect is inspect, fractions.Decimal is decimal.Decimal)
