import sys
print(sorted(dir(sys)))
print(sys.getrecursionlimit(), sys.getswitchinterval(), sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
print(sys.get_int_max_str_digits(), sys.gettrace(), sys.getprofile(), sys.get_asyncgen_hooks(), sys.get_coroutine_origin_tracking_depth())
print(sys.intern("abc") == "abc", sys.hash_info, sys.float_info.max, sys.maxsize, sys.maxunicode)
print(sys.excepthook is sys.__excepthook__, sys.displayhook is sys.__displayhook__, sys.unraisablehook is sys.__unraisablehook__, sys.breakpointhook is sys.__breakpointhook__)
print(sys.is_finalizing(), sys.exc_info(), sys.exception(), sys.thread_info, sys.api_version, sys.is_stack_trampoline_active())
print(hasattr(sys, "ps1"), hasattr(sys, "last_exc"), hasattr(sys, "tracebacklimit"))
