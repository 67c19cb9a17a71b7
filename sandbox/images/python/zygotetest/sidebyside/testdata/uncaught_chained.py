def f():
    try:
        {}["key"]
    except KeyError as e:
        raise ValueError("a value") from e
try:
    f()
except ValueError:
    int("nine")
