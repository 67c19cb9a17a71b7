import faulthandler, ctypes
faulthandler.enable(open("trace", "w"))
print(faulthandler.is_enabled(), flush=True)
ctypes.string_at(0)
