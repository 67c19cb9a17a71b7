import sys
m = sys.monitoring
m.use_tool_id(4, "mine")
m.register_callback(4, m.events.PY_START, lambda c, o: print("start", c.co_name))
m.set_events(4, m.events.PY_START)
def f(): pass
f()
