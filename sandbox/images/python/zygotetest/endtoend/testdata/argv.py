import sys
print(sys.argv, sys.orig_argv, sys.executable, sys.prefix, sys.base_prefix, sys.exec_prefix, sys._base_executable)
print(sys.path, sys.platlibdir, sys.pycache_prefix, sys.dont_write_bytecode)
print(sys.flags)
print(sys._xoptions, sys.warnoptions, sys.version, sys.implementation, sys.platform)
