import sys
sys.stdout.reconfigure(encoding="utf-16", newline="\r\n")
print("wide")
