exec("def g(): return 1/0")
print(eval("1 + 2"), compile("x", "<mine>", "eval").co_filename)
try:
    g()
except ZeroDivisionError as e:
    import traceback
    traceback.print_exc()
exec(compile("raise ValueError('inside')", "<mine>", "exec"))
