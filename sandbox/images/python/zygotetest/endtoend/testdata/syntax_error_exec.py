try:
    exec("a = = 2")
except SyntaxError as e:
    print(e, e.filename, e.lineno, e.offset, e.text)
eval("1 +\n2 *", {})
