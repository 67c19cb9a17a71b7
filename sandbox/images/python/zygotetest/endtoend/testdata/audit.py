import sys
seen = []
sys.addaudithook(lambda e, a: seen.append(e) if e in ("import", "open", "compile", "exec") else None)
import json, heapq
open("/dev/null").close(); exec("1"); eval("2"); compile("3", "x", "eval")
print([s for s in seen if s != "import" and s != "open"][-5:])
