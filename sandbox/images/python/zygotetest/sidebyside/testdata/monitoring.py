import sys
m = sys.monitoring
print([m.get_tool(i) for i in (0, 1, 2, 5)])
m.use_tool_id(2, "mine")
seen = []
m.register_callback(2, m.events.PY_START, lambda code, off: seen.append(code.co_name))
m.set_events(2, m.events.PY_START)
def f(): pass
f()
m.set_events(2, 0)
print(seen)
