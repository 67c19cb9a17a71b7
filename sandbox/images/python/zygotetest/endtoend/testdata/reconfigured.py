import sys
sys.stdout.reconfigure(encoding="utf-16", line_buffering=True)
print("wide")
sys.stdout.reconfigure(encoding="ascii", errors="xmlcharrefreplace")
print("é")
sys.stdout.reconfigure(errors="strict")
print("é")
