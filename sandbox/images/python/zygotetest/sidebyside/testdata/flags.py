import sys
print(sys.flags, sys.warnoptions, sys._xoptions, sys.dont_write_bytecode, sys.implementation.name)
print(sys.getrecursionlimit(), sys.getswitchinterval(), sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
print(sys.prefix, sys.exec_prefix, sys.base_prefix, sys.executable, sys.platlibdir, sys.pycache_prefix)
print(sys.get_int_max_str_digits(), sys.getprofile(), sys.gettrace(), sys.is_finalizing(), sys.get_asyncgen_hooks())
print(sys.excepthook is sys.__excepthook__, sys.displayhook is sys.__displayhook__, sys.unraisablehook is sys.__unraisablehook__, sys.breakpointhook is sys.__breakpointhook__)
