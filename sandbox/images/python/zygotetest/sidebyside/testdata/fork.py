import os, sys
print("parent writes", flush=True)
pid = os.fork()
if pid == 0:
    print("child", os.getppid() != 1)
    sys.exit(3)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
