import sys, importlib
missing = []
for name in sorted(sys.stdlib_module_names):
    if name in ("antigravity", "this", "idlelib", "__main__"): continue
    try: importlib.import_module(name)
    except Exception as e: missing.append((name, type(e).__name__, str(e)))
print(missing)
print(sorted(sys.modules))
