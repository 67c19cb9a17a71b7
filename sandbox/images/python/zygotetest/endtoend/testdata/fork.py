import os, sys
print("before fork")
sys.stdout.flush()
pid = os.fork()
if pid == 0:
    print("child", os.getppid() > 0)
    sys.exit(6)
print("waited", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
pid = os.fork()
if pid == 0:
    1 / 0
print("waited", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
