class Mine(Exception):
    pass
def a():
    try:
        {}["key"]
    except KeyError as e:
        raise Mine("first", 2) from e
def b():
    try:
        a()
    except Mine:
        int("x" * 3)
b()
