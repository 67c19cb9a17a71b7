import sys
def hook(kind, value, tb):
    raise RuntimeError("the hook fails")
sys.excepthook = hook
raise ValueError("first")
