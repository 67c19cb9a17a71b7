space = {"__name__": "__main__", "y": 3}
exec("print(__name__, y); import json; print(sorted(globals()))", space)
exec(compile("def f():\n  raise ValueError('in f')\n", "<mine>", "exec"), space)
if __name__ == "__main__": print("is main")
try: space["f"]()
except ValueError as e: print(e.__traceback__.tb_next.tb_frame.f_code.co_filename)
space["f"]()
