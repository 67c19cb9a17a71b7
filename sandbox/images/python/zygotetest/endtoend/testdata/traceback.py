import traceback, sys
def f():
    traceback.print_stack()
    traceback.print_stack(file=sys.stdout)
    try: 1 / 0
    except Exception:
        traceback.print_exc()
        print(traceback.format_exc())
        print(sys.exc_info()[2].tb_frame.f_back.f_back)
f()
