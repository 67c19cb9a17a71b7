import sys
print(sys.monitoring.get_tool(4), file=sys.stderr)
