import sys
def hook(kind, value, tb):
    print("hook:", kind.__name__, value, tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_next is None)
sys.excepthook = hook
raise ValueError("caught by the hook")
